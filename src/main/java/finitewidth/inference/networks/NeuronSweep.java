package finitewidth.inference.networks;

import finitewidth.inference.work.RandomStream;

/**
 * Moves the neurons of the last hidden layer one after another, each by elliptical slice sampling
 * (Murray, Adams, MacKay 2010) with the likelihood of {@link OneNeuron}: leaves π_τ as it is,
 * always moves, and has nothing to tune. In reversed order of the neurons it is the reversed
 * kernel.
 */
final class NeuronSweep {
  /** A bracket shrinks by more than half each time on average; this is for NaN alone. */
  private static final int MOST_TRIES = 200;

  private final CollapsedLikelihood likelihood;
  private final NetworkShape shape;
  private final double[] own;
  private final double[] other;
  private final double[] moved;
  private final double[] features;

  NeuronSweep(CollapsedLikelihood likelihood) {
    this.likelihood = likelihood;
    shape = likelihood.shape();
    int fanIn = shape.fanIn(shape.layers() - 1);
    own = new double[fanIn];
    other = new double[fanIn];
    moved = new double[fanIn];
    features = new double[likelihood.layers().rows()];
  }

  /**
   * Moves every neuron once.
   *
   * @param u all weights; those of the last hidden layer are overwritten
   * @param tau of the likelihood
   * @param reversed whether from the last neuron to the first
   * @return L at the new weights
   * @throws finitewidth.linalg.NumericsException if the likelihood is no number at the weights
   */
  double move(double[] u, double tau, boolean reversed, RandomStream random) {
    double value = likelihood.value(u);
    if (!Double.isFinite(value)) {
      throw likelihood.noNumber(u);
    }
    HiddenLayers layers = likelihood.layers();
    OneNeuron rest = likelihood.readout().neurons(layers.last());
    int last = shape.layers() - 1;
    int fanIn = own.length;
    int neurons = shape.width(last);
    for (int count = 0; count < neurons; count++) {
      int neuron = reversed ? neurons - 1 - count : count;
      int at = shape.offset(last) + neuron * fanIn;
      System.arraycopy(u, at, own, 0, fanIn);
      double before = rest.remove(neuron);
      double after = slice(layers, rest, before, tau, random);
      if (Double.isNaN(after)) {
        rest.putBack();
      } else {
        rest.insert(features);
        System.arraycopy(moved, 0, u, at, fanIn);
        value += after - before;
      }
    }
    return value;
  }

  /** L(f) − L(0) where the neuron has moved to; NaN if nowhere. */
  private double slice(
      HiddenLayers layers, OneNeuron rest, double before, double tau, RandomStream random) {
    random.fill(other);
    double threshold = tau * before + Math.log(1 - random.uniform());
    double angle = 2 * Math.PI * random.uniform();
    double low = angle - 2 * Math.PI;
    double high = angle;
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      double cos = Math.cos(angle);
      double sin = Math.sin(angle);
      for (int k = 0; k < moved.length; k++) {
        moved[k] = cos * own[k] + sin * other[k];
      }
      layers.neuron(moved, features);
      double value = rest.at(features);
      if (tau * value >= threshold) {
        return value;
      }
      if (angle < 0) {
        low = angle;
      } else {
        high = angle;
      }
      angle = low + (high - low) * random.uniform();
    }
    return Double.NaN;
  }
}
