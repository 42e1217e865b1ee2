package finitewidth.ml;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.Documents;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The examples of README and docs/spark-ml.md are taken from there, compiled and run; only out/ is
 * somewhere else.
 */
@Tag("slow")
class ReadmeExamplesTest {
  /** Under surefire java.class.path may be a jar that only names the others. */
  private static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  private static SparkSession spark;
  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    spark = Frames.spark();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private String example(String document, String name) throws IOException {
    return Documents.example(document, name, 12).replace("\"out/", "\"" + directory + "/");
  }

  private Object run(String name) throws Exception {
    URL[] classes = {directory.toUri().toURL()};
    try (URLClassLoader loader =
        new URLClassLoader(classes, Thread.currentThread().getContextClassLoader())) {
      return loader.loadClass(name).getMethod("run", SparkSession.class).invoke(null, spark);
    } catch (InvocationTargetException e) {
      throw new AssertionError("the example failed", e.getCause());
    }
  }

  @ParameterizedTest
  @CsvSource({"README.md, spark.ml", "docs/spark-ml.md, java"})
  void java(String document, String name) throws Exception {
    String imports =
        Stream.of(
                "finitewidth.ml.FiniteWidthRegressor",
                "org.apache.spark.ml.*",
                "org.apache.spark.ml.evaluation.RegressionEvaluator",
                "org.apache.spark.ml.feature.*",
                "org.apache.spark.sql.*")
            .map(imported -> "import " + imported + ";\n")
            .collect(Collectors.joining());
    Path source =
        Files.writeString(
            directory.resolve("JavaExample.java"),
            imports
                + "public class JavaExample {\npublic static double run(SparkSession spark)"
                + " throws Exception {\n"
                + example(document, name)
                + "return rmse;\n}\n}\n");
    Documents.compile(source, CLASS_PATH);
    // The targets' deviation is 77.
    assertThat((Double) run("JavaExample")).isBetween(50.0, 70.0);
    assertThat(PipelineModel.load(directory.resolve("diabetes-pipeline").toString()).stages())
        .hasSize(2);
  }

  @Test
  void scala() throws Exception {
    fittedBefore().save(directory.resolve("diabetes/model").toString());
    Path source =
        Files.writeString(
            directory.resolve("Example.scala"),
            "object ScalaExample {\ndef run(spark: org.apache.spark.sql.SparkSession):"
                + " org.apache.spark.sql.DataFrame = {\n"
                + example("docs/spark-ml.md", "scala")
                + "predicted.join(wider.withColumnRenamed(\"prediction\", \"wide\"), \"target\")\n"
                + "}\n"
                + "}\n");
    boolean compiled =
        scala.tools.nsc.Main$.MODULE$.process(
            new String[] {"-classpath", CLASS_PATH, "-d", directory.toString(), source.toString()});
    assertThat(compiled).isTrue();
    @SuppressWarnings("unchecked") // what the example returns
    Dataset<Row> predicted = (Dataset<Row>) run("ScalaExample");
    List<Row> rows = predicted.collectAsList();
    assertThat(rows).hasSizeGreaterThan(50);
    assertThat(rows).allMatch(row -> !row.getAs("prediction").equals(row.getAs("wide")));
  }

  private static FiniteWidthRegressionModel fittedBefore() {
    Dataset<Row> rows =
        spark
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .csv("examples/diabetes.csv")
            .limit(40);
    String[] features =
        Stream.iterate(0, i -> i + 1).limit(10).map(i -> "f" + i).toArray(String[]::new);
    return new FiniteWidthRegressor()
        .setLabelCol("target")
        .setNoiseVariance(0.5)
        .fit(new VectorAssembler().setInputCols(features).setOutputCol("features").transform(rows));
  }
}
