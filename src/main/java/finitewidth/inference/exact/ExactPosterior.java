package finitewidth.inference.exact;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.FirstOrder;
import finitewidth.inference.Load;
import finitewidth.inference.Order;
import finitewidth.inference.State;
import finitewidth.inference.work.Progress;
import finitewidth.inference.work.Runtime;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.ByCoefficients;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.NngpPredictor;
import finitewidth.posterior.Prediction;
import finitewidth.prior.SampleFlow;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The posterior to first order in 1/width, conditioned on training data (docs/theory.md#posterior).
 * Immutable; what is broadcast to score rows.
 *
 * <p>Everything rests on the kernel shift M = S + ½ V:B − V:A⁻¹, one matrix for all outputs:
 * δμ_i(x) = Σ_a (M_xa − w_x·M_Ra) φ_ai, and the variance of output i moves by N_xx − 2 w_x·N_Rx +
 * w_x·N w_x with N = M + Σ_cd V_(·c)(·d) φ_ci φ_di.
 */
public final class ExactPosterior implements FirstOrder {
  private static final long serialVersionUID = 1L;

  /**
   * One source layer's share, a coefficient of 1/n_s; P × P.
   *
   * @param shift M
   * @param varianceShift N of each output; empty where variances are not wanted
   * @param forRows what the contraction of further rows needs
   */
  public record Source(Matrix shift, List<Matrix> varianceShift, RowTerms forRows)
      implements Serializable {}

  private final NngpPosterior nngp;
  private final ContractionProblem problem;
  private final ExactProblem exact;
  private final List<Source> sources;
  private final LogEvidence logEvidence;

  /** M φ by source, P × m. */
  private final List<Matrix> shiftedPhi;

  /** A posterior that was assembled before, from its parts. */
  public ExactPosterior(
      NngpPosterior nngp,
      ContractionProblem problem,
      List<Source> sources,
      LogEvidence logEvidence) {
    this.nngp = nngp;
    this.problem = problem;
    exact = new ExactProblem(problem);
    this.sources = new ArrayList<>(sources);
    this.logEvidence = logEvidence;
    shiftedPhi = new ArrayList<>();
    for (Source source : sources) {
      shiftedPhi.add(Products.times(source.shift(), problem.phi()));
    }
  }

  /**
   * Assembles the posterior from the finished training contraction, of which it keeps nothing but
   * what further rows need. O(P² m H).
   */
  public static ExactPosterior of(
      NngpPosterior nngp, ContractionProblem problem, TrainingContraction training) {
    List<Source> sources = new ArrayList<>();
    for (TrainingContraction.Source source : training.sources()) {
      Matrix shift = kernelShift(source);
      List<Matrix> varianceShift = new ArrayList<>();
      for (Matrix cross : source.cross().subList(1, source.cross().size())) {
        Matrix sum = shift.copy();
        for (int k = 0; k < sum.data().length; k++) {
          sum.data()[k] += cross.data()[k];
        }
        varianceShift.add(sum);
      }
      sources.add(new Source(shift, varianceShift, source.forRows()));
    }
    return new ExactPosterior(nngp, problem, sources, logEvidence(nngp, problem, training));
  }

  /**
   * δlog p = ½ tr(S B) + ⅛ V:He₄; the five terms of V:He₄ are B:G1[B] − 4 Φ:G2[A⁻¹] + 2m
   * A⁻¹:G2[A⁻¹], with Φ = φφᵀ and B = Φ − m A⁻¹, because V is symmetric.
   */
  private static LogEvidence logEvidence(
      NngpPosterior nngp, ContractionProblem problem, TrainingContraction contraction) {
    Matrix inverse = problem.inverse();
    Matrix b = NngpPosterior.dataMinusTrace(problem.phi(), inverse);
    double[] coefficients = new double[problem.sources()];
    int outputs = problem.outputs();
    for (int s = 0; s < coefficients.length; s++) {
      Matrix cross = contraction.cross(s, 0);
      double traced = Products.inner(inverse, cross);
      // Φ = B + m A⁻¹.
      double data = Products.inner(b, cross) + outputs * traced;
      double hermite = Products.inner(b, contraction.plain(s)) - 4 * data + 2 * outputs * traced;
      coefficients[s] = 0.5 * Products.inner(contraction.selfEnergy(s), b) + hermite / 8;
    }
    return LogEvidence.exact(nngp.logEvidence(), coefficients).finite();
  }

  private static Matrix kernelShift(TrainingContraction.Source source) {
    Matrix shift = source.selfEnergy().copy();
    double[] data = shift.data();
    double[] plain = source.plain().data();
    double[] cross = source.cross().get(0).data();
    for (int k = 0; k < data.length; k++) {
      data[k] += 0.5 * plain[k] - cross[k];
    }
    return shift;
  }

  /** What is contracted, as loops read it. */
  ExactProblem exact() {
    return exact;
  }

  /** Each source layer's share. */
  public List<Source> sources() {
    return sources;
  }

  @Override
  public NngpPosterior nngp() {
    return nngp;
  }

  @Override
  public LogEvidence logEvidence() {
    return logEvidence;
  }

  @Override
  public ContractionProblem problem() {
    return problem;
  }

  /**
   * A predictor for one thread. Third and fourth cumulants need for every row what V does to all
   * quadruples of training samples, some P⁴/6 products for each source layer.
   */
  @Override
  public BlockPredictor predictor(Order order) {
    return switch (order) {
      case NNGP -> new NngpPredictor(nngp, problem.flow());
      case CORRECTED -> predictor();
      case CUMULANTS -> new CumulantPredictor(this);
    };
  }

  @Override
  public Load load(Order order, long rows, int cores) {
    return ExactCost.load(problem.shape(), order, rows, cores);
  }

  @Override
  public State state() {
    return ExactState.of(this);
  }

  /** A predictor for one thread; it holds O(P²) scratch for each source layer. */
  public Predictor predictor() {
    Matrix none = Matrix.zeros(problem.size(), 0);
    return new Predictor(none, Collections.nCopies(sources.size(), none));
  }

  /**
   * {@inheritDoc} For one output they are there, and for several of a network with one hidden
   * layer: moments have no order, so V_(ab)(cd) + K̃_abK̃_cd = V_(ac)(bd) + K̃_acK̃_bd. Otherwise
   * the vertex is contracted once more, with φφᵀ alone.
   */
  @Override
  public Shifts shifts(Runtime runtime) {
    double[] targets = new double[sources.size()];
    List<Matrix> kernels = sources.stream().map(Source::shift).toList();
    boolean known = problem.outputs() == 1 || targets.length == 1;
    TrainingContraction data = known ? null : contractedWithData(runtime);
    Matrix outer = Products.timesTranspose(problem.phi(), problem.phi());
    for (int s = 0; s < targets.length; s++) {
      targets[s] = data == null ? crossed(s) : Products.inner(outer, data.plain(s));
    }
    return new Shifts(kernels, targets);
  }

  /** V_(ac)(bd) Φ_ab Φ_cd, less what exchanging samples makes of products of kernels. */
  private double crossed(int s) {
    Matrix phi = problem.phi();
    double sum = 0;
    for (Matrix shift : sources.get(s).varianceShift()) {
      // N − M is the vertex contracted with the φφᵀ of one output.
      sum +=
          Products.inner(phi, Products.times(shift, phi)) - Products.inner(phi, shiftedPhi.get(s));
    }
    if (problem.outputs() == 1) {
      return sum;
    }
    SampleFlow flow = problem.flow();
    Matrix kernel = flow.moment(s);
    double weight = flow.architecture().weightVariance(s + 1);
    Matrix products = Products.transposeTimes(phi, Products.times(kernel, phi));
    double trace = 0;
    for (int i = 0; i < products.rows(); i++) {
      trace += products.get(i, i);
    }
    return sum + weight * weight * (Products.inner(products, products) - trace * trace);
  }

  private TrainingContraction contractedWithData(Runtime runtime) {
    ContractionProblem data =
        new ContractionProblem(
            problem.flow(),
            problem.phi(),
            Matrix.zeros(problem.size(), problem.size()),
            false,
            problem.tolerance());
    return TrainingJob.run(
        runtime,
        data,
        new Progress(
            runtime.messages().progress(),
            "training rows once more",
            TrainingJob.moments(problem.size(), problem.sources())));
  }

  @Override
  public Directed directed(Matrix directions) {
    List<Matrix> shifted =
        sources.stream().map(source -> Products.times(source.shift(), directions)).toList();
    return () -> new Contractor(new Predictor(directions, shifted));
  }

  /** Row by row. */
  private record Contractor(Predictor predictor) implements Along {
    @Override
    public int blockRows() {
      return predictor.blockRows();
    }

    @Override
    public List<Row> contract(double[][] features) {
      return Arrays.stream(features).map(predictor::row).toList();
    }
  }

  /** Predicts row after row on one thread; each row costs P³/6 moments for each source layer. */
  public final class Predictor implements BlockPredictor {
    private final RowContraction contraction =
        new RowContraction(exact, sources.stream().map(Source::forRows).toList());

    private final Matrix directions;

    /** M times the directions by source, P × K. */
    private final List<Matrix> shifted;

    private Predictor(Matrix directions, List<Matrix> shifted) {
      this.directions = directions;
      this.shifted = shifted;
    }

    /** Rows share nothing here. */
    @Override
    public int blockRows() {
      return 1;
    }

    @Override
    public List<Prediction> predict(double[][] features) {
      return Arrays.stream(features).<Prediction>map(this::predict).toList();
    }

    /**
     * The predictive distribution at one row.
     *
     * @param x features, as many as the training rows have
     */
    public ByCoefficients predict(double[] x) {
      return row(x).prediction();
    }

    private Row row(double[] x) {
      RowContraction.Row row = contraction.contract(x);
      int hidden = problem.sources();
      NngpPosterior.Projection order0 =
          nngp.project(
              contraction.flow().kernel(hidden), contraction.flow().point().kernel(hidden));
      double[][] mean = new double[hidden][];
      double[][] variance = new double[hidden][problem.crossWeights() - 1];
      double[][] along = new double[hidden][];
      for (int s = 0; s < hidden; s++) {
        double[] shift = shift(row, s);
        mean[s] = along(problem.phi(), shiftedPhi.get(s), shift, order0.weights());
        along[s] = along(directions, shifted.get(s), shift, order0.weights());
        for (int i = 0; i < variance[s].length; i++) {
          variance[s][i] = varianceCoefficient(s, i, shift, row, order0.weights());
        }
      }
      return new Row(Prediction.exact(order0.mean(), order0.variance(), mean, variance), along);
    }

    /** M_xa for all a, then M_xx. */
    private static double[] shift(RowContraction.Row row, int s) {
      double[] shift = new double[row.plain()[s].length];
      for (int a = 0; a < shift.length; a++) {
        shift[a] = row.selfEnergy()[s][a] + 0.5 * row.plain()[s][a] - row.cross()[s][0][a];
      }
      return shift;
    }

    /** Σ_a M_x̃a D_a for the columns D of a matrix. */
    private static double[] along(
        Matrix directions, Matrix shifted, double[] shift, double[] weights) {
      double[] sums = new double[directions.cols()];
      for (int a = 0; a < directions.rows(); a++) {
        for (int i = 0; i < sums.length; i++) {
          sums[i] += shift[a] * directions.get(a, i) - weights[a] * shifted.get(a, i);
        }
      }
      return sums;
    }

    private double varianceCoefficient(
        int s, int i, double[] shift, RowContraction.Row row, double[] weights) {
      double[] cross = row.cross()[s][1 + i];
      int p = weights.length;
      double[] viaTraining = Products.times(sources.get(s).varianceShift().get(i), weights);
      double sum = shift[p] + cross[p];
      for (int a = 0; a < p; a++) {
        sum += weights[a] * (viaTraining[a] - 2 * (shift[a] + cross[a]));
      }
      return sum;
    }
  }
}
