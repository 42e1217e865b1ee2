package finitewidth.inducing;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.oracle.Problems;
import finitewidth.prior.Architecture;
import finitewidth.prior.KernelRow;
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
 * What a row costs in the pass over the data, in all and for the kernel alone, and a product of
 * matrices of as many operations as the pass has in BLAS: 2 u² a row.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ProjectionBenchmark {
  @Param({"100", "300", "1000"})
  public int points;

  @Param({"9"})
  public int features;

  private Projector projector;
  private TrainingBlock block;
  private KernelRow kernels;
  private double[] row;
  private Matrix left;
  private Matrix right;

  @Setup
  public void setup() {
    Architecture network = Problems.network("relu", 2);
    InducingPoints chosen = InducingPoints.of(network, Problems.gaussian(points, features, 1));
    projector = chosen.projector();
    block =
        new TrainingBlock(
            0,
            Problems.gaussian(TrainingBlock.ROWS, features, 2),
            Problems.gaussian(TrainingBlock.ROWS, 1, 3));
    kernels = KernelRow.of(network, chosen.inputs());
    row = new double[points];
    left = Problems.gaussian(TrainingBlock.ROWS, points, 4);
    right = Problems.gaussian(points, points, 5);
  }

  @Benchmark
  @OperationsPerInvocation(TrainingBlock.ROWS)
  public ProjectedSums pass() {
    return ProjectedSums.of(projector, block, 0.1, Approximation.DTC);
  }

  @Benchmark
  @OperationsPerInvocation(TrainingBlock.ROWS)
  public double kernel() {
    double sum = 0;
    for (int x = 0; x < TrainingBlock.ROWS; x++) {
      sum += kernels.follow(block.inputs().row(x), row, 0);
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(TrainingBlock.ROWS)
  public Matrix product() {
    return Products.times(left, right);
  }
}
