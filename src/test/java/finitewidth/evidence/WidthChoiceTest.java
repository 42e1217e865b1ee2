package finitewidth.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.evidence.WidthChoice.Candidate;
import finitewidth.evidence.WidthChoice.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class WidthChoiceTest {
  private static final long TARGETS = 100;

  /** c = 320 nats; predictions leave the expansion below width 48. */
  @Test
  void risingEvidenceStopsWhereTheExpansionDoes() {
    WidthChoice choice = of(320, 48, 16, 32, 64, 128);
    assertThat(choice.byEvidence()).isEqualTo(64);
    assertThat(choice.reason()).isEqualTo(Reason.EXPANSION);
    assertThat(choice.gain()).isEqualTo(5);
    assertThat(choice.poorlyDetermined()).isFalse();
  }

  /** 6400/64 = 100 nats are more than a tenth for each target, 6400/1024 are not. */
  @Test
  void evidenceHasAnExpansionOfItsOwn() {
    assertThat(of(6400, 0, 64, 1024).byEvidence()).isEqualTo(1024);
    assertThat(of(6400, 0, 64, 512).reason()).isEqualTo(Reason.NONE);
  }

  @Test
  void fallingEvidenceTakesTheWidest() {
    WidthChoice choice = of(-50, 0, 128, 16, 64);
    assertThat(choice.byEvidence()).isEqualTo(128);
    assertThat(choice.reason()).isEqualTo(Reason.WIDEST);
    assertThat(choice.gain()).isEqualTo(-50.0 / 128);
    assertThat(choice.poorlyDetermined()).isFalse();
  }

  /** 12/16 nats at the narrowest. */
  @Test
  void littleEvidenceDecidesNothing() {
    for (double slope : new double[] {12, -12, Double.NaN}) {
      WidthChoice choice = of(slope, 0, 16, 64, 128);
      assertThat(choice.byEvidence()).isEqualTo(128);
      assertThat(choice.poorlyDetermined()).isTrue();
    }
  }

  /** Log evidence of each width for itself: width, gain, standard error, share outside. */
  private static WidthChoice highest(double[]... widths) {
    return WidthChoice.highest(
        Arrays.stream(widths)
            .map(w -> new Candidate(w[0], w[1], w[2], w[3], OptionalDouble.empty()))
            .toList(),
        OptionalDouble.empty());
  }

  @Test
  void aMaximumBetweenOthers() {
    WidthChoice choice =
        highest(
            new double[] {4, 10, 0.5, 0},
            new double[] {16, 27, 0.7, 0},
            new double[] {64, 22, 0.4, 0},
            new double[] {256, 10, 0.1, 0});
    assertThat(choice.byEvidence()).isEqualTo(16);
    assertThat(choice.gain()).isEqualTo(27);
    assertThat(choice.reason()).isEqualTo(Reason.HIGHEST);
  }

  /** 27 ± 8 is no more than 22 ± 8 two steps on, and 5 ± 4 no more than infinite width. */
  @Test
  void errorsLeaveAMaximumOpen() {
    double[] between = {32, 24, 8, 0};
    assertThat(highest(new double[] {16, 27, 8, 0}, between, new double[] {64, 22, 8, 0}).reason())
        .isEqualTo(Reason.UNDETERMINED);
    assertThat(highest(new double[] {16, 5, 4, 0}).reason()).isEqualTo(Reason.UNDETERMINED);
  }

  @Test
  void anEndOfTheListIsSaidToBe() {
    double[] wide = {256, 3, 0.1, 0};
    assertThat(highest(wide, new double[] {16, 27, 0.7, 0}).reason()).isEqualTo(Reason.NARROWEST);
    assertThat(highest(new double[] {256, -3, 0.1, 0}, new double[] {16, -27, 1, 0}).reason())
        .isEqualTo(Reason.WIDEST);
  }

  /** What has not converged is not chosen, however high it is. */
  @Test
  void onlyWhatIsKnown() {
    double[] wild = {4, 1000, 300, 0.5};
    double[] unknown = {8, Double.NaN, Double.NaN, 0};
    assertThat(highest(wild, unknown, new double[] {16, 27, 0.7, 0}).byEvidence()).isEqualTo(16);
    WidthChoice none = highest(wild, unknown);
    assertThat(none.reason()).isEqualTo(Reason.NONE);
    assertThat(none.byEvidence()).isEqualTo(8);
  }

  @Test
  void theNarrowestOfAllIsSaidToBe() {
    assertThat(of(320, 0, 64, 128).reason()).isEqualTo(Reason.NARROWEST);
  }

  @Test
  void whereNoneIsAdmittedTheWidestStands() {
    WidthChoice choice = of(320, 1000, 64, 128);
    assertThat(choice.byEvidence()).isEqualTo(128);
    assertThat(choice.reason()).isEqualTo(Reason.NONE);
    assertThat(choice.poorlyDetermined()).isTrue();
  }

  /** A gain of five nats with an error of two, and of three. */
  @Test
  void noiseMakesItPoorlyDetermined() {
    for (double error : new double[] {2, 3}) {
      Candidate narrow = new Candidate(64, 5, error, 0, OptionalDouble.empty());
      Candidate wide = new Candidate(128, 2.5, error / 2, 0, OptionalDouble.empty());
      WidthChoice choice = WidthChoice.of(List.of(narrow, wide), TARGETS, OptionalDouble.empty());
      assertThat(choice.byEvidence()).isEqualTo(error > 2.5 ? 128 : 64);
      assertThat(choice.poorlyDetermined()).isEqualTo(error > 2.5);
      assertThat(choice.byDensity()).isEmpty();
    }
  }

  /** nlpd falls down to width 40 and rises again; infinite width counts as well. */
  @Test
  void heldOutRowsChooseOnTheirOwn() {
    assertThat(of(320, 20, 16, 32, 64, 128).byDensity()).hasValue(32);
    assertThat(of(320, 100, 16, 32, 64, 128).byDensity()).hasValue(128);
    assertThat(of(320, 1000, 16, 32).byDensity()).hasValue(Double.POSITIVE_INFINITY);
  }

  @Test
  void theGridHasWholeNumbers() {
    assertThat(WidthChoice.grid()).startsWith(16.0, 23.0, 32.0).endsWith(16384.0);
  }

  /**
   * @param slope c
   * @param edge predictions of narrower networks are outside the expansion
   */
  private static WidthChoice of(double slope, double edge, double... widths) {
    List<Candidate> candidates =
        DoubleStream.of(widths)
            .mapToObj(
                n ->
                    new Candidate(
                        n,
                        slope / n,
                        0,
                        n < edge ? 0.5 : 0.01,
                        OptionalDouble.of(Math.pow(1 / n - 1 / 40.0, 2))))
            .toList();
    return WidthChoice.of(candidates, TARGETS, OptionalDouble.of(1.0 / 1600 + 1e-9));
  }
}
