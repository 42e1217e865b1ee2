package finitewidth.prior;

import finitewidth.gaussian.activations.Activations;
import finitewidth.linalg.Matrix;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Milliseconds for all pairs of 1000 samples with 16 features through two hidden layers, 999,000
 * pair-layers, stored; and for one more sample against them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SampleFlowBenchmark {
  @Param({"relu", "erf", "tanh"})
  public String name;

  private Architecture architecture;
  private Matrix inputs;
  private SampleRow row;
  private double[] x;

  @Setup
  public void fill() {
    architecture = Architecture.uniform(Activations.byName(name).orElseThrow(), 2, 0.1, 1.5);
    SplittableRandom random = new SplittableRandom(1);
    inputs = Matrix.zeros(1000, 16);
    for (int i = 0; i < inputs.data().length; i++) {
      inputs.data()[i] = random.nextGaussian();
    }
    row = new SampleRow(SampleFlow.of(architecture, inputs));
    x = random.doubles(16).toArray();
  }

  @Benchmark
  public SampleFlow flow() {
    return SampleFlow.of(architecture, inputs);
  }

  @Benchmark
  public SampleRow row() {
    row.follow(x);
    return row;
  }
}
