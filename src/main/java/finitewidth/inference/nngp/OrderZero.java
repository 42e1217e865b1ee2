package finitewidth.inference.nngp;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.Load;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.State;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.NngpPredictor;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The Gaussian process that an infinitely wide network is, given data. To whichever order rows are
 * asked for, this is what there is.
 */
record OrderZero(NngpPosterior nngp, ContractionProblem problem, LogEvidence logEvidence)
    implements Posterior {

  @Override
  public BlockPredictor predictor(Order order) {
    return new NngpPredictor(nngp, problem.flow());
  }

  @Override
  public Load load(Order order, long rows, int cores) {
    return Load.nngp(rows, problem.shape());
  }

  /** {@inheritDoc} They are those of Gaussians. */
  @Override
  public Optional<Order> quantiles() {
    return Optional.of(Order.NNGP);
  }

  @Override
  public State state() {
    return new State(Nngp.NAME, new TreeMap<>(), new TreeMap<>());
  }
}
