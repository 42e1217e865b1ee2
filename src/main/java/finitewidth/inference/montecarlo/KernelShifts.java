package finitewidth.inference.montecarlo;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.prior.SampleFlow;
import java.util.ArrayList;
import java.util.List;

/**
 * Shifts of the kernels of hidden layers over training samples, from the draws of the sampled
 * contraction made anew: O(P²) for a draw. Immutable; broadcast.
 *
 * <p>The data add ½ Σ_cd V_(ab)(cd) B^l_cd to the kernel that hidden layer l makes, for which draws
 * of source layer s ≤ l have the weight ½ t, t = tr HB. Weights have the control variate of {@link
 * ChaosControl}, whose part is known exactly; for linear networks that is all of it.
 */
public final class KernelShifts implements Redrawn {
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
      sources.add(source(contraction, s, weights, flows.subList(s, hidden)));
    }
    return new KernelShifts(problem, sources);
  }

  private static ShiftSource source(
      SampledContraction contraction, int s, Matrix weights, List<SampleFlow> flows) {
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
      exact.add(scaled(2 * problem.weight(s), shift));
      dressings.add(Dressing.ofActivations(flow, s));
    }
    return new ShiftSource(
        s,
        draws.factor(),
        Forms.half(pulledBack),
        Products.inner(pulledBack, whole.moment(s)),
        control,
        dressings,
        exact);
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

  @Override
  public SampledProblem problem() {
    return problem;
  }

  /** How many kernels draws of source layer s move. */
  public int kernels(int s) {
    return sources.get(s).dressings().size();
  }

  @Override
  public Moments noBatches(int s) {
    return new Moments(sources.get(s).quantities());
  }

  @Override
  public Moments compute(int s, int from, int to) {
    return batches(s).compute(from, to);
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
    int k = problem.size();
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
}
