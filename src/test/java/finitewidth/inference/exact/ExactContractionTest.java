package finitewidth.inference.exact;

import static finitewidth.oracle.Closeness.assertClose;

import finitewidth.gaussian.FourPoint;
import finitewidth.gaussian.FourPointActivation;
import finitewidth.inference.ContractionProblem;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.PairIndex;
import finitewidth.oracle.Problems;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import finitewidth.prior.DenseVertex;
import finitewidth.prior.SampleFlow;
import finitewidth.prior.SampleSelfEnergy;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tiles, apexes and rows against contractions of the dense vertex tensor. */
class ExactContractionTest {
  /** Moments are computed to 1e-12 of their scale; contracting them with A⁻¹ cancels two digits. */
  private static final double TOLERANCE = 1e-9;

  @ParameterizedTest
  @CsvSource({
    "linear, 2, 6",
    "quadratic, 2, 6",
    "relu, 1, 7",
    "relu, 2, 19",
    "relu, 3, 9",
    "erf, 3, 7",
    "sin, 2, 9",
    "cos, 3, 6"
  })
  void tilesAndRowsEqualTheDenseTensor(String activation, int hiddenLayers, int samples) {
    Architecture network = Problems.network(activation, hiddenLayers);
    Matrix all = Problems.gaussian(samples + 1, 3, 11);
    // A pair of rows that coincide, under different numbers.
    System.arraycopy(all.data(), 0, all.data(), 3 * 3, 3);
    Matrix inputs = Matrix.wrap(samples, 3, Arrays.copyOf(all.data(), samples * 3));
    double[] x = all.row(samples);

    SampleFlow flow = SampleFlow.of(network, inputs);
    NngpPosterior nngp =
        NngpPosterior.of(flow.kernel(hiddenLayers), Problems.gaussian(samples, 2, 5), 0.1);
    ContractionProblem problem =
        new ContractionProblem(flow, nngp.phi(), nngp.inverse(), true, 1e-12);
    TrainingContraction training = LeafWorker.computeAll(problem);
    RowContraction.Row row =
        new RowContraction(
                new ExactProblem(problem),
                training.sources().stream().map(TrainingContraction.Source::forRows).toList())
            .contract(x);

    SampleFlow extended = SampleFlow.of(network, all);
    FourPoint[] fourPoints = new FourPoint[hiddenLayers];
    for (int s = 0; s < hiddenLayers; s++) {
      fourPoints[s] =
          ((FourPointActivation) network.activation()).fourPoint(extended.kernel(s), 1e-12);
    }
    Matrix b = NngpPosterior.dataMinusTrace(nngp.phi(), nngp.inverse());
    SampleSelfEnergy self = new SampleSelfEnergy(extended, fourPoints);
    for (int s = 0; s < hiddenLayers; s++) {
      String where = activation + " source " + s;
      Matrix vertex = DenseVertex.coefficient(extended, s, fourPoints[s]);
      Matrix plain = plain(vertex, b);
      assertTraining(where + " G1", training.plain(s), plain);
      assertRow(where + " G1 of x", row.plain()[s], plain);
      for (int w = 0; w < problem.crossWeights(); w++) {
        Matrix cross = cross(vertex, problem.crossWeight(w));
        assertTraining(where + " G2 " + w, training.cross(s, w), cross);
        assertRow(where + " G2 of x " + w, row.cross()[s][w], cross);
      }
      Matrix selfEnergy = Matrix.zeros(samples + 1, samples + 1);
      for (int a = 0; a <= samples; a++) {
        for (int c = 0; c <= a; c++) {
          selfEnergy.set(a, c, self.row(a)[s][c]);
          selfEnergy.set(c, a, selfEnergy.get(a, c));
        }
      }
      assertTraining(where + " S", training.selfEnergy(s), selfEnergy);
      assertRow(where + " S of x", row.selfEnergy()[s], selfEnergy);
    }
  }

  /** Σ_cd V_(ab)(cd) B_cd, c and d over the training samples only. */
  private static Matrix plain(Matrix vertex, Matrix b) {
    int n = b.rows() + 1;
    Matrix result = Matrix.zeros(n, n);
    for (int i = 0; i < n * n; i++) {
      for (int c = 0; c < n - 1; c++) {
        for (int d = 0; d < n - 1; d++) {
          result.data()[i] +=
              vertex.get(PairIndex.of(i / n, i % n), PairIndex.of(c, d)) * b.get(c, d);
        }
      }
    }
    return result;
  }

  /** Σ_cd V_(ac)(bd) X_cd. */
  private static Matrix cross(Matrix vertex, Matrix x) {
    int n = x.rows() + 1;
    Matrix result = Matrix.zeros(n, n);
    for (int i = 0; i < n * n; i++) {
      for (int c = 0; c < n - 1; c++) {
        for (int d = 0; d < n - 1; d++) {
          result.data()[i] +=
              vertex.get(PairIndex.of(i / n, c), PairIndex.of(i % n, d)) * x.get(c, d);
        }
      }
    }
    return result;
  }

  private static void assertTraining(String what, Matrix actual, Matrix extended) {
    int n = actual.rows();
    Matrix expected = Matrix.zeros(n, n);
    for (int a = 0; a < n; a++) {
      System.arraycopy(extended.data(), a * (n + 1), expected.data(), a * n, n);
    }
    assertClose(what, actual.data(), expected.data(), TOLERANCE);
  }

  private static void assertRow(String what, double[] actual, Matrix extended) {
    assertClose(what, actual, extended.row(extended.rows() - 1), TOLERANCE);
  }
}
