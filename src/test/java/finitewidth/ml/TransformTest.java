package finitewidth.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns are appended as stock models do it: nothing else changes, and nothing is done early. */
class TransformTest {
  private static SparkSession spark;
  private static Dataset<Row> test;
  private static FiniteWidthRegressionModel regression;
  private static FiniteWidthClassificationModel classification;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    spark = Frames.spark();
    Dataset<Row> train = Frames.of(spark, 16, 1).cache();
    test = Frames.of(spark, 9, 2).cache();
    regression = Frames.regressor().setHiddenWidths(300).fit(train);
    classification = Frames.classifier().setProbabilityCol("probability").fit(train);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static Dataset<Row> named() {
    Dataset<Row> named =
        test.withColumn("name", functions.expr("element_at(array('a', 'b', 'c'), int(kind) + 1)"));
    return new StringIndexer()
        .setInputCol("name")
        .setOutputCol("index")
        .fit(named)
        .transform(named)
        .withColumn("dotted.name", functions.struct("id", "label"));
  }

  @Test
  void otherColumnsStayWhatTheyAre() {
    Metadata own = new MetadataBuilder().putString("comment", "mine").build();
    Dataset<Row> rows = named().withColumn("id", functions.col("id").as("id", own));
    Dataset<Row> predicted = regression.transform(rows);
    StructType before = rows.schema();
    StructType after = predicted.schema();
    assertThat(Arrays.copyOf(after.fields(), before.length())).isEqualTo(before.fields());
    assertThat(after).isEqualTo(regression.transformSchema(before));
    assertThat(after.apply("id").metadata().getString("comment")).isEqualTo("mine");
    assertThat(predicted.drop("prediction").collectAsList()).isEqualTo(rows.collectAsList());
    Dataset<Row> texts =
        new IndexToString().setInputCol("index").setOutputCol("text").transform(predicted);
    assertThat(texts.where("text = name").count()).isEqualTo(9);
  }

  @Test
  void attributesOfPredictions() {
    StructType schema = classification.transform(test).schema();
    assertThat(AttributeGroup.fromStructField(schema.apply("rawPrediction")).size()).isEqualTo(3);
    assertThat(AttributeGroup.fromStructField(schema.apply("probability")).size()).isEqualTo(3);
    NominalAttribute nominal =
        (NominalAttribute)
            org.apache.spark.ml.attribute.Attribute.fromStructField(schema.apply("prediction"));
    assertThat(nominal.getNumValues().get()).isEqualTo(3);
    StructField number = regression.transform(test).schema().apply("prediction");
    assertThat(org.apache.spark.ml.attribute.Attribute.fromStructField(number).isNumeric())
        .isTrue();
  }

  /** A row that cannot be predicted is an error as soon as it is predicted. */
  @Test
  void nothingIsPredictedThatIsNotAskedFor() {
    Dataset<Row> holes = test.withColumn("features", functions.expr("if(id = 5, null, features)"));
    Dataset<Row> predicted = regression.transform(holes);
    assertThatThrownBy(() -> predicted.select("prediction").collectAsList())
        .hasStackTraceContaining("column features is null in a row");
    assertThat(predicted.count()).isEqualTo(9);
    assertThat(predicted.select("id", "label").collectAsList()).hasSize(9);
    assertThat(predicted.agg(functions.sum("id")).first().getLong(0)).isEqualTo(36);
    assertThat(predicted.select(functions.lit(1)).collectAsList()).hasSize(9);
    assertThat(predicted.groupBy("kind").count().agg(functions.sum("count")).first().getLong(0))
        .isEqualTo(9);
  }

  @Test
  void aColumnInOtherLettersIsThereAlready() {
    Dataset<Row> rows = test.withColumn("Prediction", functions.lit(1));
    assertThatThrownBy(() -> regression.transform(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "output column prediction exists already, as Prediction, and spark.sql.caseSensitive is"
                + " off");
    spark.conf().set("spark.sql.caseSensitive", true);
    try {
      assertThat(regression.transform(rows).select("prediction", "Prediction").collectAsList())
          .hasSize(9);
    } finally {
      spark.conf().unset("spark.sql.caseSensitive");
    }
  }

  @Test
  void aStreamIsAssembledAfterwards() throws Exception {
    String path = directory.resolve("rows").toString();
    test.repartition(1).write().parquet(path);
    VectorAssembler assembler =
        new VectorAssembler()
            .setInputCols(new String[] {"rawPrediction", "prediction"})
            .setOutputCol("all");
    List<Row> expected =
        assembler
            .transform(classification.transform(test))
            .orderBy("id")
            .select("all")
            .collectAsList();
    Dataset<Row> stream = spark.readStream().schema(test.schema()).parquet(path);
    StreamingQuery query =
        assembler
            .transform(classification.transform(stream))
            .writeStream()
            .format("memory")
            .queryName("assembled")
            .start();
    try {
      query.processAllAvailable();
    } finally {
      query.stop();
    }
    List<Row> found = spark.table("assembled").orderBy("id").select("all").collectAsList();
    assertThat(found).isEqualTo(expected);
    assertThat(found.get(0).<Vector>getAs(0).size()).isEqualTo(4);
  }
}
