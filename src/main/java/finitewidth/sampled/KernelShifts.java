package finitewidth.sampled;

import finitewidth.flow.SampleFlow;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Shifts of kernels over training samples, from the draws of the sampled contraction made anew:
 * O(P²) for a draw, and k² for the k samples that are wanted. Immutable; broadcast.
 *
 * <p>The data add ½ Σ_cd V_(ab)(cd) B^l_cd to the kernel that hidden layer l makes, for which draws
 * of source layer s ≤ l have the weight ½ t, t = tr HB. With the output's kernel shift M
 * (docs/theory.md#kernel-shift) goes −E[H A⁻¹ H] beside: in inner layers from random probes, in the
 * last one from the weights of the draws. Weights have the control variate of {@link ChaosControl},
 * whose part is known exactly; for linear networks that is all of it.
 */
public final class KernelShifts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SampledProblem problem;
  private final List<ShiftSource> sources;

  private KernelShifts(SampledProblem problem, List<ShiftSource> sources) {
    this.problem = problem;
    this.sources = sources;
  }

  /**
   * What the data add to the kernels of all hidden layers, over all training samples: kernel t of
   * source layer s is that of hidden layer s + t.
   */
  public static KernelShifts hidden(SampledContraction contraction) {
    SampledProblem problem = contraction.problem();
    SampleFlow whole = problem.contraction().flow();
    int hidden = problem.sources();
    int[] samples = IntStream.range(0, problem.size()).toArray();
    List<SampleFlow> flows = new ArrayList<>();
    for (int h = 0; h < hidden; h++) {
      flows.add(
          h == hidden - 1
              ? whole
              : SampleFlow.of(whole.architecture().truncated(h + 1), whole.inputs()));
    }
    Matrix weights = scaled(0.5, problem.dataMinusTrace());
    List<ShiftSource> sources = new ArrayList<>();
    for (int s = 0; s < hidden; s++) {
      List<Matrix> known = new ArrayList<>();
      for (int h = s; h < hidden; h++) {
        known.add(Matrix.zeros(samples.length, samples.length));
      }
      sources.add(source(contraction, s, weights, flows.subList(s, hidden), samples, known, null));
    }
    return new KernelShifts(problem, sources);
  }

  /**
   * M, the shift of the output's kernel, over some of the training samples.
   *
   * @param samples their numbers
   */
  public static KernelShifts output(SampledContraction contraction, int[] samples) {
    SampledProblem problem = contraction.problem();
    SampleFlow flow = problem.contraction().flow();
    Matrix half = scaled(0.5, problem.dataMinusTrace());
    List<ShiftSource> sources = new ArrayList<>();
    for (int s = 0; s < problem.sources(); s++) {
      boolean last = s == problem.sources() - 1;
      Matrix known = ShiftSource.chosen(contraction.sources().get(s).selfEnergy(), samples);
      Matrix weights = half;
      if (last) {
        Matrix inverse = problem.contraction().inverse();
        weights = plus(half, -1, inverse);
        Matrix moment = flow.moment(s);
        double meanQ = Products.inner(inverse, moment);
        Matrix rows = ShiftSource.chosenRows(moment, samples);
        Matrix sandwich = Products.timesTranspose(Products.times(rows, inverse), rows);
        known =
            plus(
                plus(known, -problem.weight(s) * meanQ, ShiftSource.chosen(moment, samples)),
                problem.weight(s),
                sandwich);
      }
      sources.add(
          source(
              contraction,
              s,
              weights,
              List.of(flow),
              samples,
              List.of(known),
              last ? null : cross(problem, s, samples)));
    }
    return new KernelShifts(problem, sources);
  }

  private static ShiftSource source(
      SampledContraction contraction,
      int s,
      Matrix weights,
      List<SampleFlow> flows,
      int[] samples,
      List<Matrix> known,
      ShiftSource.Cross cross) {
    SampledProblem problem = contraction.problem();
    SampleFlow whole = problem.contraction().flow();
    SourceDraws draws = contraction.sources().get(s);
    Matrix pulledBack = Dressing.ofActivations(whole, s).pullBack(weights);
    boolean chaos = problem.reductions().chaos();
    ChaosControl control =
        new ChaosControl(
            whole,
            s,
            draws.preactivations(),
            chaos ? weights : Matrix.zeros(weights.rows(), weights.rows()),
            draws.factor());
    Matrix sandwich = control.sandwich(whole.kernel(s));
    List<Dressing> dressings = new ArrayList<>();
    List<Matrix> exact = new ArrayList<>();
    for (int t = 0; t < flows.size(); t++) {
      SampleFlow flow = flows.get(t);
      Matrix shift =
          flow == whole ? control.shift() : Dressing.ofPreactivations(flow, s).apply(sandwich);
      exact.add(plus(known.get(t), 2 * problem.weight(s), ShiftSource.chosen(shift, samples)));
      dressings.add(Dressing.ofActivations(flow, s).chosen(samples));
    }
    return new ShiftSource(
        s,
        draws.factor(),
        Forms.half(pulledBack),
        Products.inner(pulledBack, whole.moment(s)),
        control,
        samples.clone(),
        dressings,
        exact,
        cross);
  }

  private static ShiftSource.Cross cross(SampledProblem problem, int s, int[] samples) {
    SampleFlow flow = problem.contraction().flow();
    Matrix moment = flow.moment(s);
    Matrix meanField = ShiftSource.chosenRows(flow.p(s), samples);
    Matrix momentRows = ShiftSource.chosenRows(moment, samples);
    for (int i = 0; i < meanField.data().length; i++) {
      meanField.data()[i] *= momentRows.data()[i];
    }
    double[] diagonal = new double[moment.rows()];
    Arrays.setAll(diagonal, a -> moment.get(a, a));
    return new ShiftSource.Cross(
        ShiftSource.chosenRows(flow.p(s), samples),
        ShiftSource.chosenRows(flow.q(s), samples),
        ShiftSource.chosenRows(flow.q(s).transpose(), samples),
        meanField,
        diagonal,
        problem.cholesky().inverseFactor());
  }

  private static Matrix scaled(double factor, Matrix matrix) {
    return plus(Matrix.zeros(matrix.rows(), matrix.cols()), factor, matrix);
  }

  private static Matrix plus(Matrix to, double factor, Matrix from) {
    Matrix sum = to.copy();
    for (int i = 0; i < sum.data().length; i++) {
      sum.data()[i] += factor * from.data()[i];
    }
    return sum;
  }

  /** What is contracted, and with which draws. */
  public SampledProblem problem() {
    return problem;
  }

  /** How many kernels draws of source layer s move. */
  public int kernels(int s) {
    return sources.get(s).dressings().size();
  }

  /** Moments of no batches of source layer s. */
  public Moments noBatches(int s) {
    return new Moments(sources.get(s).quantities());
  }

  /** What computes batches of source layer s on one thread. */
  public Batches batches(int s) {
    return new Batches(s);
  }

  /** Batches of one source layer, on one thread. */
  public final class Batches {
    private final ShiftWorker worker;
    private final int source;

    private Batches(int source) {
      this.source = source;
      worker = new ShiftWorker(problem, sources.get(source));
    }

    /** The moments of the batches from..to−1. */
    public Moments compute(int from, int to) {
      Moments moments = noBatches(source);
      for (int batch = from; batch < to; batch++) {
        moments.add(worker.estimate(batch));
      }
      return moments;
    }
  }

  /** The shift of kernel t by source layer s: a coefficient of 1/n_s, known parts included. */
  public Matrix shift(int s, int t, Moments moments) {
    return plus(unpack(s, t, moments::mean), 1, sources.get(s).exact().get(t));
  }

  /** Its standard error. */
  public Matrix error(int s, int t, Moments moments) {
    return unpack(s, t, moments::standardError);
  }

  private Matrix unpack(int s, int t, java.util.function.IntToDoubleFunction quantity) {
    int k = sources.get(s).samples().length;
    int at = t * sources.get(s).triangle();
    Matrix matrix = Matrix.zeros(k, k);
    for (int a = 0; a < k; a++) {
      for (int b = 0; b <= a; b++, at++) {
        double value = quantity.applyAsDouble(at);
        matrix.set(a, b, value);
        matrix.set(b, a, value);
      }
    }
    return matrix;
  }

  /**
   * The cost of a draw of source layer s in floating-point operations of its products.
   *
   * @param samples how many are wanted
   * @param probes whether the layer is an inner one and E[H A⁻¹ H] is wanted
   */
  public static double operations(
      SampledContraction contraction, int s, int samples, boolean probes) {
    double p = contraction.problem().size();
    double rank = contraction.sources().get(s).factor().rank();
    double k = samples;
    double training = 2 * p * rank + rank * rank + p * p + 2 * k * k;
    double crossed = probes ? 0.5 * (p * p + 8 * k * p + 2 * k * k) : 0;
    return training + crossed + DrawCost.ELEMENT * (rank + p + (probes ? 0.5 * p : 0));
  }
}
