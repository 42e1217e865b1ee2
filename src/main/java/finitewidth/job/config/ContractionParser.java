package finitewidth.job.config;

import finitewidth.gaussian.activations.Activations;
import java.util.OptionalInt;

/** The contraction block of a configuration. */
final class ContractionParser {
  private static final long MOST_DRAWS = 1L << 40;
  private static final long MOST_TEST_ROWS = 1_000_000;

  private final ConfigReader values;

  ContractionParser(ConfigReader values) {
    this.values = values;
  }

  ContractionConfig parse() {
    ContractionConfig.Engine engine = values.choice(Key.ENGINE, ContractionConfig.Engine.values());
    double quadrature = ContractionConfig.QUADRATURE;
    double standardError = ContractionConfig.STANDARD_ERROR;
    if (values.has(Key.TOLERANCE)) {
      double tolerance =
          values.number(
              Key.TOLERANCE,
              v -> v > 0 && v < 1,
              "accepted is a number between 0 and 1, both excluded");
      if (engine == ContractionConfig.Engine.EXACT) {
        quadrature = tolerance;
      } else {
        standardError = tolerance;
      }
    }
    return new ContractionConfig(
        engine,
        quadrature,
        standardError,
        values.wholeOrStandard(Key.CONTRACTION_SEED, Long.MIN_VALUE, Long.MAX_VALUE),
        values.wholeOrStandard(Key.MAX_DRAWS, 1, MOST_DRAWS),
        testRows(),
        values.choice(Key.QUANTITIES, ContractionConfig.Quantities.values()));
  }

  private OptionalInt testRows() {
    return values.isWord(Key.CONTRACTION_TEST_ROWS, Key.CONTRACTION_TEST_ROWS.standard())
        ? OptionalInt.empty()
        : values
            .whole(Key.CONTRACTION_TEST_ROWS, 1, MOST_TEST_ROWS, "all, or ")
            .map(rows -> OptionalInt.of(rows.intValue()))
            .orElse(OptionalInt.empty());
  }

  /** What needs the corrections of variances. */
  void requireVariance(Key key, ContractionConfig contraction) {
    if (contraction.quantities() == ContractionConfig.Quantities.MEAN) {
      throw values.refuse(key, "needs variances; set contraction.quantities = all");
    }
  }

  /** What four-point moments are needed for, of an activation that has none. */
  void refuseFourPoints(
      Verb verb, String activation, ContractionConfig contraction, FlowConfig flow) {
    String reason =
        "network.activation = "
            + activation
            + " has no four-point moments, only the values of the function; accepted is ";
    String others = ", or one of the activations " + String.join(", ", Activations.exactNames());
    if (verb != Verb.FLOW && contraction.engine() == ContractionConfig.Engine.EXACT) {
      throw values.refuse(Key.ENGINE, reason + "sampled or auto" + others);
    }
    if (verb == Verb.FLOW && flow.tensors()) {
      throw values.refuse(Key.FLOW_TENSORS, reason + "false" + others);
    }
  }
}
