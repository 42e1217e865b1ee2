package finitewidth.inducing;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.exact.ExactPosterior;
import finitewidth.inference.exact.Fit;
import finitewidth.inference.exact.LeafWorker;
import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.linalg.SumTree;
import finitewidth.oracle.Problems;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Architecture;
import finitewidth.prior.SampleFlow;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the dense formulas over all rows, and against the full computation where u = P. */
class InducingPosteriorTest {
  private static final double NOISE = 0.05;
  private static final Architecture NETWORK = Problems.network("relu", 2);

  @ParameterizedTest
  @EnumSource(Approximation.class)
  void likeTheDenseFormulas(Approximation approximation) {
    Matrix rows = Problems.gaussian(60, 3, 1);
    Matrix targets = Problems.gaussian(60, 2, 2);
    Matrix z = Problems.gaussian(12, 3, 3);
    Matrix tests = Problems.gaussian(5, 3, 4);
    InducingPoints points = InducingPoints.of(NETWORK, z);
    InducingPosterior fitted =
        InducingPosterior.of(points, sums(points, rows, targets, approximation), approximation);

    Dense dense = new Dense(NETWORK, rows, targets, points.inputs(), approximation);
    assertThat(points.size()).isEqualTo(12);
    assertThat(fitted.unseen()).isZero();
    assertClose("log evidence", fitted.logEvidence(), dense.logEvidence(), 1e-11);
    assertClose("open", fitted.open(), dense.open(), 1e-9);
    assertClose(
        "bound",
        fitted.variationalBound(),
        dense.logEvidence() - (approximation == Approximation.DTC ? dense.open() : 0), // m/2 = 1
        1e-11);
    assertPredictions(fitted, points, tests, dense);
  }

  /** All three forms of A⁻¹ that the corrections use are the same one. */
  @Test
  void partsAgree() {
    Matrix rows = Problems.gaussian(80, 3, 1);
    Matrix targets = Problems.gaussian(80, 2, 2);
    InducingPoints points = InducingPoints.of(NETWORK, Problems.gaussian(15, 3, 3));
    InducingPosterior fitted =
        InducingPosterior.of(
            points, sums(points, rows, targets, Approximation.DTC), Approximation.DTC);
    NngpPosterior nngp = fitted.nngp();
    assertClose("A⁻¹", nngp.inverse().data(), fitted.inverse().data(), 1e-9);
    assertClose(
        "A⁻¹Ŷ", Products.times(fitted.inverse(), fitted.targets()).data(), nngp.phi().data(), 1e-9);
    assertClose("q", nngp.dataFit(), Products.inner(fitted.targets(), nngp.phi()), 1e-12);
  }

  /** With every row as a point nothing is left out, in no order and no quantity. */
  @ParameterizedTest
  @ValueSource(strings = {"relu", "erf"})
  void allRowsAsPoints(String activation) {
    Architecture network = Problems.network(activation, 2);
    Matrix rows = Problems.gaussian(24, 4, 5);
    Matrix targets = Problems.gaussian(24, 2, 6);
    InducingPoints points = InducingPoints.of(network, rows);
    InducingPosterior fitted =
        InducingPosterior.of(
            points, sums(points, rows, targets, Approximation.DTC), Approximation.DTC);
    SampleFlow flow = SampleFlow.of(network, points.inputs());
    ContractionProblem problem =
        new ContractionProblem(flow, fitted.nngp().phi(), fitted.inverse(), true, 1e-12);
    ExactPosterior projected =
        ExactPosterior.of(fitted.nngp(), problem, LeafWorker.computeAll(problem));
    ExactPosterior full = Fit.of(network, rows, targets, NOISE);

    assertThat(points.size()).isEqualTo(24);
    assertClose("log evidence", projected.logEvidence().nngp(), full.logEvidence().nngp(), 1e-8);
    assertClose("bound", fitted.variationalBound(), full.logEvidence().nngp(), 1e-8);
    assertClose(
        "δ log evidence",
        projected.logEvidence().byCoefficients().coefficients(),
        full.logEvidence().byCoefficients().coefficients(),
        1e-8);
    Matrix tests = Problems.gaussian(4, 4, 7);
    for (int x = 0; x < tests.rows(); x++) {
      Prediction actual = projected.predictor().predict(tests.row(x));
      Prediction expected = full.predictor().predict(tests.row(x));
      assertClose("mean", actual.nngpMean(), expected.nngpMean(), 1e-8);
      assertClose("variance", actual.nngpVariance(), expected.nngpVariance(), 1e-8);
      for (int s = 0; s < 2; s++) {
        assertClose(
            "δμ",
            actual.coefficients().meanCoefficients()[s],
            expected.coefficients().meanCoefficients()[s],
            1e-8);
        assertClose(
            "δσ²",
            actual.coefficients().varianceCoefficients()[s],
            expected.coefficients().varianceCoefficients()[s],
            1e-8);
      }
    }
  }

  /** A linear network of three features has four directions: the rest of the points goes. */
  @Test
  void pointsBeyondTheRankAreLeft() {
    Architecture network = Problems.network("linear", 1);
    Matrix rows = Problems.gaussian(50, 3, 8);
    Matrix targets = Problems.gaussian(50, 1, 9);
    Matrix z = Problems.gaussian(10, 3, 10);
    InducingPoints points = InducingPoints.of(network, z);
    InducingPosterior fitted =
        InducingPosterior.of(
            points, sums(points, rows, targets, Approximation.DTC), Approximation.DTC);
    NngpPosterior full = NngpPosterior.of(SampleFlow.of(network, rows).kernel(1), targets, NOISE);

    assertThat(points.size()).isEqualTo(4);
    assertThat(points.dropped()).hasSize(6);
    assertClose("log evidence", fitted.logEvidence(), full.logEvidence(), 1e-8);
  }

  @Test
  void duplicatesAreLeft() {
    Matrix z = Problems.gaussian(6, 3, 11);
    System.arraycopy(z.data(), 3, z.data(), 12, 3);
    InducingPoints points = InducingPoints.of(NETWORK, z);
    assertThat(points.size()).isEqualTo(5);
    assertThat(points.dropped()).hasSize(1).isSubsetOf(1, 4);
  }

  /** Rows at two places say nothing of the other points, and do no harm. */
  @Test
  void directionsThatRowsDoNotSee() {
    Matrix two = Problems.gaussian(2, 3, 12);
    Matrix rows =
        Matrix.copyOf(
            IntStream.range(0, 40).mapToObj(x -> two.row(x % 2)).toArray(double[][]::new));
    Matrix targets = Problems.gaussian(40, 1, 13);
    Matrix tests = Problems.gaussian(5, 3, 14);
    InducingPoints points = InducingPoints.of(NETWORK, Problems.gaussian(7, 3, 15));
    InducingPosterior fitted =
        InducingPosterior.of(
            points, sums(points, rows, targets, Approximation.DTC), Approximation.DTC);

    Dense dense = new Dense(NETWORK, rows, targets, points.inputs(), Approximation.DTC);
    assertThat(fitted.unseen()).isEqualTo(5);
    assertClose("log evidence", fitted.logEvidence(), dense.logEvidence(), 1e-10);
    assertPredictions(fitted, points, tests, dense);
  }

  /** Blocks add up to the whole, and adding costs no accuracy. */
  @Test
  void sumsOfBlocks() {
    Matrix rows = Problems.gaussian(300, 3, 16);
    Matrix targets = Problems.gaussian(300, 2, 17);
    InducingPoints points = InducingPoints.of(NETWORK, Problems.gaussian(9, 3, 18));
    ProjectedSums whole = sums(points, rows, targets, Approximation.FITC);
    SumTree<ProjectedSums> tree = new SumTree<>();
    for (int block = 0; block < 30; block++) {
      tree.add(
          block,
          ProjectedSums.of(
              points.projector(),
              new TrainingBlock(block, part(rows, 10 * block, 10), part(targets, 10 * block, 10)),
              NOISE,
              Approximation.FITC));
    }
    ProjectedSums sum = tree.total().sum();
    assertThat(sum.rows()).isEqualTo(300);
    assertClose("H", sum.gram().data(), whole.gram().data(), 1e-13);
    assertClose("r", sum.cross().data(), whole.cross().data(), 1e-13);
    assertClose("Σ y²/λ", sum.squares(), whole.squares(), 1e-13);
    assertClose("Σ log λ", sum.logVariances(), whole.logVariances(), 1e-13);
    assertClose("Σ k", sum.prior(), whole.prior(), 1e-13);

    ProjectedSums many = sums(points, rows, targets, Approximation.FITC);
    for (int k = 1; k < 100_000; k++) {
      many = many.add(whole);
    }
    assertThat(many.squares()).isEqualTo(100_000 * whole.squares());
  }

  private static ProjectedSums sums(
      InducingPoints points, Matrix rows, Matrix targets, Approximation approximation) {
    return ProjectedSums.of(
        points.projector(), new TrainingBlock(0, rows, targets), NOISE, approximation);
  }

  private static Matrix part(Matrix rows, int from, int count) {
    return Matrix.wrap(
        count,
        rows.cols(),
        Arrays.copyOfRange(rows.data(), from * rows.cols(), (from + count) * rows.cols()));
  }

  private static void assertPredictions(
      InducingPosterior fitted, InducingPoints points, Matrix tests, Dense dense) {
    for (int x = 0; x < tests.rows(); x++) {
      Dense.At at = dense.at(tests.row(x));
      double[] k = at.pointCovariances();
      assertClose("mean", Products.times(k, fitted.nngp().phi()), at.mean(), 1e-9);
      double explained = Products.dot(k, 0, Products.times(fitted.inverse(), k), 0, points.size());
      assertClose("variance", at.prior() - explained, at.variance(), 1e-9);
    }
  }

  /** Everything with matrices of the size of the data. */
  private static final class Dense {
    private final Architecture network;
    private final Matrix rows;
    private final Matrix targets;
    private final Matrix z;
    private final Matrix weights;
    private final Cholesky cholesky;
    private double open;

    Dense(
        Architecture network, Matrix rows, Matrix targets, Matrix z, Approximation approximation) {
      this.network = network;
      this.rows = rows;
      this.targets = targets;
      this.z = z;
      int n = rows.rows();
      Matrix all = kernel(stack(rows, z));
      Matrix fu = block(all, 0, n, n, z.rows());
      weights = Cholesky.of(block(all, n, n, z.rows(), z.rows())).solve(fu.transpose());
      Matrix covariance = Products.times(fu, weights);
      for (int x = 0; x < n; x++) {
        double conditional = all.get(x, x) - covariance.get(x, x);
        double lambda = approximation == Approximation.DTC ? NOISE : NOISE + conditional;
        covariance.add(x, x, lambda);
        open += conditional / lambda;
      }
      cholesky = Cholesky.of(covariance);
    }

    double open() {
      return open;
    }

    double logEvidence() {
      int m = targets.cols();
      return -0.5 * Products.inner(targets, cholesky.solve(targets))
          - 0.5 * m * cholesky.logDeterminant()
          - 0.5 * m * rows.rows() * Math.log(2 * Math.PI);
    }

    record At(double[] pointCovariances, double[] mean, double variance, double prior) {}

    At at(double[] x) {
      int u = z.rows();
      Matrix all = kernel(stack(z, Matrix.copyOf(new double[][] {x})));
      double[] k = Arrays.copyOf(all.row(u), u);
      Matrix q = Matrix.copyOf(new double[][] {Products.times(k, weights)});
      Matrix solved = cholesky.solve(q.transpose());
      return new At(
          k,
          Products.times(solved.column(0), targets),
          all.get(u, u) - Products.dot(q.data(), 0, solved.data(), 0, q.cols()),
          all.get(u, u));
    }

    private Matrix kernel(Matrix inputs) {
      return SampleFlow.of(network, inputs).kernel(network.hiddenLayers());
    }

    private static Matrix stack(Matrix top, Matrix bottom) {
      double[] data = Arrays.copyOf(top.data(), top.data().length + bottom.data().length);
      System.arraycopy(bottom.data(), 0, data, top.data().length, bottom.data().length);
      return Matrix.wrap(top.rows() + bottom.rows(), top.cols(), data);
    }

    private static Matrix block(Matrix all, int row, int column, int rows, int columns) {
      Matrix block = Matrix.zeros(rows, columns);
      for (int a = 0; a < rows; a++) {
        for (int b = 0; b < columns; b++) {
          block.set(a, b, all.get(row + a, column + b));
        }
      }
      return block;
    }
  }
}
