package finitewidth.inference.montecarlo;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.oracle.Problems;
import finitewidth.runtime.SparkRuntime;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same bits for any number of cores, and as on one thread. */
@Tag("bits")
class RedrawnJobTest {
  private static final int[] BATCHES = {22, 7};

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void coresDoNotChangeABit(int cores) {
    KernelShifts shifts =
        KernelShifts.hidden(
            SamplingFit.posterior(
                    Problems.network("tanh", 2),
                    Problems.gaussian(20, 4, 1),
                    Problems.gaussian(20, 2, 2),
                    0.1,
                    3,
                    300)
                .contraction());
    try (JavaSparkContext spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[" + cores + "]")
                .setAppName("RedrawnJobTest")
                .set("spark.ui.enabled", "false"))) {
      List<Moments> found = RedrawnJob.run(SparkRuntime.of(spark), shifts, BATCHES, "test");
      for (int s = 0; s < 2; s++) {
        Moments expected = shifts.noBatches(s);
        for (int from = 0; from < BATCHES[s]; from += StoppingRule.RUN) {
          expected.add(
              shifts.batches(s).compute(from, Math.min(BATCHES[s], from + StoppingRule.RUN)));
        }
        assertThat(found.get(s).batches()).isEqualTo(BATCHES[s]);
        for (int t = 0; t < shifts.kernels(s); t++) {
          assertThat(shifts.shift(s, t, found.get(s)).data())
              .isEqualTo(shifts.shift(s, t, expected).data());
          assertThat(shifts.error(s, t, found.get(s)).data())
              .isEqualTo(shifts.error(s, t, expected).data());
        }
      }
    }
  }
}
