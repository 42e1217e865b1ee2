package finitewidth.inference.proportional;

import finitewidth.inference.scale.ScaledBase;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.SymmetricEigen;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import finitewidth.prior.KernelFlow;
import finitewidth.prior.KernelGradient;
import finitewidth.prior.Widths;
import java.util.Arrays;

/**
 * The saddle of kernel renormalisation: the scales u_l = log Q_l of all layers at which
 *
 * <p>log N(Y; 0, K(Q) + s²) − Σ_l (n_l/2)(Q_l − 1 − log Q_l)
 *
 * <p>is largest, K(Q) the kernel K^{l+1} = C_b + Q_l C_W F(K^l): the density of log Q given the
 * data, each Q_l being Gamma of shape n_l/2 and mean 1. By Newton's method uphill, with gradients
 * in reverse mode: 1 + H of them a step, each of them O(P³).
 *
 * @param logScales u
 * @param curvature minus the second derivatives in u, H × H
 * @param found whether the gradient vanishes there
 */
record Saddle(double[] logScales, Matrix curvature, boolean found) {
  private static final int MOST_STEPS = 60;
  private static final double DIFFERENCE = 1e-4;

  /** Of a step in log Q. */
  private static final double NEAR = 1e-7;

  /** The same where rounding hides what a step would gain. */
  private static final double CLOSE = 1e-3;

  private static final double LONGEST_STEP = 1;

  /** What is maximised. */
  private record Objective(
      Architecture prior, Matrix inputs, Matrix targets, double noise, double[] widths) {

    Point at(double[] logScales) {
      double[] scales = new double[logScales.length];
      double penalty = 0;
      for (int l = 0; l < scales.length; l++) {
        scales[l] = Math.exp(logScales[l]);
        penalty += 0.5 * widths[l] * (Math.expm1(logScales[l]) - logScales[l]);
      }
      Architecture network = ScaledBase.scaled(prior, scales);
      KernelFlow flow = KernelFlow.of(network, inputs);
      NngpPosterior nngp = NngpPosterior.of(flow.kernel(), targets, noise);
      return new Point(logScales, network, flow, nngp, penalty);
    }

    double[] gradient(Point point) {
      Matrix outer = NngpPosterior.dataMinusTrace(point.nngp().phi(), point.nngp().inverse());
      for (int k = 0; k < outer.data().length; k++) {
        outer.data()[k] *= 0.5;
      }
      KernelGradient byKernel = point.flow().gradient(outer);
      double[] gradient = new double[widths.length];
      for (int l = 0; l < gradient.length; l++) {
        gradient[l] =
            byKernel.weightVariance()[l + 1] * point.network().weightVariance(l + 1)
                - 0.5 * widths[l] * Math.expm1(point.logScales()[l]);
      }
      return gradient;
    }

    Matrix curvature(double[] at, double[] gradient) {
      int h = at.length;
      Matrix curvature = Matrix.zeros(h, h);
      for (int l = 0; l < h; l++) {
        double[] there = at.clone();
        there[l] += DIFFERENCE;
        double[] slopes = gradient(at(there));
        for (int k = 0; k < h; k++) {
          double half = -0.5 * (slopes[k] - gradient[k]) / DIFFERENCE;
          curvature.add(k, l, half);
          curvature.add(l, k, half);
        }
      }
      return curvature;
    }
  }

  private record Point(
      double[] logScales,
      Architecture network,
      KernelFlow flow,
      NngpPosterior nngp,
      double penalty) {
    double value() {
      return nngp.logEvidence() - penalty;
    }
  }

  /**
   * Climbs.
   *
   * @param prior without scales
   * @param targets P × m
   * @param start log scales to begin at
   */
  static Saddle of(
      Architecture prior,
      Matrix inputs,
      Matrix targets,
      double noise,
      Widths widths,
      double[] start) {
    Objective objective = new Objective(prior, inputs, targets, noise, widths.toArray());
    Point now = objective.at(start.clone());
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] gradient = objective.gradient(now);
      Matrix curvature = objective.curvature(now.logScales(), gradient);
      double[] direction = uphill(curvature, gradient);
      double longest = 0;
      for (double each : direction) {
        longest = Math.max(longest, Math.abs(each));
      }
      if (longest < NEAR) {
        return new Saddle(now.logScales(), curvature, true);
      }
      Point next = line(objective, now, direction, Math.min(1, LONGEST_STEP / longest));
      if (next == now) {
        // Rounding hides what is left to gain.
        return new Saddle(now.logScales(), curvature, longest < CLOSE);
      }
      now = next;
    }
    double[] gradient = objective.gradient(now);
    return new Saddle(now.logScales(), objective.curvature(now.logScales(), gradient), false);
  }

  private static Point line(Objective objective, Point now, double[] direction, double longest) {
    for (double length = longest; length > 1e-8; length *= 0.5) {
      double[] there = now.logScales().clone();
      for (int l = 0; l < there.length; l++) {
        there[l] += length * direction[l];
      }
      Point next = objective.at(there);
      if (next.value() > now.value()) {
        return next;
      }
    }
    return now;
  }

  /** The inverse of the curvature, with the sizes of its eigenvalues, times the gradient. */
  private static double[] uphill(Matrix curvature, double[] gradient) {
    SymmetricEigen eigen = SymmetricEigen.of(curvature);
    double[] direction = new double[gradient.length];
    for (int k = 0; k < gradient.length; k++) {
      double along = 0;
      for (int l = 0; l < gradient.length; l++) {
        along += eigen.vectors().get(l, k) * gradient[l];
      }
      along /= Math.max(Math.abs(eigen.values()[k]), 1e-6);
      for (int l = 0; l < gradient.length; l++) {
        direction[l] += along * eigen.vectors().get(l, k);
      }
    }
    return direction;
  }

  /** Q. */
  double[] scales() {
    double[] scales = new double[logScales.length];
    for (int l = 0; l < scales.length; l++) {
      scales[l] = Math.exp(logScales[l]);
    }
    return scales;
  }

  /** Q of all layers but the last. */
  double[] inner() {
    return Arrays.copyOf(scales(), logScales.length - 1);
  }
}
