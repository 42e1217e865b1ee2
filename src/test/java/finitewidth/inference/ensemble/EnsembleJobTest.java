package finitewidth.inference.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.inference.comparison.WeightedMoments;
import finitewidth.inference.work.Progress;
import finitewidth.oracle.Problems;
import finitewidth.runtime.LocalContext;
import finitewidth.runtime.SparkRuntime;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same bits for any number of cores, and as on one thread. */
@Tag("bits")
class EnsembleJobTest {
  private static final EnsembleProblem PROBLEM =
      new EnsembleProblem(
          Problems.network("relu", 2),
          Problems.gaussian(6, 3, 1),
          Problems.gaussian(6, 2, 2),
          0.2,
          Problems.gaussian(5, 3, 3),
          true);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void coresDoNotChangeABit(int cores) {
    List<int[]> widths = List.of(new int[] {8, 5}, new int[] {20, 20});
    List<EnsembleEstimate> drawn;
    try (JavaSparkContext spark = LocalContext.of(cores, EnsembleJobTest.class)) {
      Progress progress = new Progress(standing -> {}, "test", 1);
      drawn = EnsembleJob.run(SparkRuntime.of(spark), PROBLEM, widths, 1000, 9, progress);
    }
    for (int choice = 0; choice < widths.size(); choice++) {
      // 64 batches of 16.
      EnsembleEstimate alone = Estimates.of(PROBLEM, 9, 1024, widths.get(choice));
      EnsembleEstimate found = drawn.get(choice);
      assertThat(found.draws()).isEqualTo(1024);
      assertThat(found.effectiveDraws()).isEqualTo(alone.effectiveDraws());
      WeightedMoments expected = alone.posterior();
      WeightedMoments posterior = found.posterior();
      assertThat(posterior.logEvidence()).isEqualTo(expected.logEvidence());
      assertThat(posterior.logEvidenceError()).isEqualTo(expected.logEvidenceError());
      assertThat(posterior.mean()).isDeepEqualTo(expected.mean());
      assertThat(posterior.variance()).isDeepEqualTo(expected.variance());
      assertThat(posterior.meanError()).isDeepEqualTo(expected.meanError());
      assertThat(posterior.varianceError()).isDeepEqualTo(expected.varianceError());
      for (int h = 0; h < 2; h++) {
        assertThat(found.hiddenKernels().get(h).shift())
            .containsExactly(alone.hiddenKernels().get(h).shift());
        assertThat(found.hiddenKernels().get(h).error())
            .containsExactly(alone.hiddenKernels().get(h).error());
      }
    }
  }
}
