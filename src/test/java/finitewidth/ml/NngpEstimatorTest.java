package finitewidth.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Infinite width alone as the method of an estimator. */
class NngpEstimatorTest {
  private static SparkSession spark;
  private static Dataset<Row> rows;
  private static Dataset<Row> tests;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    spark = Frames.spark();
    rows = Frames.of(spark, 24, 1).cache();
    tests = Frames.of(spark, 7, 2).cache();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static FiniteWidthRegressor regressor() {
    return Frames.regressor().setVarianceCol("variance").setDeltaMeanCol("delta");
  }

  /** As order 0 of first order, to the bit; saved and loaded too. */
  @ParameterizedTest
  @ValueSource(ints = {0, 10})
  void orderZeroOfFirstOrder(int points) throws IOException {
    List<Row> expected =
        regressor()
            .setInducingPoints(points)
            .fit(rows)
            .setOrder(0)
            .transform(tests)
            .collectAsList();
    FiniteWidthRegressionModel model =
        regressor().setInducingPoints(points).setMethod("nngp").setWidths(50, 60).fit(rows);
    assertThat(model.transform(tests).collectAsList()).isEqualTo(expected);
    assertThat(expected.get(0).isNullAt(expected.get(0).fieldIndex("delta"))).isTrue();
    assertThat(model.setHiddenWidths(5, 5).transform(tests).collectAsList()).isEqualTo(expected);
    FiniteWidthSummary summary = model.summary();
    assertThat(summary.engine().name()).isEqualTo("nngp");
    assertThat(summary.engine().moments()).isZero();
    assertThat(summary.byWidth()).isEmpty();
    assertThat(summary.deltaLogEvidence()).isNaN();
    assertThat(summary.warnings()).isEmpty();
    assertThat(model.deltaLogEvidence()).isNaN();
    String path = directory.resolve("model").toString();
    model.write().save(path);
    FiniteWidthRegressionModel loaded = FiniteWidthRegressionModel.load(path);
    assertThat(loaded.transform(tests).collectAsList()).isEqualTo(expected);
    assertThat(loaded.logEvidence()).isEqualTo(model.logEvidence());
    assertThat(loaded.getMethod()).isEqualTo("nngp");
  }

  @Test
  void classesAndQuantiles() {
    Row first =
        Frames.classifier()
            .setMethod("nngp")
            .setProbabilityCol("probability")
            .fit(rows)
            .transform(tests)
            .first();
    Row zero =
        Frames.classifier()
            .setProbabilityCol("probability")
            .fit(rows)
            .setOrder(0)
            .transform(tests)
            .first();
    assertThat(first).isEqualTo(zero);
    Row row =
        regressor()
            .setMethod("nngp")
            .setQuantilesCol("quantiles")
            .setQuantileProbabilities(new double[] {0.5})
            .fit(rows)
            .transform(tests)
            .first();
    assertThat(row.<Vector>getAs("quantiles").apply(0))
        .isCloseTo(row.getAs("prediction"), org.assertj.core.data.Percentage.withPercentage(1e-9));
  }
}
