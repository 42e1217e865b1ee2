package finitewidth.inference.scale;

import java.io.Serializable;

/**
 * The posterior of the kernel's scale given the data: a number for one output, a matrix for
 * several.
 */
public interface Scale extends Serializable {

  /** log ∫ p(Y | Q) p(Q) dQ − log p(Y | Q = 1). */
  double logEvidence();

  /** The standard error of that, 0 where there is none. */
  double logEvidenceError();

  /** E[log Q | Y], of a matrix that of log det Q over m. */
  double meanLog();

  /** The standard deviation of that number. */
  double deviationLog();

  /** Q* = exp E[log Q | Y]. */
  default double typical() {
    return Math.exp(meanLog());
  }
}
