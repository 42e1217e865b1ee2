package finitewidth.inference.linear;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.Ask;
import finitewidth.inference.Conditioning;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.scale.ScaleLikelihood;
import finitewidth.inference.scale.ScalePosterior;
import finitewidth.inference.scale.Scaling;
import finitewidth.inference.scale.Whitened;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Golden;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import finitewidth.posterior.PredictiveDensity;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Deep linear networks against reference numbers, which are good to 1e-10 and better. */
class GoldenLinearTest {
  private static final double TOLERANCE = 1e-10;

  private static JsonNode all() {
    try (InputStream in = GoldenLinearTest.class.getResourceAsStream("/golden/linear.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream<JsonNode> of(String name) {
    return Golden.list("/golden/linear.json", name).stream();
  }

  static Stream<JsonNode> noiseless() {
    return of("noiseless");
  }

  static Stream<JsonNode> density() {
    return of("density");
  }

  static Stream<JsonNode> oneOutput() {
    return of("posterior");
  }

  static Stream<JsonNode> twoOutputs() {
    return of("posterior2");
  }

  private static ScalePosterior scale(JsonNode golden, int targets, double fit) {
    double[] ones = new double[targets];
    Arrays.fill(ones, 1);
    double[] y = new double[targets];
    y[0] = Math.sqrt(fit);
    Whitened at =
        new Whitened(
            Matrix.zeros(targets, targets), ones, new double[][] {y}, new double[targets], 0);
    return ScalePosterior.of(
        Golden.vector(golden.get("widths")), new ScaleLikelihood(at::logLikelihood), targets);
  }

  /** Without noise and at any depth: log evidence, E[Q] and E[Q²]. */
  @ParameterizedTest
  @MethodSource
  void noiseless(JsonNode golden) {
    ScalePosterior found = scale(golden, golden.get("P").asInt(), golden.get("q").asDouble());
    double first = 0;
    double second = 0;
    for (int k = 0; k < found.scales().length; k++) {
      first += found.weights()[k] * found.scales()[k];
      second += found.weights()[k] * found.scales()[k] * found.scales()[k];
    }
    assertClose("log evidence", found.logEvidence(), golden.get("log_ratio").asDouble(), TOLERANCE);
    assertClose("E[Q]", first, golden.get("EQ").asDouble(), TOLERANCE);
    assertClose("E[Q²]", second, golden.get("EQ2").asDouble(), TOLERANCE);
  }

  /** The prior density of an output of unit variance is the evidence of one target. */
  @ParameterizedTest
  @MethodSource
  void density(JsonNode golden) {
    for (int i = 0; i < golden.get("h").size(); i++) {
      double h = golden.get("h").get(i).asDouble();
      double density =
          Math.exp(-0.5 * h * h + scale(golden, 1, h * h).logEvidence()) / Math.sqrt(2 * Math.PI);
      assertClose("p(" + h + ")", density, golden.get("density").get(i).asDouble(), TOLERANCE);
    }
  }

  private static Posterior posterior(JsonNode golden, Matrix targets) {
    Widths widths = Golden.widths(golden);
    Matrix inputs = Golden.matrix(all().get("X"));
    Conditioning on =
        Conditioning.of(
            new Conditioning.Settings(
                Architecture.uniform(
                    Activations.byName("linear").orElseThrow(), widths.hiddenLayers(), 0, 1),
                true,
                1e-9,
                golden.get("noise_variance").asDouble()),
            Matrix.copyOf(Arrays.copyOf(rows(inputs), 3)),
            targets,
            LongStream.range(0, 3).boxed().toList());
    return new Linear(Scaling.of(List.of(widths)))
        .condition(on, Ask.rows(List.of()), LocalRuntime.allCores())
        .posterior();
  }

  private static double[][] rows(Matrix inputs) {
    double[][] rows = new double[inputs.rows()][];
    for (int a = 0; a < rows.length; a++) {
      rows[a] = inputs.row(a);
    }
    return rows;
  }

  private static double[][] tests() {
    return Arrays.copyOfRange(rows(Golden.matrix(all().get("X"))), 3, 5);
  }

  @ParameterizedTest
  @MethodSource
  void oneOutput(JsonNode golden) {
    double[] y = Golden.vector(all().get("Y_train"));
    Posterior posterior = posterior(golden, Matrix.copyOf(new double[][] {y}).transpose());
    Widths widths = Golden.widths(golden);
    assertClose(
        "log evidence",
        posterior.logEvidence().at(widths),
        golden.get("log_evidence").asDouble(),
        TOLERANCE);
    List<Prediction> rows = posterior.predictor(Order.CORRECTED).predict(tests());
    for (int x = 0; x < 2; x++) {
      Predictive found = rows.get(x).at(widths);
      assertClose("mean", found.mean()[0], golden.get("mean").get(x).asDouble(), TOLERANCE);
      assertClose("variance", found.variance()[0], golden.get("var").get(x).asDouble(), TOLERANCE);
      assertThat(found.trusted()).isTrue();
    }
    PredictiveDensity density = PredictiveDensity.latent(rows.get(0), widths);
    golden
        .get("quantile_test0")
        .properties()
        .forEach(
            level ->
                assertClose(
                    "quantile " + level.getKey(),
                    density.quantile(0, Double.parseDouble(level.getKey())),
                    level.getValue().asDouble(),
                    TOLERANCE));
  }

  @ParameterizedTest
  @MethodSource
  void twoOutputs(JsonNode golden) {
    Matrix targets = Golden.matrix(all().get("Y2_train"));
    MatrixPosterior posterior = (MatrixPosterior) posterior(golden, targets);
    Widths widths = Golden.widths(golden);
    assertClose(
        "log evidence",
        posterior.logEvidence().at(widths),
        golden.get("log_evidence").asDouble(),
        TOLERANCE);
    Predictive found = posterior.predictor(Order.CORRECTED).predict(tests()).get(0).at(widths);
    double[][] covariance = new MatrixPredictor(posterior).covariance(tests()[0], 0);
    MatrixNodes nodes = posterior.networks().get(0);
    for (int p = 0; p < 2; p++) {
      assertClose("mean", found.mean()[p], golden.get("mean").get(p).asDouble(), TOLERANCE);
      assertThat(found.meanError()[p]).isZero();
      double scale = golden.get("cov").get(p).get(p).asDouble();
      assertClose("variance", found.variance()[p], scale, TOLERANCE);
      for (int q = 0; q < 2; q++) {
        String name = String.format(Locale.ROOT, "(%d, %d)", p, q);
        assertClose(
            "covariance " + name,
            covariance[p][q] / scale,
            golden.get("cov").get(p).get(q).asDouble() / scale,
            TOLERANCE);
        double sum = 0;
        for (int k = 0; k < nodes.size(); k++) {
          for (int i = 0; i < 2; i++) {
            sum +=
                nodes.weights()[k]
                    * nodes.scales()[k][i]
                    * nodes.vectors()[k][2 * p + i]
                    * nodes.vectors()[k][2 * q + i];
          }
        }
        assertClose("E[Ω] " + name, sum, golden.get("E_Omega").get(p).get(q).asDouble(), 1e-9);
      }
    }
  }
}
