package finitewidth.inference.exact;

import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.ContractionProblem;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.RealRows;
import finitewidth.prior.Architecture;
import finitewidth.prior.SampleFlow;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Moments per second of one core, contracted into all that a posterior of one output wants, at the
 * default tolerance: leaves of the training contraction over 200 rows, two hidden layers.
 *
 * <p>The data of a path that does not exist fail; {@code -p data=path.csv.gz} measures another set.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 6, time = 2)
@Fork(1)
public class MomentBenchmark {
  private static final int ROWS = 200;

  @Param({"concrete", "digits"})
  public String data;

  @Param({"relu", "erf", "linear"})
  public String activation;

  private ContractionProblem problem;
  private Tiling tiling;
  private LeafWorker worker;
  private int leaf;

  /** The rate of this counter is the figure of merit. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Count {
    public long moments;

    @Setup(Level.Iteration)
    public void clear() {
      moments = 0;
    }
  }

  @Setup
  public void follow() {
    Architecture network =
        Architecture.uniform(Activations.byName(activation).orElseThrow(), 2, 0.1, 2.0);
    SampleFlow flow = SampleFlow.of(network, RealRows.standardised(data, ROWS, 1));
    // What V is contracted with does not matter for the time.
    SplittableRandom random = new SplittableRandom(1);
    Matrix phi = Matrix.zeros(ROWS, 1);
    Matrix inverse = Matrix.zeros(ROWS, ROWS);
    for (int i = 0; i < ROWS; i++) {
      phi.set(i, 0, random.nextGaussian());
      for (int j = 0; j <= i; j++) {
        inverse.set(i, j, random.nextGaussian());
        inverse.set(j, i, inverse.get(i, j));
      }
    }
    problem = new ContractionProblem(flow, phi, inverse, true, 1e-9);
    tiling = Tiling.of(ROWS);
    worker = new LeafWorker(new ExactProblem(problem), tiling);
  }

  @Benchmark
  public PairSums leaf(Count count) {
    PairSums sums = worker.compute(leaf, new ArrayList<>());
    count.moments += tiling.leafMoments(leaf) * problem.sources();
    leaf = (leaf + 1) % tiling.leaves();
    return sums;
  }
}
