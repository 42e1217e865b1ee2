package finitewidth.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import finitewidth.oracle.UserErf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Estimators with activations that have no four-point moments. */
class QuadratureEstimatorTest {
  private static final String OWN = UserErf.class.getName();

  @TempDir private static Path directory;
  private static SparkSession spark;
  private static Dataset<Row> train;
  private static Dataset<Row> test;

  @BeforeAll
  static void rows() {
    spark = Frames.spark();
    train = Frames.of(spark, 20, 1).cache();
    test = Frames.of(spark, 9, 2).cache();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static FiniteWidthRegressor regressor(String activation, String engine) {
    return Frames.regressor().setActivation(activation).setEngine(engine).setTolerance(0.1);
  }

  private static List<Row> predictions(FiniteWidthRegressionModel by) {
    return by.setVarianceCol("variance").transform(test).sort("id").collectAsList();
  }

  /** erf by its values alone: the same draws, the same predictions, also once saved. */
  @Test
  void anErfOfOnesOwn() throws IOException {
    FiniteWidthRegressionModel own = regressor(OWN, "auto").fit(train);
    FiniteWidthRegressionModel erf = regressor("erf", "sampled").fit(train);
    assertThat(own.summary().engine().name()).isEqualTo("sampled");
    assertThat(own.summary().engine().drawsByLayer())
        .isEqualTo(erf.summary().engine().drawsByLayer());
    assertThat(own.summary().warnings()).noneMatch(warning -> warning.contains("expectations"));
    List<Row> found = predictions(own);
    List<Row> expected = predictions(erf);
    for (int i = 0; i < found.size(); i++) {
      for (String column : List.of("prediction", "variance")) {
        double value = expected.get(i).<Double>getAs(column);
        assertThat(found.get(i).<Double>getAs(column))
            .isCloseTo(value, within(1e-7 * Math.abs(value)));
      }
    }
    String path = directory.resolve("own").toString();
    own.save(path);
    FiniteWidthRegressionModel loaded = FiniteWidthRegressionModel.load(path);
    assertThat(loaded.getActivation()).isEqualTo(OWN);
    assertThat(predictions(loaded)).isEqualTo(found);
  }

  @Test
  void aClassifierWithTanh() {
    FiniteWidthClassificationModel model =
        Frames.classifier().setActivation("tanh").setEngine("sampled").fit(train);
    assertThat(model.summary().engine().drawsByLayer()).hasSize(1);
    long right = model.transform(test).where("prediction = kind").count();
    assertThat(right).isGreaterThan(3);
  }

  @Test
  void exactIsRefused() {
    for (String activation : List.of("tanh", OWN)) {
      assertThatThrownBy(() -> regressor(activation, "exact").transformSchema(train.schema()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "engine = exact needs four-point moments, which activation = " + activation)
          .hasMessageContaining("accepted is engine = sampled or auto")
          .hasMessageEndingWith("erf, sin, cos");
      assertThatThrownBy(() -> regressor(activation, "exact").fit(train))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aClassThatIsNoneIsNamed() {
    assertThatThrownBy(() -> regressor("com.example.Nobody", "auto").fit(train))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("activation = com.example.Nobody: there is no class");
    assertThatThrownBy(() -> regressor("java.lang.String", "auto").fit(train))
        .hasMessageContaining("does not implement");
  }

  /** Fields so wide that tanh is a step: quadrature says what it has left. */
  @Test
  void theSummaryTellsWhatQuadratureHasLeft() {
    FiniteWidthRegressor steep =
        regressor("tanh", "sampled").setHiddenWidths(100_000).setWeightVariance(100, 1);
    assertThat(steep.fit(train).summary().warnings())
        .anyMatch(warning -> warning.startsWith("expectations of tanh are good to"));
  }
}
