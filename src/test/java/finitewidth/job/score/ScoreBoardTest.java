package finitewidth.job.score;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.data.Classes;
import finitewidth.data.scale.TargetScaler;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Widths;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScoreBoardTest {
  private static final Offset<Double> ULPS = Offset.offset(1e-14);
  private static final Widths INFINITE = Widths.of(Double.POSITIVE_INFINITY);
  private static final Widths TEN = Widths.of(10);

  private static PredictedRow row(
      long number, double[] targets, String label, Prediction prediction) {
    return new PredictedRow(number, number, targets, label, new Object[0], prediction);
  }

  /** Mean 5 + 2(μ + δμ), variance 4(c + δc + s²). */
  @Test
  void regressionInTheTargetsUnits() {
    TargetScaler scaler = TargetScaler.restore(Matrix.copyOf(new double[][] {{5}, {2}}));
    ScoreBoard board = new ScoreBoard(List.of(INFINITE, TEN), scaler, Optional.empty(), 0.25, true);
    Prediction prediction =
        Prediction.exact(new double[] {1}, 0.75, new double[][] {{3}}, new double[][] {{-2.5}});
    board.add(row(1, new double[] {9}, "", prediction));
    board.add(row(0, new double[] {7}, "", prediction));
    Score nngp = board.scores().get(0);
    assertThat(nngp.rmse().getAsDouble()).isCloseTo(Math.sqrt((4 + 0) / 2.0), ULPS);
    assertThat(nngp.nlpd().getAsDouble())
        .isCloseTo(0.5 * Math.log(2 * Math.PI * 4) + 0.5 * (4 / 4.0) / 2, ULPS);
    assertThat(nngp.accuracy()).isEmpty();
    Score ten = board.scores().get(1);
    double mean = 5 + 2 * (1 + 0.3);
    double variance = 4 * (0.75 - 0.25 + 0.25);
    double squares = (9 - mean) * (9 - mean) + (7 - mean) * (7 - mean);
    assertThat(ten.rmse().getAsDouble()).isCloseTo(Math.sqrt(squares / 2), ULPS);
    assertThat(ten.nlpd().getAsDouble())
        .isCloseTo(0.5 * Math.log(2 * Math.PI * variance) + squares / variance / 4, ULPS);
    assertThat(ten.outside()).isZero();
  }

  @Test
  void classification() {
    Classes classes = Classes.restore(List.of("3", "8"));
    TargetScaler scaler = TargetScaler.restore(Matrix.copyOf(new double[][] {{0, 0}, {1, 1}}));
    ScoreBoard board =
        new ScoreBoard(List.of(INFINITE, TEN), scaler, Optional.of(classes), 0.1, true);
    // Infinite width says 3, width ten says 8.
    Prediction prediction =
        Prediction.exact(
            new double[] {0.2, 0.1}, 1, new double[][] {{0, 2}}, new double[][] {{0, 0}});
    board.add(row(0, new double[0], "3", prediction));
    board.add(row(1, new double[0], "8", prediction));
    board.add(row(2, new double[0], "8", prediction));
    board.add(row(3, new double[0], "5", prediction));
    assertThat(board.scores().get(0).accuracy().getAsDouble()).isEqualTo(0.25);
    assertThat(board.scores().get(1).accuracy().getAsDouble()).isEqualTo(0.5);
  }

  @Test
  void orderOfArrivalDoesNotChangeABit() {
    TargetScaler scaler = TargetScaler.restore(Matrix.copyOf(new double[][] {{0}, {1}}));
    ScoreBoard forward = new ScoreBoard(List.of(TEN), scaler, Optional.empty(), 0.1, true);
    ScoreBoard backward = new ScoreBoard(List.of(TEN), scaler, Optional.empty(), 0.1, true);
    for (int i = 0; i < 100; i++) {
      int j = 99 - i;
      forward.add(row(i, new double[] {Math.sin(i)}, "", prediction(i)));
      backward.add(row(j, new double[] {Math.sin(j)}, "", prediction(j)));
    }
    assertThat(forward.scores()).isEqualTo(backward.scores());
  }

  private static Prediction prediction(int i) {
    return Prediction.exact(
        new double[] {Math.cos(i)},
        1 + Math.sin(3 * i) / 2,
        new double[][] {{Math.sin(5 * i)}},
        new double[][] {{Math.cos(7 * i)}});
  }

  @Test
  void withoutCorrectedVariancesOnlyTheNngpHasADensity() {
    TargetScaler scaler = TargetScaler.restore(Matrix.copyOf(new double[][] {{0}, {1}}));
    ScoreBoard board = new ScoreBoard(List.of(INFINITE, TEN), scaler, Optional.empty(), 0.1, true);
    Prediction meanOnly =
        Prediction.exact(new double[] {0}, 1, new double[][] {{1}}, new double[][] {{}});
    board.add(row(0, new double[] {1}, "", meanOnly));
    assertThat(board.scores().get(0).nlpd()).isPresent();
    assertThat(board.scores().get(1).nlpd()).isEmpty();
    assertThat(board.scores().get(1).rmse()).isPresent();
  }

  @Test
  void rowsWithoutTargetsAreFlaggedOnly() {
    TargetScaler scaler = TargetScaler.restore(Matrix.copyOf(new double[][] {{0}, {1}}));
    ScoreBoard board = new ScoreBoard(List.of(TEN), scaler, Optional.empty(), 0.1, false);
    board.add(
        row(
            0,
            new double[0],
            "",
            Prediction.exact(new double[] {0}, 1, new double[][] {{0}}, new double[][] {{6}})));
    Score score = board.scores().get(0);
    assertThat(score.rmse()).isEmpty();
    assertThat(score.nlpd()).isEmpty();
    assertThat(score.outside()).isEqualTo(1);
  }
}
