package finitewidth.model;

import finitewidth.linalg.Matrix;
import finitewidth.posterior.EvidenceAtWidths;
import finitewidth.posterior.EvidenceByCoefficients;
import finitewidth.posterior.LogEvidence;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The log evidence as tensors of a saved model. */
final class ModelEvidence {
  /** log p(Y) at infinite width. */
  static final String NNGP = "log-evidence/nngp";

  private static final String COEFFICIENTS = "log-evidence/coefficients";
  private static final String ERRORS = "log-evidence/errors";

  /** Of an evidence at widths: one row of widths for each of them. */
  private static final String WIDTHS = "log-evidence/widths";

  /**
   * Of the same: a row of log evidence and standard error for each. Tensors are finite, so where it
   * was not computed the error is {@value #UNKNOWN}, which no error is.
   */
  private static final String KNOWN = "log-evidence/known";

  private static final double UNKNOWN = -1;

  /** In the place of how many widths: none, and no coefficients either. */
  static final int ORDER_ZERO = -1;

  private ModelEvidence() {}

  /** At how many widths it is known; 0 where it is by coefficients; or {@link #ORDER_ZERO}. */
  static int widths(LogEvidence evidence) {
    if (evidence.isOrderZero()) {
      return ORDER_ZERO;
    }
    return evidence instanceof EvidenceAtWidths at ? at.values().size() : 0;
  }

  static void put(LogEvidence evidence, Tensors tensors) {
    tensors.put(NNGP, new double[] {evidence.nngp()});
    if (evidence.isOrderZero()) {
      return;
    }
    if (evidence instanceof EvidenceAtWidths at) {
      tensors.put(WIDTHS, rows(at, known -> known.widths().toArray()));
      tensors.put(KNOWN, rows(at, ModelEvidence::numbers));
    } else {
      tensors.put(COEFFICIENTS, evidence.byCoefficients().coefficients());
      tensors.put(ERRORS, evidence.byCoefficients().errors());
    }
  }

  private static double[] numbers(EvidenceAtWidths.Known known) {
    return Double.isNaN(known.logEvidence())
        ? new double[] {0, UNKNOWN}
        : new double[] {known.logEvidence(), known.error()};
  }

  private static Matrix rows(
      EvidenceAtWidths at, Function<EvidenceAtWidths.Known, double[]> numbers) {
    return Matrix.copyOf(at.values().stream().map(numbers).toArray(double[][]::new));
  }

  /**
   * @param widths as {@link #widths}
   * @param sources H
   */
  static void expect(int widths, int sources, Shapes shapes) {
    shapes.put(NNGP, 1, 1);
    if (widths == ORDER_ZERO) {
      return;
    }
    if (widths > 0) {
      shapes.put(WIDTHS, widths, sources);
      shapes.put(KNOWN, widths, 2);
    } else {
      shapes.put(COEFFICIENTS, 1, sources);
      shapes.put(ERRORS, 1, sources);
    }
  }

  /**
   * What was written.
   *
   * @param widths as {@link #widths}
   * @throws IllegalArgumentException if there are no such widths
   */
  static LogEvidence of(int widths, Tensors tensors) {
    double nngp = tensors.get(NNGP).get(0, 0);
    if (widths == ORDER_ZERO) {
      return new EvidenceAtWidths(nngp, List.of());
    }
    if (widths == 0) {
      return new EvidenceByCoefficients(
          nngp, tensors.get(COEFFICIENTS).data(), tensors.get(ERRORS).data());
    }
    Matrix known = tensors.get(KNOWN);
    List<EvidenceAtWidths.Known> all = new ArrayList<>();
    for (int k = 0; k < widths; k++) {
      boolean unknown = known.get(k, 1) == UNKNOWN;
      all.add(
          new EvidenceAtWidths.Known(
              Widths.of(tensors.get(WIDTHS).row(k)),
              unknown ? Double.NaN : known.get(k, 0),
              unknown ? Double.NaN : known.get(k, 1)));
    }
    return new EvidenceAtWidths(nngp, all);
  }
}
