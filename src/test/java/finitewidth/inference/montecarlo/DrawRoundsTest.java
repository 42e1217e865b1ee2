package finitewidth.inference.montecarlo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.work.Checkpoint;
import finitewidth.inference.work.Messages;
import finitewidth.inference.work.ProgressSink;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.SampleFlow;
import finitewidth.prior.Widths;
import finitewidth.runtime.LocalContext;
import finitewidth.runtime.SparkRuntime;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Widths that are decided on after the draws. */
class DrawRoundsTest {
  private static final double TOLERANCE = 0.1;
  private static final double WIDTH = 50;
  private static final List<String> SAID = new ArrayList<>();
  private static JavaSparkContext spark;
  private static DrawRounds fitting;
  private static Drawn drawn;

  @BeforeAll
  static void settle() {
    spark = LocalContext.of(2, DrawRoundsTest.class);
    SampleFlow flow = SampleFlow.of(Problems.network("relu", 2), Problems.gaussian(15, 3, 1));
    NngpPosterior nngp = NngpPosterior.of(flow.kernel(2), Problems.gaussian(15, 1, 2), 0.1);
    ContractionProblem problem =
        new ContractionProblem(flow, nngp.phi(), nngp.inverse(), true, 1e-9);
    fitting =
        new DrawRounds(
            new SparkRuntime(spark, Checkpoint.none(), new Told()),
            nngp,
            problem,
            new Sampling(Widths.uniform(2, WIDTH), TOLERANCE, 3, 1_000_000, true),
            20);
    Matrix tests = Problems.gaussian(20, 3, 3);
    List<double[]> rows = new ArrayList<>();
    for (int x = 0; x < tests.rows(); x++) {
      rows.add(tests.row(x));
    }
    try (SampledJob job =
        SampledJob.prepare(SparkRuntime.of(spark), fitting.posterior(), rows, false)) {
      assertThat(fitting.settle(job, Double.POSITIVE_INFINITY)).isTrue();
      drawn = new Drawn(fitting.settled(), job.predictions(), List.of(), job.shifts());
    }
  }

  @AfterAll
  static void stop() {
    fitting.close();
    spark.stop();
  }

  @Test
  void errorsGoWithTheInverseOfTheWidth() {
    assertThat(drawn.account(Widths.uniform(2, WIDTH)).met()).isTrue();
    assertThat(error(Widths.uniform(2, WIDTH)))
        .isPositive()
        .isLessThanOrEqualTo(TOLERANCE)
        .isEqualTo(fitting.settled().error());
    assertThat(error(Widths.uniform(2, 4 * WIDTH)))
        .isCloseTo(fitting.settled().error() / 4, within(1e-15));
    assertThatThrownBy(() -> error(Widths.of(WIDTH, 2 * WIDTH)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no multiple of [50, 50]");
  }

  private static double error(Widths widths) {
    return drawn.account(widths).error().orElseThrow();
  }

  @Test
  void aNarrowerNetworkThanWasDrawnForIsWarnedOf() {
    assertThat(drawn.warnings("test rows", Widths.uniform(2, WIDTH))).isEmpty();
    double narrow = WIDTH * fitting.settled().error() / (2 * TOLERANCE);
    assertThat(drawn.warnings("test rows", Widths.uniform(2, narrow)))
        .singleElement()
        .asString()
        .contains(
            "at the width that was chosen",
            "standard error of the mean is 0.200",
            "above {TOLERANCE} = ",
            "set {HIDDEN_WIDTHS} to it");
    assertThat(SAID).anyMatch(line -> line.endsWith("stopped there"));
  }

  private static final class Told implements Messages {
    @Override
    public void say(String line) {
      SAID.add(line);
    }

    @Override
    public ProgressSink progress() {
      return standing -> {};
    }
  }
}
