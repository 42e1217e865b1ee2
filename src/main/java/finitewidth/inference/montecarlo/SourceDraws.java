package finitewidth.inference.montecarlo;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.PivotedCholesky;
import java.io.Serializable;

/** What draws of one source layer need of the training samples; broadcast. */
sealed interface SourceDraws extends Serializable permits LastLayer, InnerLayer {

  /** Number of the source layer. */
  int source();

  /** K^s = L Lᵀ. */
  PivotedCholesky factor();

  /** The control variate for the weights of the draws. */
  ChaosControl control();

  /** Dressing of the preactivations, for the control variate. */
  Dressing preactivations();

  /** S over the training samples, a coefficient of 1/n_s, P × P. */
  Matrix selfEnergy();

  /**
   * The part of the log evidence's coefficient that is known exactly.
   *
   * @param selfEnergy S over the training samples
   */
  double exactEvidence(Matrix selfEnergy);

  /** M over the training samples, a coefficient of 1/n_s, as far as it is known before any draw. */
  Matrix exactShift();

  /** What is known of further rows before any draw. */
  SourceRows rows(RowFlows rows);

  /**
   * A worker for one thread.
   *
   * @param shifts whether the shift of the output's kernel over the training samples is wanted, too
   */
  BatchWorker worker(SampledProblem problem, boolean shifts);

  /** A worker for one thread that estimates rows' third and fourth cumulants in its place. */
  BatchWorker cumulantWorker(SampledProblem problem);
}
