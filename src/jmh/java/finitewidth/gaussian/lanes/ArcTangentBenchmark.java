package finitewidth.gaussian.lanes;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Arc tangents per microsecond: {@link Math#atan2}, {@link FastAtan} and {@link VectorAtan}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(ArcTangentBenchmark.LENGTH)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ArcTangentBenchmark {
  static final int LENGTH = 1024;

  private static final VectorSpecies<Double> SPECIES = VectorShape.SPECIES;

  private final double[] y = new double[LENGTH];
  private final double[] x = new double[LENGTH];
  private final double[] out = new double[LENGTH];

  @Setup
  public void fill() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < LENGTH; i++) {
      y[i] = random.nextGaussian();
      x[i] = Math.abs(random.nextGaussian());
    }
  }

  @Benchmark
  public double[] library() {
    for (int i = 0; i < LENGTH; i++) {
      out[i] = Math.atan2(y[i], x[i]);
    }
    return out;
  }

  @Benchmark
  public double[] scalar() {
    for (int i = 0; i < LENGTH; i++) {
      out[i] = FastAtan.ratio(y[i], x[i]);
    }
    return out;
  }

  @Benchmark
  public double[] vector() {
    int lanes = SPECIES.length();
    for (int i = 0; i < LENGTH; i += lanes) {
      DoubleVector ys = DoubleVector.fromArray(SPECIES, y, i);
      DoubleVector xs = DoubleVector.fromArray(SPECIES, x, i);
      VectorAtan.ratio(ys, xs).intoArray(out, i);
    }
    return out;
  }
}
