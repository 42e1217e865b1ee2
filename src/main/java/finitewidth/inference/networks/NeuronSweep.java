package finitewidth.inference.networks;

import finitewidth.inference.work.RandomStream;
import java.util.Arrays;

/**
 * Moves the neurons of the last hidden layer one after another, each by elliptical slice sampling
 * (Murray, Adams, MacKay 2010) with the likelihood of {@link OneNeuron}: leaves π_τ as it is,
 * always moves, and has nothing to tune. In reversed order of the neurons it is the reversed
 * kernel.
 */
final class NeuronSweep {
  /** A bracket shrinks by more than half each time on average; this is for NaN alone. */
  private static final int MOST_TRIES = 200;

  /** Neurons whose likely features are made at once. */
  private static final int BLOCK = 16;

  /** Tries whose features are made before it is known whether they are needed. */
  private static final int LIKELY = 2;

  private final CollapsedLikelihood likelihood;
  private final NetworkShape shape;
  private final int fanIn;
  private final double[] moved;
  private final double[] likelyFeatures;
  private final double[] unlikely;
  private final double[] unlikelyFeatures;
  private final Turn[] turns;

  NeuronSweep(CollapsedLikelihood likelihood) {
    this.likelihood = likelihood;
    shape = likelihood.shape();
    int rows = likelihood.layers().rows();
    fanIn = shape.fanIn(shape.layers() - 1);
    int block = Math.min(BLOCK, shape.width(shape.layers() - 1));
    moved = new double[Math.multiplyExact(block * LIKELY, fanIn)];
    likelyFeatures = new double[Math.multiplyExact(block * LIKELY, rows)];
    unlikely = new double[fanIn];
    unlikelyFeatures = new double[rows];
    turns = new Turn[block];
    Arrays.setAll(turns, i -> new Turn());
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
    OneNeuron rest = likelihood.readout().neurons(likelihood.layers().last());
    int neurons = shape.width(shape.layers() - 1);
    for (int done = 0; done < neurons; done += BLOCK) {
      int count = Math.min(BLOCK, neurons - done);
      int first = reversed ? neurons - done - count : done;
      value += block(u, first, count, tau, reversed, rest, random);
    }
    return value;
  }

  /** Moves neurons that are next to one another, and says by how much L has changed. */
  private double block(
      double[] u,
      int first,
      int count,
      double tau,
      boolean reversed,
      OneNeuron rest,
      RandomStream random) {
    int offset = shape.offset(shape.layers() - 1) + first * fanIn;
    for (int i = 0; i < count; i++) {
      turns[i].begin(u, offset + i * fanIn, i * LIKELY, random);
    }
    likelihood.layers().neurons(moved, count * LIKELY, likelyFeatures);
    rest.begin(first, count, likelyFeatures, count * LIKELY);
    double change = 0;
    for (int turn = 0; turn < count; turn++) {
      int i = reversed ? count - 1 - turn : turn;
      double before = rest.remove(first + i);
      double after = turns[i].slice(u, offset + i * fanIn, before, tau, rest, random);
      if (Double.isNaN(after)) {
        rest.putBack();
      } else {
        int left = reversed ? 0 : i + 1;
        rest.insert(new OneNeuron.Places(left * LIKELY, (reversed ? i : count) * LIKELY));
        change += after - before;
      }
    }
    rest.end();
    return change;
  }

  /** One neuron's move. The angles to try are known before it is known how many are needed. */
  private final class Turn {
    private final double[] other = new double[fanIn];
    private double threshold;
    private double low;
    private double high;
    private double angle;
    private int place;

    /** Draws, and makes the weights of the likely tries. */
    void begin(double[] u, int at, int firstPlace, RandomStream random) {
      place = firstPlace;
      random.fill(other);
      threshold = Math.log(1 - random.uniform());
      angle = 2 * Math.PI * random.uniform();
      low = angle - 2 * Math.PI;
      high = angle;
      for (int k = 0; k < LIKELY; k++) {
        if (k > 0) {
          shrink(random);
        }
        turn(u, at, moved, (place + k) * fanIn);
      }
    }

    private void shrink(RandomStream random) {
      if (angle < 0) {
        low = angle;
      } else {
        high = angle;
      }
      angle = low + (high - low) * random.uniform();
    }

    private void turn(double[] u, int at, double[] to, int toAt) {
      double cos = Math.cos(angle);
      double sin = Math.sin(angle);
      for (int k = 0; k < fanIn; k++) {
        to[toAt + k] = cos * u[at + k] + sin * other[k];
      }
    }

    /** L(f) − L(0) where the neuron has moved to; NaN if nowhere. */
    double slice(
        double[] u, int at, double before, double tau, OneNeuron rest, RandomStream random) {
      double least = tau * before + threshold;
      for (int k = 0; k < LIKELY; k++) {
        double value = rest.atPlace(place + k);
        if (tau * value >= least) {
          System.arraycopy(moved, (place + k) * fanIn, u, at, fanIn);
          return value;
        }
      }
      for (int tries = LIKELY; tries < MOST_TRIES; tries++) {
        shrink(random);
        turn(u, at, unlikely, 0);
        likelihood.layers().neurons(unlikely, 1, unlikelyFeatures);
        double value = rest.at(unlikelyFeatures);
        if (tau * value >= least) {
          System.arraycopy(unlikely, 0, u, at, fanIn);
          return value;
        }
      }
      return Double.NaN;
    }
  }
}
