package finitewidth.benchmark;

import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.montecarlo.Reductions;
import finitewidth.inference.montecarlo.SampledContraction;
import finitewidth.linalg.Accumulate;
import finitewidth.linalg.Blas;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.prior.Architecture;

/**
 * Which share of the speed of a plain dgemm (P × P by P × P) one thread of the sampled engine
 * reaches, counting the operations of its matrix products only.
 */
final class ThroughputBenchmark {
  private static final int FEATURES = 100;

  private ThroughputBenchmark() {}

  /** Arguments: activation, training rows, test rows, seconds to measure. */
  public static void main(String[] arguments) {
    int n = Integer.parseInt(arguments[1]);
    int tests = Integer.parseInt(arguments[2]);
    double patience = Double.parseDouble(arguments[3]);
    Architecture network =
        Architecture.uniform(Activations.byName(arguments[0]).orElseThrow(), 2, 0.1, 1.8);
    Fitting fitting =
        Fitting.of(
            network,
            Problems.gaussian(n, FEATURES, 1),
            Problems.gaussian(n, 1, 2),
            0.1,
            Problems.gaussian(tests, FEATURES, 3),
            Reductions.ALL);
    SampledContraction contraction = fitting.sampled().contraction();
    StringBuilder line =
        new StringBuilder(String.format("throughput,%s,%d,%d", arguments[0], n, tests));
    double before = dgemm(n, patience / 4);
    StringBuilder layers = new StringBuilder();
    double[] speed = new double[2];
    for (int s = 0; s < 2; s++) {
      SampledContraction.Batches batches = contraction.batches(s);
      batches.compute(0, 1, fitting.blocks());
      long start = System.nanoTime();
      int done = 0;
      while (Fitting.seconds(start) < patience) {
        batches.compute(done, ++done, fitting.blocks());
      }
      double draws = (double) done * contraction.problem().drawsPerBatch();
      double elapsed = Fitting.seconds(start);
      speed[s] = draws * contraction.products(s, tests) / elapsed * 1e-9;
      layers.append(String.format(",%.1f,%.0f", speed[s], draws / elapsed));
    }
    double reference = Math.max(before, dgemm(n, patience / 4));
    line.append(String.format(",%.1f", reference)).append(layers);
    line.append(String.format(",%.2f,%.2f", speed[0] / reference, speed[1] / reference));
    System.err.println(
        "throughput,activation,P,T,dgemm GFLOP/s,layer 0 GFLOP/s,draws/s,layer 1 GFLOP/s,draws/s,"
            + "share 0,share 1; BLAS "
            + Blas.description());
    System.out.println(line);
  }

  private static double dgemm(int n, double patience) {
    Matrix a = Problems.gaussian(n, n, 4);
    Matrix b = Problems.gaussian(n, n, 5);
    Matrix c = Matrix.zeros(n, n);
    Accumulate.times(1, a, b, 0, c);
    long start = System.nanoTime();
    int done = 0;
    while (Fitting.seconds(start) < patience) {
      Accumulate.times(1, a, b, 0, c);
      done++;
    }
    return 2.0 * n * n * n * done / Fitting.seconds(start) * 1e-9;
  }
}
