package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.NumericsException;
import finitewidth.ml.FiniteWidthRegressor;
import finitewidth.oracle.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers beyond double precision: exit code 4 and a sentence, never a result. */
@Tag("slow")
class OverflowTest {
  private static final int NUMERICS = 4;

  @TempDir private static Path directory;
  private static LocalSpark spark;

  @BeforeAll
  static void write() throws IOException {
    spark = LocalSpark.set();
    csv("plain", 1, 1);
    csv("huge-targets", 1, 1e200);
    csv("tiny-targets", 1, 1e-200);
    csv("huge-features", 1e200, 1);
    run("fit", "plain", "fitted").succeeds();
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  private static void csv(String name, double features, double targets) throws IOException {
    Matrix x = Problems.gaussian(14, 2, 1);
    StringBuilder text = new StringBuilder("a,b,target\n");
    for (int i = 0; i < x.rows(); i++) {
      text.append(features * x.get(i, 0)).append(',').append(features * x.get(i, 1));
      text.append(',').append(targets * Math.sin(x.get(i, 0))).append('\n');
    }
    Files.writeString(directory.resolve(name + ".csv"), text.toString());
    Files.writeString(
        directory.resolve(name + ".conf"),
        """
        data { train = "%s", test-fraction = 0.3 }
        network.hidden-widths = [32, 32]
        noise-variance = 0.05
        """
            .formatted(directory.resolve(name + ".csv")));
  }

  private static MainRun run(String verb, String data, String out, String... overrides) {
    List<String> all = new ArrayList<>(Arrays.asList(overrides));
    all.add("output.path=\"" + directory.resolve(out) + "\"");
    return MainRun.of(verb, directory.resolve(data + ".conf"), all.toArray(String[]::new));
  }

  private static String deep() {
    return "network.hidden-widths=[" + String.join(",", Collections.nCopies(400, "32")) + "]";
  }

  static Stream<Arguments> cases() {
    String weight = "network.weight-variance";
    String model = "model.path=\"" + directory.resolve("fitted/model") + "\"";
    String far = "data.test=\"" + directory.resolve("huge-features.csv") + "\"";
    String targets = "data.test=\"" + directory.resolve("huge-targets.csv") + "\"";
    return Stream.of(
        refused("fit", "plain", "layer 2 of 3", weight + "=1e80"),
        refused("fit", "plain", "layer 3 of 3", weight + "=1e60", "network.activation=gelu"),
        refused("fit", "plain", "is NaN", weight + "=1e30", "network.activation=gelu"),
        refused("fit", "plain", "layer 2 of 3", weight + "=1e80", "inducing-points=5"),
        refused("fit", "plain", "layer 2 of 3", weight + "=1e80", "hyperparameters=evidence"),
        refused("fit", "plain", "of 401", weight + "=8", deep()),
        refused("fit", "plain", "lost all digits", weight + "=0.01", deep()),
        refused("fit", "plain", "lost all digits", weight + "=1e-200"),
        refused("fit", "plain", "lost all digits", weight + "=1e-200", "inducing-points=5"),
        refused("fit", "huge-targets", "target target has the standard deviation"),
        refused("fit", "huge-targets", "preprocess.target", "preprocess.target=none"),
        refused("fit", "tiny-targets", "underflows"),
        refused("fit", "tiny-targets", "preprocess.target", "preprocess.target=none"),
        refused("fit", "huge-features", "preprocess.features", "preprocess.features=none"),
        refused("flow", "plain", "layer 2 of 3", weight + "=1e80"),
        refused("flow", "plain", "underflows", weight + "=0.01", "network.bias-variance=0", deep()),
        refused(
            "validate",
            "plain",
            "layer 2 of 3",
            weight + "=1e80",
            "validate.test-rows=2",
            "validate.train-rows=5",
            "validate.draws=320"),
        refused("predict", "plain", "layer 1 of 3", model, far),
        refused("predict", "plain", "layer 1 of 3", model, far, "predict.order=0"),
        refused("predict", "plain", "score overflows", model, targets));
  }

  private static Arguments refused(String verb, String data, String words, String... overrides) {
    return Arguments.of(verb, data, words, overrides);
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @MethodSource("cases")
  void isRefused(String verb, String data, String words, String[] overrides) {
    MainRun run = run(verb, data, "out", overrides);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(NUMERICS);
    assertThat(run.err()).contains(words).doesNotContain("\tat ");
    assertThat(directory.resolve("out")).doesNotExist();
  }

  /** Under its own names. */
  @Test
  void estimatorsSayIt() throws IOException {
    Matrix x = Problems.gaussian(10, 2, 1);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < x.rows(); i++) {
      rows.add(RowFactory.create(Vectors.dense(x.row(i)), x.get(i, 0)));
    }
    StructType schema =
        new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("label", DataTypes.DoubleType);
    try (SparkSession session = SparkSession.builder().getOrCreate()) {
      FiniteWidthRegressor network = new FiniteWidthRegressor().setWeightVariance(1e80);
      assertThatThrownBy(() -> network.fit(session.createDataFrame(rows, schema)))
          .isInstanceOf(NumericsException.class)
          .hasMessageContaining("overflows in layer 2 of 3")
          .hasMessageContaining("lower weightVariance (1.00e+80 into that layer)");
    }
  }
}
