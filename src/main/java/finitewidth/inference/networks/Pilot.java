package finitewidth.inference.networks;

import finitewidth.inference.networks.ChainRandom.Kernel;
import java.util.ArrayList;
import java.util.List;

/**
 * A few particles that go from prior to posterior together, to find out how fast that may be done:
 * each step in τ is a fixed part of one over the spread of their log likelihoods.
 */
final class Pilot {
  /** How many. */
  static final int PARTICLES = 10;

  private static final double PART = 0.6;
  private static final double LEAST_SPREAD = 1e-3;
  private static final int MOST_KNOTS = 5000;
  private static final double ACCEPTANCE = 0.8;
  private static final double FIRST_LEAP = 0.3;
  private static final double LARGEST_LEAP = 1;

  private final Kernels kernels;
  private final CollapsedLikelihood likelihood;
  private final long seed;

  Pilot(NetworkProblem problem, NetworkShape shape, long seed) {
    likelihood = new CollapsedLikelihood(problem, shape);
    kernels = new Kernels(problem, likelihood);
    this.seed = seed;
  }

  /**
   * Goes all the way.
   *
   * @param mostSteps of the schedule
   */
  Schedule run(int mostSteps) {
    int[] widths = likelihood.shape().widths();
    double[][] particles = new double[PARTICLES][likelihood.shape().coordinates()];
    double[] values = new double[PARTICLES];
    ChainRandom[] randoms = new ChainRandom[PARTICLES];
    for (int i = 0; i < PARTICLES; i++) {
      randoms[i] = new ChainRandom(seed, widths, i);
      randoms[i].of(Phase.PILOT, Kernel.START, 0, 0).fill(particles[i]);
      values[i] = likelihood.value(particles[i]);
      if (!Double.isFinite(values[i])) {
        throw likelihood.noNumber(particles[i]);
      }
    }
    List<double[]> knots = new ArrayList<>();
    double tau = 0;
    double leap = FIRST_LEAP;
    knots.add(new double[] {0, spread(values), leap});
    while (tau < 1) {
      tau = Math.min(1, tau + PART / Math.max(spread(values), LEAST_SPREAD));
      if (knots.size() > MOST_KNOTS) {
        tau = 1;
      }
      double accepted = 0;
      for (int i = 0; i < PARTICLES; i++) {
        values[i] =
            kernels.anneal(
                particles[i], tau, leap, false, randoms[i], Phase.PILOT, knots.size(), 0);
        accepted += kernels.shortAcceptance() / PARTICLES;
      }
      leap = Math.min(LARGEST_LEAP, leap * Math.exp(accepted - ACCEPTANCE));
      knots.add(new double[] {tau, spread(values), leap});
    }
    return Schedule.of(column(knots, 0), column(knots, 1), column(knots, 2), mostSteps);
  }

  private static double[] column(List<double[]> rows, int k) {
    return rows.stream().mapToDouble(row -> row[k]).toArray();
  }

  private static double spread(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double square = 0;
    for (double value : values) {
      square += (value - mean) * (value - mean);
    }
    return Math.sqrt(square / (values.length - 1));
  }
}
