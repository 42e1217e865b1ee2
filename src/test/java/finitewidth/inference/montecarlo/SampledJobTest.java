package finitewidth.inference.montecarlo;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.inference.work.LocalRuntime;
import finitewidth.inference.work.Progress;
import finitewidth.inference.work.Shared;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.posterior.Prediction;
import finitewidth.runtime.LocalContext;
import finitewidth.runtime.SharedParcel;
import finitewidth.runtime.SparkRuntime;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same bits for any number of cores, in one go or in rounds, and as on one thread. */
@Tag("bits")
class SampledJobTest {
  private static final int BATCHES = 22;
  private static DrawnAssembly posterior;
  private static Matrix tests;
  private static SamplingFit alone;

  @BeforeAll
  static void drawAlone() {
    posterior =
        SamplingFit.posterior(
            Problems.network("relu", 3),
            Problems.gaussian(20, 4, 1),
            Problems.gaussian(20, 2, 2),
            0.1,
            3,
            300);
    // More than one block of rows.
    tests = Problems.gaussian(150, 4, 3);
    alone = SamplingFit.of(posterior, tests, BATCHES);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void coresAndRoundsDoNotChangeABit(int cores) {
    List<double[]> features = new ArrayList<>();
    for (int x = 0; x < tests.rows(); x++) {
      features.add(tests.row(x));
    }
    try (JavaSparkContext spark = LocalContext.of(cores, SampledJobTest.class)) {
      Shared<DrawnAssembly> shared = SharedParcel.of(spark, posterior);
      try (SampledJob job = SampledJob.prepare(SparkRuntime.of(spark), shared, features, true)) {
        Progress progress = new Progress(standing -> {}, "test", 1);
        if (cores == 2) {
          job.extend(new int[] {8, 4, 8}, progress);
        }
        job.extend(new int[] {BATCHES, BATCHES, BATCHES}, progress);
        List<Prediction> predictions = job.predictions();
        for (int x = 0; x < predictions.size(); x++) {
          Prediction expected = alone.predictions().get(x);
          Prediction found = predictions.get(x);
          assertThat(found.coefficients().meanCoefficients())
              .isDeepEqualTo(expected.coefficients().meanCoefficients());
          assertThat(found.coefficients().varianceErrors())
              .isDeepEqualTo(expected.coefficients().varianceErrors());
        }
        assertThat(posterior.logEvidence(job.estimates()).byCoefficients().errors())
            .isEqualTo(alone.logEvidence().byCoefficients().errors());
        OutputShifts shifts = OutputShifts.of(posterior.contraction());
        int[] batches = {BATCHES, BATCHES, BATCHES};
        List<Moments> moments =
            RedrawnJob.run(LocalRuntime.threads(1), shifts, batches, "shifts of training rows");
        assertThat(job.shifts()).get().usingRecursiveComparison().isEqualTo(shifts.of(moments, 0));
      }
    }
  }
}
