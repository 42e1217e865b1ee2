package finitewidth.inference.exact;

import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.ContractionProblem;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import finitewidth.prior.SampleFlow;
import java.util.List;
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
 * Nanoseconds per moment of the contraction over 100 training samples, one source layer, all
 * quantities. With the linear activation, whose moments cost one or two nanoseconds, this is the
 * contraction's own cost.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ContractionBenchmark {
  private static final int SAMPLES = 100;

  /** {@link Tiling#moments} and {@link RowContraction#moments} of so many samples. */
  private static final int TRAINING_MOMENTS = 4_426_225;

  private static final int ROW_MOMENTS = 176_750;

  @Param({"linear", "relu"})
  public String activation;

  @Param({"1", "10"})
  public int outputs;

  private ContractionProblem problem;
  private RowContraction rows;
  private double[] row;

  @Setup
  public void prepare() {
    if (Tiling.moments(SAMPLES) != TRAINING_MOMENTS
        || RowContraction.moments(SAMPLES) != ROW_MOMENTS) {
      throw new IllegalStateException("moments are counted otherwise now");
    }
    Architecture network =
        Architecture.of(
            Activations.byName(activation).orElseThrow(),
            new double[] {0.1, 0.1},
            new double[] {1.5, 1.5});
    Matrix inputs = Problems.gaussian(SAMPLES + 1, 8, 1);
    row = inputs.row(SAMPLES);
    SampleFlow flow =
        SampleFlow.of(
            network,
            Matrix.wrap(
                SAMPLES, 8, java.util.Arrays.copyOf(inputs.data(), SAMPLES * inputs.cols())));
    NngpPosterior nngp =
        NngpPosterior.of(flow.kernel(1), Problems.gaussian(SAMPLES, outputs, 2), 0.1);
    problem = new ContractionProblem(flow, nngp.phi(), nngp.inverse(), true, 1e-9);
    List<TrainingContraction.Source> sources = LeafWorker.computeAll(problem).sources();
    rows =
        new RowContraction(
            new ExactProblem(problem),
            sources.stream().map(TrainingContraction.Source::forRows).toList());
  }

  @Benchmark
  @OperationsPerInvocation(TRAINING_MOMENTS)
  public TrainingContraction training() {
    return LeafWorker.computeAll(problem);
  }

  @Benchmark
  @OperationsPerInvocation(ROW_MOMENTS)
  public RowContraction.Row furtherRow() {
    return rows.contract(row);
  }
}
