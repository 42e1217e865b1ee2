package finitewidth.inference.renormalised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.Ask;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.FirstOrder;
import finitewidth.inference.Inference;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.exact.Exact;
import finitewidth.inference.montecarlo.Sampled;
import finitewidth.inference.montecarlo.Sampling;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Draws underneath, beside all moments. Seeds are fixed, so nothing here fails by chance. */
class SampledRenormalisedTest {
  private static final int P = 12;
  private static final LocalRuntime RUNTIME = LocalRuntime.allCores();
  private static final Architecture NETWORK =
      Architecture.uniform(Activations.byName("relu").orElseThrow(), 2, 0.1, 2);
  private static final double[][] ROWS = {
    Problems.gaussian(1, 3, 91).data(), Problems.gaussian(1, 3, 92).data()
  };

  private static Conditioning conditioning() {
    return Conditioning.of(
        new Conditioning.Settings(NETWORK, true, 1e-9, 0.2),
        Problems.gaussian(P, 3, 5),
        Problems.gaussian(P, 1, 6),
        LongStream.range(0, P).boxed().toList());
  }

  private static Inference sampled(double tolerance) {
    return new Sampled(new Sampling(Widths.of(32, 32), tolerance, 3, 4_000_000, false));
  }

  private static Conditioned condition(Inference engine) {
    return engine.condition(conditioning(), Ask.rows(List.of(ROWS)), RUNTIME);
  }

  /**
   * Shifts that draws sum up on their way are those of draws made anew, and change nothing else.
   */
  @Test
  void shiftsOnTheWayAreThoseOfDrawsMadeAnew() {
    Ask ask = Ask.rows(List.of(ROWS));
    Conditioned with = sampled(0.05).condition(conditioning(), ask.withShifts(), RUNTIME);
    Conditioned without = sampled(0.05).condition(conditioning(), ask, RUNTIME);
    assertThat(without.shifts()).isEmpty();
    FirstOrder.Shifts found = with.shifts().orElseThrow();
    FirstOrder.Shifts anew = ((FirstOrder) without.posterior()).shifts(RUNTIME);
    assertThat(found.targets()).containsExactly(anew.targets());
    for (int s = 0; s < 2; s++) {
      assertThat(found.kernels().get(s).data()).containsExactly(anew.kernels().get(s).data());
    }
    assertThat(with.posterior().logEvidence())
        .usingRecursiveComparison()
        .isEqualTo(without.posterior().logEvidence());
    for (int x = 0; x < ROWS.length; x++) {
      assertThat(with.atProbe().get(x))
          .usingRecursiveComparison()
          .isEqualTo(without.atProbe().get(x));
    }
  }

  /** M over the training rows and along directions at others, to the noise of the draws. */
  @Test
  void shiftsAreThoseOfAllMoments() {
    FirstOrder exact = (FirstOrder) condition(new Exact()).posterior();
    FirstOrder drawn = (FirstOrder) condition(sampled(0.002)).posterior();
    FirstOrder.Shifts expected = exact.shifts(RUNTIME);
    FirstOrder.Shifts found = drawn.shifts(RUNTIME);
    Matrix directions = Problems.gaussian(P, 3, 17);
    List<FirstOrder.Row> rows = exact.directed(directions).along().contract(ROWS);
    List<FirstOrder.Row> drawnRows = drawn.directed(directions).along().contract(ROWS);
    for (int s = 0; s < 2; s++) {
      double[] all = expected.kernels().get(s).data();
      double size = 0;
      double off = 0;
      for (int i = 0; i < all.length; i++) {
        size = Math.max(size, Math.abs(all[i]));
        off = Math.max(off, Math.abs(all[i] - found.kernels().get(s).data()[i]));
      }
      assertThat(off).as("layer " + s).isLessThan(0.03 * size);
      assertThat(found.targets()[s])
          .isCloseTo(expected.targets()[s], within(0.02 * expected.targets()[s]));
      for (int x = 0; x < ROWS.length; x++) {
        for (int k = 0; k < 3; k++) {
          assertThat(drawnRows.get(x).along()[s][k])
              .as("layer " + s + " row " + x + " direction " + k)
              .isCloseTo(rows.get(x).along()[s][k], within(0.03 * size));
        }
      }
    }
  }

  /** Along φ itself rows have what their corrections are made of, from the very same draws. */
  @Test
  void alongPhiItIsTheCorrection() {
    FirstOrder drawn = (FirstOrder) condition(sampled(0.05)).posterior();
    for (FirstOrder.Row row : drawn.directed(drawn.problem().phi()).along().contract(ROWS)) {
      for (int s = 0; s < 2; s++) {
        double mean = row.prediction().meanCoefficients()[s][0];
        assertThat(row.along()[s][0]).isCloseTo(mean, within(1e-10 * (1 + Math.abs(mean))));
      }
    }
  }

  /** Further directions change no bit of what was drawn without them. */
  @Test
  void directionsLeavePredictionsAsTheyAre() {
    FirstOrder drawn = (FirstOrder) condition(sampled(0.05)).posterior();
    List<Prediction> plain = drawn.predictor(Order.CORRECTED).predict(ROWS);
    List<FirstOrder.Row> rows = drawn.directed(Problems.gaussian(P, 2, 3)).along().contract(ROWS);
    Widths widths = Widths.of(10, 20);
    for (int x = 0; x < ROWS.length; x++) {
      Predictive one = plain.get(x).at(widths);
      Predictive other = rows.get(x).prediction().at(widths);
      assertThat(other.mean()).isEqualTo(one.mean());
      assertThat(other.variance()).isEqualTo(one.variance());
      assertThat(other.meanError()).isEqualTo(one.meanError());
    }
  }

  /** Standard errors cover what draws leave: within 4, at widths where the rest is small. */
  @Test
  void standardErrorsCoverTheDifference() {
    List<Widths> networks = List.of(Widths.of(32, 32), Widths.of(256, 128));
    Posterior exact = renormalised(new Exact(), networks);
    Posterior drawn = renormalised(sampled(0.01), networks);
    List<Prediction> expected = exact.predictor(Order.CORRECTED).predict(ROWS);
    List<Prediction> found = drawn.predictor(Order.CORRECTED).predict(ROWS);
    for (Widths widths : networks) {
      double error = drawn.logEvidence().error(widths);
      assertThat(error).isPositive();
      assertThat(drawn.logEvidence().at(widths))
          .isCloseTo(exact.logEvidence().at(widths), within(4 * error));
      for (int x = 0; x < ROWS.length; x++) {
        Predictive one = expected.get(x).at(widths);
        Predictive other = found.get(x).at(widths);
        assertThat(other.meanError()[0]).isPositive();
        assertThat(other.mean()[0]).isCloseTo(one.mean()[0], within(4 * other.meanError()[0]));
        assertThat(other.variance()[0])
            .isCloseTo(one.variance()[0], within(4 * other.varianceError()[0]));
      }
    }
  }

  private static Posterior renormalised(Inference engine, List<Widths> widths) {
    return condition(new Renormalised(widths, 1, engine, List.of(engine))).posterior();
  }
}
