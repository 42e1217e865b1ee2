package finitewidth.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The classifier and its model on DataFrames. */
class ClassifierTest {
  private static SparkSession spark;
  private static Dataset<Row> train;
  private static Dataset<Row> test;
  private static FiniteWidthClassificationModel model;

  @BeforeAll
  static void fit() {
    spark = Frames.spark();
    train = Frames.of(spark, 30, 1).cache();
    test = Frames.of(spark, 20, 2).cache();
    model =
        Frames.classifier()
            .setProbabilityCol("probability")
            .setNngpPredictionCol("nngp")
            .setVarianceCol("variance")
            .fit(train);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void columnsAreConsistent() {
    List<Row> rows = model.transform(test).collectAsList();
    for (Row row : rows) {
      Vector raw = row.getAs("rawPrediction");
      Vector probability = row.getAs("probability");
      Vector variance = row.getAs("variance");
      assertThat(raw.size()).isEqualTo(3);
      assertThat(row.<Double>getAs("prediction")).isEqualTo(raw.argmax());
      double sum = 0;
      for (int i = 0; i < 3; i++) {
        assertThat(probability.apply(i)).isBetween(0.0, 1.0);
        assertThat(variance.apply(i)).isPositive();
        sum += probability.apply(i);
      }
      assertThat(sum).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void stockEvaluators() {
    Dataset<Row> predicted = model.transform(test);
    MulticlassClassificationEvaluator evaluator =
        new MulticlassClassificationEvaluator().setLabelCol("kind");
    assertThat(evaluator.setMetricName("accuracy").evaluate(predicted)).isGreaterThan(0.6);
    assertThat(evaluator.setMetricName("logLoss").evaluate(predicted)).isBetween(0.1, 1.0);
  }

  /** A fold of a cross-validation may lack a class; its index must not move the others. */
  @Test
  void aClassWithoutRowsKeepsItsPlace() {
    FiniteWidthClassificationModel two = Frames.classifier().fit(train.where("kind != 1"));
    assertThat(two.content().classNames()).containsExactly("0", "1", "2");
    Row row = two.transform(test).first();
    assertThat(((Vector) row.getAs("rawPrediction")).size()).isEqualTo(3);
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(
            () -> Frames.classifier().fit(train.withColumn("kind", functions.expr("kind + 0.5"))))
        .hasMessageContaining("in column kind; classes are 0, 1, … C - 1, as StringIndexer");
    assertThatThrownBy(() -> Frames.classifier().fit(train.where("kind = 0")))
        .hasMessageContaining("all rows are of class 0");
    assertThatThrownBy(() -> Frames.classifier().setLabelCol("both").fit(train))
        .hasMessageContaining("a classifier learns one number");
  }

  @Test
  void explained() {
    assertThat(model.explainParams()).contains("probabilityCol").doesNotContain("targetScaling");
    assertThat(model.copy(new ParamMap()).setHandleInvalid("keep").getProbabilityCol())
        .isEqualTo("probability");
  }
}
