package finitewidth.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
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

/** The README's examples are taken from there, compiled and run; only out/ is somewhere else. */
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

  private String example(String language) throws IOException {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("README.md")));
    assertThat(block.find()).isTrue();
    String code = block.group(1);
    assertThat(block.find()).as("one example in " + language).isFalse();
    assertThat(code.lines()).hasSizeLessThanOrEqualTo(10);
    return code.replace("\"out/", "\"" + directory + "/");
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

  @Test
  void java() throws Exception {
    String imports =
        Stream.of(
                "finitewidth.ml.FiniteWidthRegressor",
                "org.apache.spark.ml.*",
                "org.apache.spark.ml.evaluation.RegressionEvaluator",
                "org.apache.spark.ml.feature.VectorAssembler",
                "org.apache.spark.sql.*")
            .map(name -> "import " + name + ";\n")
            .collect(Collectors.joining());
    Path source =
        Files.writeString(
            directory.resolve("JavaExample.java"),
            imports
                + "public class JavaExample {\npublic static double run(SparkSession spark)"
                + " throws Exception {\n"
                + example("java")
                + "return rmse;\n}\n}\n");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of("-proc:none", "-cp", CLASS_PATH, "-d", directory.toString()),
                null,
                compiler
                    .getStandardFileManager(null, null, null)
                    .getJavaFileObjects(source.toFile()))
            .call();
    assertThat(compiled).as(messages.toString()).isTrue();
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
                + example("scala")
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
