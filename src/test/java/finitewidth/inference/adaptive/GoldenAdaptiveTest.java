package finitewidth.inference.adaptive;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.oracle.Golden;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against a prototype of dense matrices in Python, with an optimiser of its own. */
class GoldenAdaptiveTest {
  private static final double TOLERANCE = 1e-7;

  /** What the prototype has found. */
  private record Reference(
      AdaptiveCase of,
      double objective,
      double[] scales,
      double logEvidence,
      double mean,
      double variance) {
    @Override
    public String toString() {
      return of.network().activation().name() + of.widths() + " × " + of.scale();
    }
  }

  private static Stream<Reference> references() {
    List<Reference> all = new ArrayList<>();
    all.add(
        new Reference(
            AdaptiveCase.of("relu", 1, 8),
            -3.948089411,
            new double[] {0.8856601119},
            -4.003995314,
            0.2201250429,
            0.06628470762));
    all.add(
        new Reference(
            AdaptiveCase.of("erf", 1, 8),
            -3.521070295,
            new double[] {0.9086114219},
            -3.582899817,
            0.352398163,
            0.07572028946));
    for (JsonNode one : AdaptiveCase.read().get("cases")) {
      if (one.has("mq")) {
        JsonNode found = one.get("mq");
        all.add(
            new Reference(
                of(one),
                found.get("objective").asDouble(),
                Golden.vector(found.get("Q")),
                found.get("logp").asDouble(),
                found.get("mean").get(0).asDouble(),
                found.get("var").get(0).asDouble()));
      }
    }
    return all.stream();
  }

  private static AdaptiveCase of(JsonNode one) {
    return AdaptiveCase.of(
        one.get("act").asText(), one.get("scale").asDouble(), Golden.vector(one.get("widths")));
  }

  @ParameterizedTest
  @MethodSource("references")
  void metricAndScalesAreThoseOfTheReference(Reference reference) {
    Objective objective = reference.of().objective();
    Search search = Search.of(objective);
    assertThat(search.isSettled()).isTrue();
    assertClose("J", search.objective(), reference.objective(), 2e-9);
    double[] scales = objective.scales(search.at());
    for (int l = 0; l < scales.length; l++) {
      assertClose("Q " + l, scales[l], reference.scales()[l], TOLERANCE);
    }
    AdaptedNetwork bare = AdaptiveCase.bare(reference.of().adapted(reference.of().widths()));
    assertClose("log evidence", bare.logEvidence(), reference.logEvidence(), TOLERANCE);
    Predictive found = reference.of().predictive(bare);
    assertClose("mean", found.mean()[0], reference.mean(), TOLERANCE);
    assertClose("variance", found.variance()[0], reference.variance(), TOLERANCE);
  }

  @Test
  void theMetricIsThatOfTheReference() {
    for (JsonNode one : AdaptiveCase.read().get("cases")) {
      if (one.has("mq")) {
        Objective objective = of(one).objective();
        Matrix root = objective.root(Search.of(objective).at());
        Matrix metric = Products.timesTranspose(root, root);
        Matrix expected = Golden.matrix(one.get("mq").get("M_in_feature_coordinates"));
        for (int k = 0; k < metric.data().length; k++) {
          assertThat(metric.data()[k]).isCloseTo(expected.data()[k], within(1e-6));
        }
      }
    }
  }

  /** The reference has draws for the rest: about three digits. */
  @Test
  void withTheRestItIsThatOfTheReference() {
    double[][] expected = {{-4.147, .2266, .0683}, {-9.863, .5994, .1659}, {-3.565, .3518, .0796}};
    AdaptiveCase[] cases = {
      AdaptiveCase.of("relu", 1, 8), AdaptiveCase.of("relu", 3, 8), AdaptiveCase.of("erf", 1, 8)
    };
    for (int i = 0; i < cases.length; i++) {
      AdaptedNetwork adapted = cases[i].adapted(cases[i].widths());
      Predictive found = cases[i].predictive(adapted);
      assertThat(adapted.logEvidence()).isCloseTo(expected[i][0], within(3e-3));
      assertThat(found.mean()[0]).isCloseTo(expected[i][1], within(1e-3));
      assertThat(found.variance()[0]).isCloseTo(expected[i][2], within(5e-4));
    }
  }

  /** n² times the difference from first order tends to a constant: the rest is the right one. */
  @Test
  void theDifferenceFromFirstOrderIsOfSecondOrder() {
    for (String activation : List.of("relu", "erf")) {
      AdaptiveCase of = AdaptiveCase.of(activation, 1, 8);
      double[][] scaled = new double[2][];
      for (int i = 0; i < 2; i++) {
        double n = i == 0 ? 1000 : 4000;
        Widths widths = Widths.of(n);
        AdaptedNetwork adapted = of.adapted(widths);
        Predictive found = of.predictive(adapted);
        double[] first = FirstOrderOf.at(of, AdaptiveCase.row(3), widths);
        scaled[i] =
            new double[] {
              n * n * (adapted.logEvidence() - first[0]),
              n * n * (found.mean()[0] - first[1]),
              n * n * (found.variance()[0] - first[2])
            };
      }
      for (int q = 0; q < 3; q++) {
        assertThat(scaled[1][q])
            .as(activation + " " + q)
            .isCloseTo(scaled[0][q], within(0.02 + 0.03 * Math.abs(scaled[0][q])));
      }
    }
  }
}
