package finitewidth.posterior;

import finitewidth.contraction.ContractionProblem;
import finitewidth.contraction.TrainingContraction;
import finitewidth.flow.RangeException;
import finitewidth.flow.Widths;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import java.io.Serializable;

/**
 * The log evidence of the training targets, order by order (docs/theory.md#log-evidence).
 *
 * @param nngp log p(Y) at infinite width, in nats
 * @param coefficients δlog p = Σ_s coefficients[s] / n_s
 * @param errors standard errors of the coefficients, independent of one another; zero where the
 *     contraction was exact
 */
public record LogEvidence(double nngp, double[] coefficients, double[] errors)
    implements Serializable {

  /**
   * This one, if it is finite.
   *
   * @throws RangeException naming what overflows
   */
  LogEvidence finite() {
    for (int s = -1; s < coefficients.length; s++) {
      double value = s < 0 ? nngp : coefficients[s];
      if (!Double.isFinite(value)) {
        throw new RangeException(
            "the log evidence overflows: "
                + (s < 0 ? "at infinite width it" : "its correction from hidden layer " + (s + 1))
                + " is "
                + value
                + "; lower {WEIGHT_VARIANCE}, use fewer layers of {HIDDEN_WIDTHS}, raise"
                + " {NOISE_VARIANCE}, or scale the targets ({TARGET_SCALING})");
      }
    }
    return this;
  }

  /** A log evidence without sampling error. */
  public static LogEvidence exact(double nngp, double[] coefficients) {
    return new LogEvidence(nngp, coefficients, new double[coefficients.length]);
  }

  /**
   * δlog p = ½ tr(S B) + ⅛ V:He₄; the five terms of V:He₄ are B:G1[B] − 4 Φ:G2[A⁻¹] + 2m
   * A⁻¹:G2[A⁻¹], with Φ = φφᵀ and B = Φ − m A⁻¹, because V is symmetric.
   */
  static LogEvidence of(
      NngpPosterior nngp, ContractionProblem problem, TrainingContraction contraction) {
    Matrix inverse = problem.inverse();
    Matrix b = ContractionProblem.dataMinusTrace(problem.phi(), inverse);
    double[] coefficients = new double[problem.sources()];
    int outputs = problem.outputs();
    for (int s = 0; s < coefficients.length; s++) {
      Matrix cross = contraction.cross(s, 0);
      double traced = Products.inner(inverse, cross);
      // Φ = B + m A⁻¹.
      double data = Products.inner(b, cross) + outputs * traced;
      double hermite = Products.inner(b, contraction.plain(s)) - 4 * data + 2 * outputs * traced;
      coefficients[s] = 0.5 * Products.inner(contraction.selfEnergy(s), b) + hermite / 8;
    }
    return exact(nngp.logEvidence(), coefficients).finite();
  }

  /** δlog p at these widths. */
  public double delta(Widths widths) {
    return widths.apply(coefficients);
  }

  /** The standard error of δlog p at these widths. */
  public double error(Widths widths) {
    double square = 0;
    for (int s = 0; s < errors.length; s++) {
      double error = errors[s] / widths.width(s);
      square += error * error;
    }
    return Math.sqrt(square);
  }
}
