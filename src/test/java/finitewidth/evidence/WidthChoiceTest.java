package finitewidth.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.evidence.WidthChoice.Candidate;
import finitewidth.evidence.WidthChoice.Reason;
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
