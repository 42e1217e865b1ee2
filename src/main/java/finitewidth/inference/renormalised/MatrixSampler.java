package finitewidth.inference.renormalised;

import finitewidth.inference.scale.MatrixPrior;
import finitewidth.inference.work.RandomStream;
import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import java.util.Arrays;

/**
 * Draws the matrix Q that scales the kernel of several outputs from its posterior: tempered
 * sequential Monte Carlo over the numbers of which Q is made
 * (docs/theory.md#renormalised-first-order), in independent groups, whose scatter is the standard
 * error.
 *
 * <p>A state is the coordinates of {@link MatrixPrior}.
 */
final class MatrixSampler {
  private static final int GROUPS = 32;
  private static final int PARTICLES = 256;

  /** Moves of every particle at each temperature, and at the last. */
  private static final int MOVES = 10;

  private static final int LAST_MOVES = 30;

  /** One of so many particles is kept. */
  private static final int THINNING = 8;

  /** Effective particles that the next temperature leaves, of all. */
  private static final double EFFECTIVE = 0.6;

  private static final int HALVINGS = 40;
  private static final double ACCEPTED = 0.3;

  /** Tells these streams from those of others with the same seed. */
  private static final long PURPOSE = 0x7363616c65000000L;

  /** That of a posterior, which is the same wherever it is computed. */
  private static final long SEED = 1;

  private final long seed;
  private final ScaleShape shape;
  private final int outputs;
  private final MatrixLikelihood likelihood;
  private final MatrixPrior prior;
  private final MatrixPrior.Axes decomposed;

  private final double[][] states = new double[PARTICLES][];
  private final double[] priors = new double[PARTICLES];
  private final double[] likelihoods = new double[PARTICLES];
  private final double[][] logs = new double[PARTICLES][];
  private final double[][] axes = new double[PARTICLES][];
  private double stretch;

  private MatrixSampler(long seed, ScaleShape shape, int outputs, MatrixLikelihood likelihood) {
    this.seed = seed;
    this.shape = shape;
    this.outputs = outputs;
    this.likelihood = likelihood;
    prior = new MatrixPrior(shape.nu(), shape.u(), outputs);
    decomposed = prior.axes();
  }

  /**
   * Samples.
   *
   * @param outputs m; every ν_l is above m − 1
   */
  static MatrixScale sample(ScaleShape shape, int outputs, MatrixLikelihood likelihood) {
    return sample(SEED, shape, outputs, likelihood);
  }

  /**
   * Samples with other random numbers, so that samples of several seeds are independent.
   *
   * @param outputs m; every ν_l is above m − 1
   */
  static MatrixScale sample(long seed, ScaleShape shape, int outputs, MatrixLikelihood likelihood) {
    MatrixSampler sampler = new MatrixSampler(seed, shape, outputs, likelihood);
    int each = PARTICLES / THINNING;
    double[][] logs = new double[GROUPS * each][];
    double[][] axes = new double[GROUPS * each][];
    double[] evidence = new double[GROUPS];
    for (int group = 0; group < GROUPS; group++) {
      evidence[group] = sampler.run(group);
      for (int k = 0; k < each; k++) {
        logs[group * each + k] = sampler.logs[k * THINNING];
        axes[group * each + k] = sampler.axes[k * THINNING];
      }
    }
    double top = Arrays.stream(evidence).max().orElseThrow();
    double mean = 0;
    double square = 0;
    for (double log : evidence) {
      double ratio = Math.exp(log - top);
      mean += ratio / GROUPS;
      square += ratio * ratio / GROUPS;
    }
    double variance = Math.max(0, square - mean * mean) / (GROUPS - 1);
    return MatrixScale.of(GROUPS, logs, axes, top + Math.log(mean), Math.sqrt(variance) / mean);
  }

  /** One group, from the prior to the posterior; returns its log evidence. */
  private double run(int group) {
    RandomStream random =
        new RandomStream(seed, group, Arrays.hashCode(shape.nu()), outputs, PURPOSE);
    for (int k = 0; k < PARTICLES; k++) {
      double[] state = new double[prior.size()];
      prior.draw(random, state);
      put(k, state);
    }
    double evidence = 0;
    double temperature = 0;
    stretch = 1;
    while (temperature < 1) {
      double next = next(temperature);
      evidence += resample(next - temperature, random);
      temperature = next;
      Cholesky steps = steps();
      int moves = temperature < 1 ? MOVES : LAST_MOVES;
      for (int move = 0; move < moves; move++) {
        move(temperature, steps, random);
      }
    }
    return evidence;
  }

  private void put(int k, double[] state) {
    states[k] = state;
    priors[k] = prior.logDensity(state);
    logs[k] = new double[outputs];
    axes[k] = new double[outputs * outputs];
    likelihoods[k] = evaluate(state, logs[k], axes[k]);
  }

  private double evaluate(double[] state, double[] logsTo, double[] axesTo) {
    decomposed.of(state, logsTo, axesTo);
    for (int j = 0; j < outputs; j++) {
      // Nothing is below zero but by rounding.
      logsTo[j] = Math.log(Math.max(Double.MIN_NORMAL, logsTo[j]));
    }
    return likelihood.of(logsTo, axesTo);
  }

  /** The next temperature, which leaves so many effective particles. */
  private double next(double temperature) {
    double wanted = EFFECTIVE * PARTICLES;
    if (effective(1 - temperature) >= wanted) {
      return 1;
    }
    double low = 0;
    double high = 1 - temperature;
    for (int k = 0; k < HALVINGS; k++) {
      double middle = 0.5 * (low + high);
      if (effective(middle) > wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return temperature + high;
  }

  private double[] ratios(double step) {
    double top = Arrays.stream(likelihoods).max().orElseThrow();
    return Arrays.stream(likelihoods).map(log -> Math.exp(step * (log - top))).toArray();
  }

  private double effective(double step) {
    double sum = 0;
    double square = 0;
    for (double ratio : ratios(step)) {
      sum += ratio;
      square += ratio * ratio;
    }
    return sum * sum / square;
  }

  /** Systematic resampling; returns the logarithm of the mean weight. */
  private double resample(double step, RandomStream random) {
    double top = Arrays.stream(likelihoods).max().orElseThrow();
    double[] ratios = ratios(step);
    double sum = Arrays.stream(ratios).sum();
    double[][] oldStates = states.clone();
    double[] oldPriors = priors.clone();
    double[] oldLikelihoods = likelihoods.clone();
    double[][] oldLogs = logs.clone();
    double[][] oldAxes = axes.clone();
    double shift = random.uniform();
    int from = 0;
    double reached = ratios[0];
    for (int k = 0; k < PARTICLES; k++) {
      double at = (k + shift) / PARTICLES * sum;
      while (reached < at && from < PARTICLES - 1) {
        reached += ratios[++from];
      }
      states[k] = oldStates[from];
      priors[k] = oldPriors[from];
      likelihoods[k] = oldLikelihoods[from];
      logs[k] = oldLogs[from];
      axes[k] = oldAxes[from];
    }
    return step * top + Math.log(sum / PARTICLES);
  }

  /**
   * A triangular root of the particles' covariance, a little more than nothing in any direction.
   */
  private Cholesky steps() {
    int size = states[0].length;
    double[] mean = new double[size];
    for (double[] state : states) {
      for (int i = 0; i < size; i++) {
        mean[i] += state[i] / PARTICLES;
      }
    }
    Matrix covariance = Matrix.zeros(size, size);
    for (double[] state : states) {
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          covariance.add(i, j, (state[i] - mean[i]) * (state[j] - mean[j]) / PARTICLES);
        }
      }
    }
    for (int i = 0; i < size; i++) {
      covariance.add(i, i, 1e-4 * covariance.get(i, i) + 1e-12);
    }
    return Cholesky.of(covariance);
  }

  /** A step of the random walk of Metropolis for every particle. */
  private void move(double temperature, Cholesky steps, RandomStream random) {
    int size = states[0].length;
    Matrix root = steps.factor();
    double scale = 1.7 / Math.sqrt(size) * stretch;
    double[] normals = new double[size];
    int accepted = 0;
    for (int k = 0; k < PARTICLES; k++) {
      random.fill(normals);
      double[] state = states[k].clone();
      for (int i = 0; i < size; i++) {
        for (int j = 0; j <= i; j++) {
          state[i] += scale * root.get(i, j) * normals[j];
        }
      }
      double log = prior.logDensity(state);
      double[] newLogs = new double[outputs];
      double[] newAxes = new double[outputs * outputs];
      double likely = evaluate(state, newLogs, newAxes);
      double ratio = temperature * (likely - likelihoods[k]) + log - priors[k];
      if (Math.log(random.uniform()) < ratio) {
        states[k] = state;
        priors[k] = log;
        likelihoods[k] = likely;
        logs[k] = newLogs;
        axes[k] = newAxes;
        accepted++;
      }
    }
    stretch *= Math.exp(0.5 * ((double) accepted / PARTICLES - ACCEPTED));
  }
}
