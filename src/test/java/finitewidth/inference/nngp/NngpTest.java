package finitewidth.inference.nngp;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.FiniteNetwork;
import finitewidth.FittedNetwork;
import finitewidth.inference.Ask;
import finitewidth.inference.Conditioning;
import finitewidth.inference.Order;
import finitewidth.inference.auto.Engines;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Golden;
import finitewidth.oracle.Problems;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import finitewidth.posterior.PredictiveDensity;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Infinite width alone, beside reference numbers and a closed form. */
class NngpTest {
  private static final double TOLERANCE = 1e-9;

  static List<JsonNode> cases() {
    return Golden.cases("posterior.json");
  }

  private static double[][] rows(JsonNode table) {
    Matrix matrix = Golden.matrix(table);
    double[][] rows = new double[matrix.rows()][];
    Arrays.setAll(rows, matrix::row);
    return rows;
  }

  /** What asks for the inverse all the same is told, and nothing of a prediction does. */
  @Test
  void nothingIsInverted() {
    Matrix inputs = Problems.gaussian(6, 2, 1);
    Matrix targets = Problems.gaussian(6, 1, 2);
    List<List<Prediction>> both = new ArrayList<>();
    for (boolean contracts : new boolean[] {new Nngp().contracts(), true}) {
      Conditioning on =
          Conditioning.of(
              new Conditioning.Settings(
                  Problems.network("erf", 2), true, TOLERANCE, 0.1, contracts),
              inputs,
              targets,
              LongStream.range(0, 6).boxed().toList());
      assertThat(on.problem().contracts()).isEqualTo(contracts);
      if (!contracts) {
        assertThatThrownBy(() -> on.problem().inverse()).isInstanceOf(IllegalStateException.class);
      }
      both.add(
          new Nngp()
              .condition(on, Ask.rows(List.of()), LocalRuntime.threads(1))
              .posterior()
              .predictor(Order.CORRECTED)
              .predict(new double[][] {{0.3, -0.4}}));
    }
    assertThat(Engines.contracts(Nngp.NAME)).isFalse();
    assertThat(both.get(0).get(0).nngpMean()).isEqualTo(both.get(1).get(0).nngpMean());
    assertThat(both.get(0).get(0).nngpVariance()).isEqualTo(both.get(1).get(0).nngpVariance());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void referenceNumbers(JsonNode golden) {
    Widths widths = Golden.widths(golden);
    FittedNetwork network =
        FiniteNetwork.of("relu", widths.hiddenLayers())
            .prior(Golden.architecture(golden))
            .noiseVariance(golden.get("noise_variance").asDouble())
            .engine("nngp")
            .condition(rows(golden.get("X_train")), rows(golden.get("Y_train")));
    String name = Golden.name(golden);
    List<Prediction> predictions = network.predict(rows(golden.get("X_test")));
    for (int x = 0; x < predictions.size(); x++) {
      Predictive found = predictions.get(x).at(widths);
      double[] mean = new double[found.mean().length];
      double[] variance = new double[mean.length];
      for (int i = 0; i < mean.length; i++) {
        mean[i] = golden.get("nngp_mean").get(x).get(i).asDouble();
        variance[i] = golden.get("nngp_cov").get(x).get(x).asDouble();
      }
      assertClose(name + " mean", found.mean(), mean, TOLERANCE);
      assertClose(name + " variance", found.variance(), variance, TOLERANCE);
    }
    assertClose(
        name + " evidence",
        network.logEvidence().nngp(),
        golden.get("nngp_log_evidence").asDouble(),
        TOLERANCE);
  }

  /**
   * A linear network of infinite width is Bayesian linear regression: f = b + v·x with variances
   * C_b (1 + C_W) and C_W²/n_0, whose posterior over b and v has a closed form.
   */
  @Test
  void linearRegression() {
    Matrix x = Problems.gaussian(12, 3, 5);
    Matrix y = Problems.gaussian(12, 1, 6);
    Matrix test = Problems.gaussian(4, 3, 7);
    double bias = 0.3;
    double weight = 1.4;
    double noise = 0.2;
    FittedNetwork network =
        FiniteNetwork.of("linear", 1)
            .variances(bias, weight)
            .noiseVariance(noise)
            .engine("nngp")
            .condition(rows(x), rows(y));
    RealMatrix features = features(x);
    double[] prior = {bias * (1 + weight), 0, 0, 0};
    Arrays.fill(prior, 1, 4, weight * weight / 3);
    RealMatrix precision =
        features
            .transposeMultiply(features)
            .scalarMultiply(1 / noise)
            .add(
                MatrixUtils.createRealDiagonalMatrix(
                    Arrays.stream(prior).map(v -> 1 / v).toArray()));
    LUDecomposition factored = new LUDecomposition(precision);
    RealVector targets = MatrixUtils.createRealVector(y.data());
    RealVector projected = features.preMultiply(targets).mapDivide(noise);
    RealVector weights = factored.getSolver().solve(projected);
    RealMatrix tests = features(test);
    List<Prediction> predictions = network.predict(rows(test));
    for (int t = 0; t < 4; t++) {
      RealVector own = tests.getRowVector(t);
      Predictive found = predictions.get(t).at(Widths.of(7));
      assertClose("mean", found.mean()[0], own.dotProduct(weights), 1e-10);
      assertClose(
          "variance", found.variance()[0], own.dotProduct(factored.getSolver().solve(own)), 1e-10);
    }
    double determinant =
        12 * Math.log(noise)
            + Arrays.stream(prior).map(Math::log).sum()
            + Math.log(factored.getDeterminant());
    double fit = targets.dotProduct(targets) / noise - projected.dotProduct(weights);
    assertClose(
        "log evidence",
        network.logEvidence().nngp(),
        -0.5 * (fit + determinant + 12 * Math.log(2 * Math.PI)),
        1e-10);
  }

  private static double[][] rows(Matrix matrix) {
    double[][] rows = new double[matrix.rows()][];
    Arrays.setAll(rows, matrix::row);
    return rows;
  }

  /** A one, then the inputs. */
  private static RealMatrix features(Matrix x) {
    double[][] features = new double[x.rows()][1 + x.cols()];
    for (int a = 0; a < features.length; a++) {
      features[a][0] = 1;
      System.arraycopy(x.row(a), 0, features[a], 1, x.cols());
    }
    return MatrixUtils.createRealMatrix(features);
  }

  /** To whichever order it is asked for, and for an activation without four-point moments too. */
  @Test
  void nothingIsCorrected() {
    double[][] x = rows(Problems.gaussian(9, 2, 1));
    double[][] y = rows(Problems.gaussian(9, 2, 2));
    double[][] test = rows(Problems.gaussian(3, 2, 3));
    FiniteNetwork tanh = FiniteNetwork.of("tanh", 2);
    FittedNetwork network = tanh.engine("nngp").condition(x, y);
    List<Prediction> first = tanh.engine("sampled").condition(x, y).predict(test, Order.NNGP);
    for (Order order : Order.values()) {
      List<Prediction> found = network.predict(test, order);
      for (int t = 0; t < 3; t++) {
        assertThat(found.get(t).hasCorrection()).isFalse();
        assertThat(found.get(t).hasVarianceCorrection()).isFalse();
        assertThat(found.get(t).nngpMean()).isEqualTo(first.get(t).nngpMean());
        assertThat(found.get(t).nngpVariance()).isEqualTo(first.get(t).nngpVariance());
      }
    }
    assertThat(network.logEvidence().isOrderZero()).isTrue();
    assertThat(network.posterior().quantiles()).contains(Order.NNGP);
    PredictiveDensity density =
        PredictiveDensity.latent(network.predict(test).get(0), Widths.of(3, 3));
    // 97.5 % of a Gaussian lie below 1.959963984540054 deviations.
    Predictive there = network.predict(test).get(0).at(Widths.of(3, 3));
    assertClose(
        "quantile",
        density.quantile(1, 0.975),
        there.mean()[1] + 1.959963984540054 * Math.sqrt(there.variance()[1]),
        1e-12);
    assertThat(density.hasCumulants()).isFalse();
  }
}
