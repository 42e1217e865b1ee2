package finitewidth.posterior;

import finitewidth.gaussian.PairMoments;
import finitewidth.linalg.Matrix;
import finitewidth.prior.SampleFlow;
import finitewidth.prior.SampleSelfEnergy;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.List;

/**
 * The kernel that a hidden layer makes, Ĝ_ab = C_b + (C_W/n) Σ_j σ_j(x_a)σ_j(x_b), over the
 * training samples, in the prior and given the data, to first order in 1/width.
 *
 * <p>The prior mean is K + S. With Ĝ^L the output's kernel, p(Y|Ĝ^L) = p(Y|K)(1 + ½ tr B(Ĝ^L − K) +
 * …) and B = φφᵀ − m A⁻¹, so that given Y the mean gains ½ Σ_cd Cov(Ĝ_ab, Ĝ^L_cd) B_cd. Only what Ĝ
 * itself deviates by is passed on to Ĝ^L, through the dressings D of the layers between, and the
 * gain is ½ Σ_cd V_(ab)(cd) B^l_cd with V that of the layer above and B^l = B pulled back to it:
 * layers learn features at order m/n.
 *
 * @param layer the hidden layer, 0 … H − 1; its kernel is that of layer + 1
 * @param nngp K, P × P
 * @param selfEnergy S by source layer 0 … layer, coefficients of 1/n_s
 * @param posteriorShift what the data add, likewise
 * @param posteriorErrors standard errors of that, likewise; none where the contraction was exact.
 *     Source layers err independently
 */
public record HiddenKernel(
    int layer,
    Matrix nngp,
    List<Matrix> selfEnergy,
    List<Matrix> posteriorShift,
    List<Matrix> posteriorErrors) {

  /** A kernel without sampling error. */
  public HiddenKernel(
      int layer, Matrix nngp, List<Matrix> selfEnergy, List<Matrix> posteriorShift) {
    this(layer, nngp, selfEnergy, posteriorShift, List.of());
  }

  /** The network up to the layer above hidden layer h. */
  public static SampleFlow upTo(SampleFlow whole, int h) {
    return h == whole.architecture().hiddenLayers() - 1
        ? whole
        : SampleFlow.of(whole.architecture().truncated(h + 1), whole.inputs());
  }

  /** S over all pairs, coefficients of 1/n_s by source layer. O(P² H) fourth moments. */
  public static List<Matrix> selfEnergy(SampleFlow flow, double tolerance) {
    int n = flow.size();
    int sources = flow.architecture().hiddenLayers();
    PairMoments[] moments = new PairMoments[sources];
    List<Matrix> result = new ArrayList<>();
    for (int s = 0; s < sources; s++) {
      moments[s] = flow.architecture().activation().pairMoments(flow.kernel(s), tolerance);
      result.add(Matrix.zeros(n, n));
    }
    SampleSelfEnergy samples = new SampleSelfEnergy(flow, moments);
    for (int a = 0; a < n; a++) {
      double[][] row = samples.row(a);
      for (int s = 0; s < sources; s++) {
        for (int b = 0; b <= a; b++) {
          result.get(s).set(a, b, row[s][b]);
          result.get(s).set(b, a, row[s][b]);
        }
      }
    }
    return result;
  }

  /** S_ab of these widths: what the prior mean has beside K. */
  public double priorShift(Widths widths, int a, int b) {
    return sum(selfEnergy, widths, a, b);
  }

  /** What the data add at these widths. */
  public double posteriorShift(Widths widths, int a, int b) {
    return sum(posteriorShift, widths, a, b);
  }

  /** The standard error of that; 0 where the contraction was exact. */
  public double posteriorError(Widths widths, int a, int b) {
    if (posteriorErrors.isEmpty()) {
      return 0;
    }
    double square = 0;
    for (int s = 0; s < posteriorErrors.size(); s++) {
      double error = posteriorErrors.get(s).get(a, b) / widths.width(s);
      square += error * error;
    }
    return Math.sqrt(square);
  }

  private static double sum(List<Matrix> coefficients, Widths widths, int a, int b) {
    double sum = 0;
    for (int s = 0; s < coefficients.size(); s++) {
      sum += coefficients.get(s).get(a, b) / widths.width(s);
    }
    return sum;
  }
}
