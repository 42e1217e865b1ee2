package finitewidth.inference.linear;

import finitewidth.inference.comparison.Trust;
import finitewidth.prior.Widths;
import java.io.Serializable;

/**
 * The posterior of the matrix of scales of networks of some widths: matrices Ω = O diag(ω) Oᵀ with
 * weights.
 *
 * @param vectors [node], O, m × m
 * @param scales [node], ω
 * @param weights of sum 1
 * @param groups into which the nodes fall, one after another and equally many, that err
 *     independently; 1 where they are those of a quadrature
 * @param effectiveDraws what the draws are worth; infinite for a quadrature
 * @param logEvidence log p(Y), in nats
 * @param error its standard error
 */
record MatrixNodes(
    Widths widths,
    double[][] vectors,
    double[][] scales,
    double[] weights,
    int groups,
    double effectiveDraws,
    double logEvidence,
    double error)
    implements Serializable {

  int size() {
    return weights.length;
  }

  /** Whether so many draws are enough, if it has come of draws. */
  boolean isEnough() {
    return effectiveDraws >= Trust.FEWEST_DRAWS;
  }
}
