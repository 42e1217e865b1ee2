package finitewidth.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.prior.Architecture;
import java.util.Arrays;
import org.assertj.core.data.Offset;

/** Holds gradients of an evidence against its values around a point in no special place. */
final class CentralDifferences {
  static final int FEATURES = 4;
  private static final double STEP = 1e-4;

  private CentralDifferences() {}

  static ParameterSpace space(Architecture network, boolean scales) {
    return new ParameterSpace(network, FEATURES, new EvidenceSettings(1e-3, scales, 1, 1));
  }

  static double[] point(ParameterSpace space) {
    double[] at = space.origin(0.05);
    for (int i = 0; i < at.length; i++) {
      at[i] += 0.3 * Math.sin(i + 1);
    }
    return at;
  }

  /** To a millionth of its largest part; no part is zero. */
  static void assertGradient(Evidence evidence, ParameterSpace space) {
    double[] at = point(space);
    double[] gradient = evidence.at(at).orElseThrow().gradient();
    double size = Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < at.length; i++) {
      // Fourth order: the error is of the order of the step's fourth power.
      double difference =
          (8 * (value(evidence, at, i, STEP) - value(evidence, at, i, -STEP))
                  - (value(evidence, at, i, 2 * STEP) - value(evidence, at, i, -2 * STEP)))
              / (12 * STEP);
      assertThat(gradient[i]).as(space.name(i)).isCloseTo(difference, Offset.offset(1e-6 * size));
      assertThat(gradient[i]).as(space.name(i)).isNotZero();
    }
  }

  private static double value(Evidence evidence, double[] at, int i, double step) {
    double[] moved = at.clone();
    moved[i] += step;
    return evidence.at(moved).orElseThrow().logEvidence();
  }
}
