package finitewidth.posterior;

import finitewidth.contraction.ContractionProblem;
import finitewidth.contraction.TrainingContraction;
import finitewidth.flow.SampleFlow;
import finitewidth.flow.SampleSelfEnergy;
import finitewidth.flow.Widths;
import finitewidth.gaussian.PairMoments;
import finitewidth.linalg.Matrix;
import finitewidth.sampled.KernelShifts;
import finitewidth.sampled.Moments;
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

  /**
   * The kernels of all hidden layers by the sampled contraction, for any activation. The
   * self-energy needs fourth moments of pairs only and is exact.
   *
   * @param shifts of hidden layers
   * @param moments of as many batches as are wanted, for each source layer
   */
  public static List<HiddenKernel> of(KernelShifts shifts, List<Moments> moments) {
    ContractionProblem problem = shifts.problem().contraction();
    List<HiddenKernel> kernels = new ArrayList<>();
    for (int h = 0; h < problem.sources(); h++) {
      SampleFlow flow = upTo(problem, h);
      List<Matrix> shift = new ArrayList<>();
      List<Matrix> errors = new ArrayList<>();
      for (int s = 0; s <= h; s++) {
        shift.add(shifts.shift(s, h - s, moments.get(s)));
        errors.add(shifts.error(s, h - s, moments.get(s)));
      }
      kernels.add(
          new HiddenKernel(
              h, flow.kernel(h + 1), selfEnergy(flow, problem.tolerance()), shift, errors));
    }
    return kernels;
  }

  /** The network up to the layer above hidden layer h. */
  private static SampleFlow upTo(ContractionProblem problem, int h) {
    SampleFlow whole = problem.flow();
    return h == problem.sources() - 1
        ? whole
        : SampleFlow.of(whole.architecture().truncated(h + 1), whole.inputs());
  }

  /**
   * The kernels of all hidden layers, from the finished training contraction, of which all sums
   * over quadruples come: O(P² H²) beside.
   */
  public static List<HiddenKernel> of(ContractionProblem problem, TrainingContraction contraction) {
    List<HiddenKernel> kernels = new ArrayList<>();
    for (int h = 0; h < problem.sources(); h++) {
      kernels.add(of(problem, contraction, h));
    }
    return kernels;
  }

  private static HiddenKernel of(
      ContractionProblem problem, TrainingContraction contraction, int h) {
    boolean last = h == problem.sources() - 1;
    SampleFlow flow = upTo(problem, h);
    List<Matrix> shifts = new ArrayList<>();
    for (int s = 0; s <= h; s++) {
      Matrix shift = TrainingContraction.dress(flow, s, contraction.sources().get(s).undressed());
      for (int k = 0; k < shift.data().length; k++) {
        shift.data()[k] *= 0.5;
      }
      shifts.add(shift);
    }
    List<Matrix> selfEnergy =
        last
            ? contraction.sources().stream().map(TrainingContraction.Source::selfEnergy).toList()
            : selfEnergy(flow, problem.tolerance());
    return new HiddenKernel(h, flow.kernel(h + 1), selfEnergy, shifts);
  }

  private static List<Matrix> selfEnergy(SampleFlow flow, double tolerance) {
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
