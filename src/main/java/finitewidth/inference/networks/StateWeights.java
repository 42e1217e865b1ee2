package finitewidth.inference.networks;

import finitewidth.linalg.RowPanel;

/**
 * The last layer's posterior at each kept state: made once where all of them fit, anew for each
 * block of rows where they do not.
 */
final class StateWeights {
  /** Of all states, in bytes. */
  private static final long MOST_BYTES = 1L << 28;

  private final NetworkProblem problem;
  private final NetworkShape shape;
  private final KeptNetworks kept;
  private final LastWeights[] made;

  StateWeights(NetworkProblem problem, KeptNetworks kept) {
    this.problem = problem;
    this.kept = kept;
    shape = problem.shape(kept.widths().whole());
    long smaller = Math.min(shape.features(), problem.rows());
    boolean fit = kept.states() * smaller * shape.features() * Double.BYTES <= MOST_BYTES;
    made = new LastWeights[fit ? kept.states() : 0];
    if (fit) {
      Maker maker = new Maker();
      for (int k = 0; k < made.length; k++) {
        made[k] = maker.make(k);
      }
    }
  }

  /** For one thread. */
  NetworkPredictor.Network forPredicting() {
    Maker maker = new Maker();
    double[] block = new double[shape.fanIn(0) * RowPanel.ROWS];
    return new NetworkPredictor.Network(
        kept, block, new HiddenLayers(problem, shape, block, RowPanel.ROWS), maker::of);
  }

  /** Has them, or makes them in its own arrays. */
  private final class Maker {
    private final CollapsedLikelihood likelihood = new CollapsedLikelihood(problem, shape);

    /** At state k. */
    LastWeights of(int k) {
      return made.length > 0 ? made[k] : make(k);
    }

    private LastWeights make(int k) {
      double[] u = kept.weights().row(k);
      double value =
          kept.hyperparameters(k)
              .map(own -> likelihood.value(u, own))
              .orElseGet(() -> likelihood.value(u));
      if (!Double.isFinite(value)) {
        throw likelihood.noNumber(u);
      }
      return likelihood.readout().weights(likelihood.layers().last());
    }
  }
}
