package finitewidth.inference.montecarlo;

import java.io.Serializable;

/** Quantities over the training samples that draws of a fit, made anew, are to give. Immutable. */
public interface Redrawn extends Serializable {

  /** What was contracted, and with which draws. */
  SampledProblem problem();

  /** Moments of no batches of source layer s. */
  Moments noBatches(int s);

  /** The moments of the batches from..to−1 of source layer s. */
  Moments compute(int s, int from, int to);
}
