package finitewidth.gaussian.erf;

import finitewidth.gaussian.FourPoint;
import finitewidth.linalg.Matrix;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time of a four-point moment of the error function in blocks, with {@link VectorErfLoops} and
 * {@link ScalarErfLoops}; inputs of 8 independent features, first layer.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(ErfFourPointBenchmark.C * ErfFourPointBenchmark.D)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ErfFourPointBenchmark {
  static final int C = 32;
  static final int D = 128;

  private static final int POINTS = 200;
  private static final int FEATURES = 8;

  @Param({"1e-6", "1e-9", "1e-12"})
  double tolerance;

  private final double[] out = new double[C * D];
  private FourPoint scalar;
  private FourPoint vector;
  private int a;

  @Setup
  public void evaluators() {
    SplittableRandom random = new SplittableRandom(1);
    double[][] x = new double[POINTS][FEATURES];
    for (double[] row : x) {
      for (int k = 0; k < FEATURES; k++) {
        row[k] = random.nextGaussian();
      }
    }
    Matrix kernel = Matrix.zeros(POINTS, POINTS);
    for (int i = 0; i < POINTS; i++) {
      for (int j = 0; j < POINTS; j++) {
        double sum = 0;
        for (int k = 0; k < FEATURES; k++) {
          sum += x[i][k] * x[j][k];
        }
        kernel.set(i, j, 0.1 + 2 * sum / FEATURES);
      }
    }
    scalar = new ErfFourPoint(kernel, tolerance, new ScalarErfLoops());
    vector = new ErfFourPoint(kernel, tolerance, new VectorErfLoops());
  }

  @Benchmark
  public double[] scalar() {
    return block(scalar);
  }

  @Benchmark
  public double[] vector() {
    return block(vector);
  }

  private double[] block(FourPoint four) {
    a = (a + 1) % 8;
    four.block(a, 10, 20, 20 + C, 60, 60 + D, out, D);
    return out;
  }
}
