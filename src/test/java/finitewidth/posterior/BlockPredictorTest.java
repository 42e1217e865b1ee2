package finitewidth.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.inference.Order;
import finitewidth.inference.exact.ExactPosterior;
import finitewidth.inference.exact.Fit;
import finitewidth.inference.montecarlo.DrawnAssembly;
import finitewidth.inference.montecarlo.DrawnPosterior;
import finitewidth.inference.montecarlo.SamplingFit;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.prior.SampleFlow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A row has the same bits in any block, anywhere in it, whatever its neighbours are. */
@Tag("bits")
class BlockPredictorTest {
  private static final int ROWS = 300;

  @ParameterizedTest
  @ValueSource(ints = {7, 60, 129, 400, 600})
  void orderZeroDoesNotDependOnBlocks(int training) {
    OrderZero parts = OrderZero.of(training);
    int most = parts.predictor().blockRows();
    List<Prediction> whole = inBlocksOf(most, parts.predictor(), parts.tests());
    for (int size : new int[] {1, 3, 64, most - 1}) {
      List<Prediction> cut = inBlocksOf(size, parts.predictor(), parts.tests());
      for (int x = 0; x < ROWS; x++) {
        assertThat(cut.get(x).nngpMean()).isEqualTo(whole.get(x).nngpMean());
        assertThat(cut.get(x).nngpVariance()).isEqualTo(whole.get(x).nngpVariance());
      }
    }
  }

  /** Against the predictor that takes a row at a time. */
  @Test
  void orderZeroIsThatOfTheRowByRowPosterior() {
    Matrix inputs = Problems.gaussian(30, 4, 1);
    ExactPosterior fit =
        Fit.of(Problems.network("relu", 2), inputs, Problems.gaussian(30, 2, 2), 0.1);
    Matrix tests = Problems.gaussian(10, 4, 3);
    List<Prediction> block = inBlocksOf(tests.rows(), fit.predictor(Order.NNGP), tests);
    ExactPosterior.Predictor rows = fit.predictor();
    for (int x = 0; x < tests.rows(); x++) {
      Prediction row = rows.predict(tests.row(x));
      assertThat(block.get(x).nngpMean()).isEqualTo(row.nngpMean());
      assertThat(block.get(x).nngpVariance()).isCloseTo(row.nngpVariance(), within(1e-13));
      assertThat(block.get(x).hasCorrection()).isFalse();
      assertThat(row.hasCorrection()).isTrue();
    }
  }

  @Test
  void drawsDoNotDependOnBlocks() {
    DrawnAssembly sampled =
        SamplingFit.posterior(
            Problems.network("relu", 2),
            Problems.gaussian(40, 5, 1),
            Problems.gaussian(40, 2, 2),
            0.1,
            3,
            300);
    LogEvidence none = LogEvidence.exact(0, new double[2]);
    BlockPredictor predictor =
        new DrawnPosterior(sampled, new int[] {6, 5}, none).predictor(Order.CORRECTED);
    Matrix tests = Problems.gaussian(140, 5, 3);
    List<Prediction> whole = inBlocksOf(140, predictor, tests);
    for (int size : new int[] {9, 128}) {
      List<Prediction> cut = inBlocksOf(size, predictor, tests);
      for (int x = 0; x < tests.rows(); x++) {
        assertThat(cut.get(x)).usingRecursiveComparison().isEqualTo(whole.get(x));
      }
    }
  }

  private static List<Prediction> inBlocksOf(int size, BlockPredictor predictor, Matrix tests) {
    List<Prediction> all = new ArrayList<>();
    for (int from = 0; from < tests.rows(); from += size) {
      int first = from;
      double[][] block = new double[Math.min(size, tests.rows() - from)][];
      Arrays.setAll(block, k -> tests.row(first + k));
      all.addAll(predictor.predict(block));
    }
    return all;
  }

  /** Only what order 0 needs: an exact contraction of so many rows would take long. */
  private record OrderZero(BlockPredictor predictor, Matrix tests) {
    static OrderZero of(int training) {
      SampleFlow flow =
          SampleFlow.of(Problems.network("erf", 2), Problems.gaussian(training, 5, 1));
      NngpPosterior nngp = NngpPosterior.of(flow.kernel(2), Problems.gaussian(training, 3, 2), 0.1);
      return new OrderZero(new NngpPredictor(nngp, flow), Problems.gaussian(ROWS, 5, 3));
    }
  }
}
