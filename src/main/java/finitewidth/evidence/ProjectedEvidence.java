package finitewidth.evidence;

import finitewidth.inducing.Approximation;
import finitewidth.inducing.InducingPoints;
import finitewidth.inducing.ProjectedSums;
import finitewidth.inducing.ProjectionPass;
import finitewidth.inducing.TrainingPasses;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.NumericsException;
import finitewidth.prior.Architecture;
import finitewidth.prior.CrossGradient;
import finitewidth.prior.KernelFlow;
import finitewidth.prior.KernelGradient;
import java.util.Optional;

/**
 * The evidence of all training rows through inducing points, with its gradient, as in {@link
 * EvidenceFunction} but in two passes over the rows: one for the sums that the evidence consists
 * of, one that takes its derivatives in k(x, Z) and k(x, x) back through the layers. O(N (u² + u (H
 * + n_0))).
 *
 * <p>With K_uu = L Lᵀ, v = L⁻¹ k_ux, d = k_xx − |v|² and the notation of {@link WhitenedEvidence}
 * the derivatives are
 *
 * <pre>
 * in v_x at given d_x   (β e_x − m B⁻¹v_x)/λ_x,   e_x = y_x − βᵀv_x
 * in λ_x                ½ |e_x|²/λ_x² + (m/2) v_x·B⁻¹v_x/λ_x² − m/2λ_x  [+ (m/2) d_x/λ_x² of the bound]
 * in d_x                −m/2λ_x of the bound, that in λ_x with FITC,
 * </pre>
 *
 * k_ux gets L⁻ᵀ times the whole derivative v̄_x in v_x, and K_uu gets −½ L⁻ᵀ (Σ v̄_x v_xᵀ) L⁻¹, in
 * which Σ v̄ vᵀ = ββᵀ − m (1 − B⁻¹) − 2 Σ d̄ v vᵀ.
 *
 * <p>The noise is a multiple of the mean diagonal over all rows, as for {@link EvidenceFunction}.
 */
final class ProjectedEvidence implements Evidence {
  private final ParameterSpace space;
  private final Matrix inducing;
  private final Approximation approximation;
  private final TrainingPasses passes;

  ProjectedEvidence(ParameterSpace space, ProjectedRows rows) {
    this.space = space;
    inducing = rows.inducing();
    approximation = rows.approximation();
    passes = rows.passes();
  }

  @Override
  public ParameterSpace space() {
    return space;
  }

  @Override
  public double targets() {
    return (double) passes.rows() * passes.outputs();
  }

  @Override
  public double meanDiagonal(Hyperparameters hyperparameters) {
    return passes.sum(new DiagonalPass(hyperparameters)).value() / passes.rows();
  }

  @Override
  public Optional<Evaluation> at(double[] at) {
    Architecture network = space.network(at);
    double[] scales = space.inputScales(at);
    Hyperparameters noiseless = new Hyperparameters(network, 0, scales);
    Matrix seen = noiseless.scaled(inducing);
    double ratio = space.noiseRatio(at);
    KernelFlow flow;
    InducingPoints points;
    WhitenedEvidence there;
    try {
      flow = KernelFlow.of(network, seen);
      points = InducingPoints.blurred(network, seen, flow.kernel());
      there = whitened(points, noiseless, ratio);
    } catch (NumericsException e) {
      return Optional.empty();
    }
    Hyperparameters hyperparameters = new Hyperparameters(network, there.noise(), scales);
    RowDerivatives rows =
        passes.sum(new DerivativePass(points, hyperparameters, approximation, there));
    double byNoise = rows.byNoise();
    // The noise is a multiple of the mean diagonal and moves with it.
    double byPrior = ratio * byNoise / passes.rows();
    CrossGradient cross = rows.cross();
    KernelGradient own =
        flow.gradient(points.byKernel(there.byInner(rows.gram())), cross.samples());
    KernelGradient byKernel =
        new KernelGradient(
            sum(own.biasVariance(), cross.biasVariance(), byPrior, rows.prior().biasVariance()),
            sum(
                own.weightVariance(),
                cross.weightVariance(),
                byPrior,
                rows.prior().weightVariance()),
            own.inputKernel());
    double[] byScale = EvidenceFunction.byScale(network, own, seen, scales.length);
    for (int k = 0; k < scales.length; k++) {
      byScale[k] +=
          network.weightVariance(0)
              / scales.length
              * (cross.features()[k] + byPrior * rows.prior().features()[k]);
    }
    double[] gradient = new double[space.size()];
    space.gradient(network, byKernel, there.noise() * byNoise, scales, byScale, gradient);
    return Optional.of(new Evaluation(hyperparameters, there.value(), there.dataFit(), gradient));
  }

  /** The first pass. With DTC λ is the same for all rows, so it need not be known before. */
  private WhitenedEvidence whitened(
      InducingPoints points, Hyperparameters noiseless, double ratio) {
    if (approximation == Approximation.DTC) {
      ProjectedSums sums = passes.sum(seen(points, noiseless, 1));
      return WhitenedEvidence.ofEqual(sums, ratio * sums.prior() / sums.rows());
    }
    double noise = ratio * meanDiagonal(noiseless);
    return WhitenedEvidence.of(passes.sum(seen(points, noiseless, noise)), noise);
  }

  private SeenPass seen(InducingPoints points, Hyperparameters noiseless, double noise) {
    return new SeenPass(new ProjectionPass(points, noise, approximation), noiseless);
  }

  private static double[] sum(double[] own, double[] cross, double factor, double[] prior) {
    double[] sum = new double[own.length];
    for (int l = 0; l < sum.length; l++) {
      sum[l] = own[l] + cross[l] + factor * prior[l];
    }
    return sum;
  }
}
