package finitewidth.gaussian;

import finitewidth.gaussian.activations.Activations;
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
 * Pair-layers per microsecond, which is millions per second: F, distance, first derivatives and, if
 * asked for, second ones, for one pair in one layer.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(TwoPointBenchmark.PAIRS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TwoPointBenchmark {
  static final int PAIRS = 256;

  @Param({"relu", "erf"})
  public String name;

  @Param({"false", "true"})
  public boolean curvature;

  private Activation activation;
  private TwoPointRow row;

  @Setup
  public void fill() {
    activation = Activations.byName(name).orElseThrow();
    row = new TwoPointRow(PAIRS, curvature);
    SplittableRandom random = new SplittableRandom(1);
    row.k11 = 1.3;
    for (int i = 0; i < PAIRS; i++) {
      row.k22[i] = 0.5 + random.nextDouble();
      row.k12[i] = (1.98 * random.nextDouble() - 0.99) * Math.sqrt(row.k11 * row.k22[i]);
      row.separation[i] = row.k11 + row.k22[i] - 2 * row.k12[i];
    }
  }

  @Benchmark
  public TwoPointRow row() {
    activation.twoPoint(row, PAIRS);
    return row;
  }
}
