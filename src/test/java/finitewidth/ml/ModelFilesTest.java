package finitewidth.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.data.Classes;
import finitewidth.data.FeatureScaler;
import finitewidth.data.Preprocessing;
import finitewidth.data.TargetScaler;
import finitewidth.flow.Widths;
import finitewidth.gaussian.Activation;
import finitewidth.gaussian.Activations;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.oracle.UserErf;
import finitewidth.posterior.CorrectedPosterior;
import finitewidth.posterior.DrawnPosterior;
import finitewidth.posterior.Fit;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.SampledPosterior;
import finitewidth.posterior.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was saved predicts the same bits, and a damaged model is refused. */
class ModelFilesTest {
  private static SparkSession spark;
  @TempDir private static Path directory;
  private static FiniteWidthModel model;
  private static String path;

  @BeforeAll
  static void save() {
    spark =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false").getOrCreate();
    Matrix inputs = Problems.gaussian(9, 3, 1);
    model =
        new FiniteWidthModel(
            Fit.of(Problems.network("erf", 2), inputs, Problems.gaussian(9, 2, 2), 0.1),
            new Preprocessing(
                FeatureScaler.restore(
                    "standardize", Matrix.copyOf(new double[][] {{1, 2, 3}, {4, 5, 6}})),
                TargetScaler.restore(Matrix.copyOf(new double[][] {{0, 0}, {1, 1}}))),
            Widths.of(50, 70),
            0.1,
            List.of("a", "b", "c"),
            List.of("no", "yes"),
            Optional.of(Classes.restore(List.of("no", "yes"))));
    path = directory.resolve("model").toString();
    ModelFiles.write(spark, model, "test", path);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void theSameBits() {
    FiniteWidthModel read = ModelFiles.read(spark, path);
    double[] raw = {0.3, -1, 2};
    double[] x = read.preprocessing().features().forward(raw);
    assertThat(x).isEqualTo(model.preprocessing().features().forward(raw));
    Prediction expected = exact(model).predictor().predict(x);
    Prediction actual = exact(read).predictor().predict(x);
    assertThat(actual.nngpMean()).isEqualTo(expected.nngpMean());
    assertThat(actual.nngpVariance()).isEqualTo(expected.nngpVariance());
    assertThat(actual.meanCoefficients()).isDeepEqualTo(expected.meanCoefficients());
    assertThat(actual.varianceCoefficients()).isDeepEqualTo(expected.varianceCoefficients());
    assertThat(read.posterior().logEvidence().delta(read.widths()))
        .isEqualTo(model.posterior().logEvidence().delta(model.widths()));
    assertThat(read.classes().orElseThrow().names()).containsExactly("no", "yes");
    assertThat(read.featureNames()).containsExactly("a", "b", "c");
  }

  private static CorrectedPosterior exact(FiniteWidthModel model) {
    return (CorrectedPosterior) model.posterior();
  }

  @Test
  void drawsAreKept() {
    Matrix inputs = Problems.gaussian(9, 3, 1);
    SampledPosterior sampled =
        Sampling.posterior(
            Problems.network("erf", 2), inputs, Problems.gaussian(9, 2, 2), 0.1, 3, 64);
    Matrix tests = Problems.gaussian(2, 3, 4);
    Sampling drawn = Sampling.of(sampled, tests, 4);
    FiniteWidthModel saved =
        new FiniteWidthModel(
            new DrawnPosterior(sampled, new int[] {4, 4}, drawn.logEvidence()),
            model.preprocessing(),
            model.widths(),
            model.noiseVariance(),
            model.featureNames(),
            model.outputNames(),
            model.classes());
    String drawnPath = directory.resolve("drawn").toString();
    ModelFiles.write(spark, saved, "test", drawnPath);
    DrawnPosterior read = (DrawnPosterior) ModelFiles.read(spark, drawnPath).posterior();
    assertThat(read.batches()).containsExactly(4, 4);
    assertThat(read.logEvidence().errors()).isEqualTo(drawn.logEvidence().errors());
    Prediction expected = drawn.predictions().get(1);
    Prediction actual = Sampling.of(read.sampled(), tests, 4).predictions().get(1);
    assertThat(actual.meanCoefficients()).isDeepEqualTo(expected.meanCoefficients());
    assertThat(actual.varianceErrors()).isDeepEqualTo(expected.varianceErrors());
  }

  /** A user's class by its name, and an activation by another of its names. */
  @Test
  void activationsByQuadrature() {
    for (String name : List.of(UserErf.class.getName(), "swish")) {
      SampledPosterior sampled =
          Sampling.posterior(
              Problems.network(name, 1),
              Problems.gaussian(6, 3, 3),
              Problems.gaussian(6, 2, 4),
              0.1,
              3,
              64);
      Sampling drawn = Sampling.of(sampled, Problems.gaussian(1, 3, 4), 4);
      FiniteWidthModel saved =
          new FiniteWidthModel(
              new DrawnPosterior(sampled, new int[] {4}, drawn.logEvidence()),
              model.preprocessing(),
              Widths.of(50),
              0.1,
              model.featureNames(),
              model.outputNames(),
              Optional.empty());
      String at = directory.resolve(name).toString();
      ModelFiles.write(spark, saved, "test", at);
      Activation read =
          ModelFiles.read(spark, at).posterior().problem().flow().architecture().activation();
      assertThat(read.name()).isEqualTo(name.equals("swish") ? "silu" : name);
      assertThat(read.value(0.3)).isEqualTo(Activations.byName(name).orElseThrow().value(0.3));
    }
  }

  @Test
  void theSlopeOfALeakyRelu() {
    FiniteWidthModel leaky =
        new FiniteWidthModel(
            Fit.of(
                Problems.network(Activations.leakyRelu(-0.3), 1),
                Problems.gaussian(6, 3, 3),
                Problems.gaussian(6, 2, 4),
                0.1),
            model.preprocessing(),
            Widths.of(50),
            0.1,
            model.featureNames(),
            model.outputNames(),
            Optional.empty());
    String at = directory.resolve("leaky").toString();
    ModelFiles.write(spark, leaky, "test", at);
    FiniteWidthModel read = ModelFiles.read(spark, at);
    Activation activation = read.posterior().problem().flow().architecture().activation();
    assertThat(activation.value(-1)).isEqualTo(0.3);
    double[] x = {0.3, -1, 2};
    assertThat(exact(read).predictor().predict(x).meanCoefficients())
        .isDeepEqualTo(exact(leaky).predictor().predict(x).meanCoefficients());
  }

  /** Before there were parameters of activations. */
  @Test
  void formatOneIsRead() throws IOException {
    Path older = directory.resolve("older");
    copy("tensors", older, text -> text);
    copy(
        "metadata",
        older,
        text ->
            text.replace("\"format\":2", "\"format\":1")
                .replace("\"activationParameters\":{},", ""));
    try (Stream<Path> files = Files.list(older.resolve("metadata"))) {
      Path part = files.filter(file -> file.toString().endsWith(".txt")).findFirst().orElseThrow();
      assertThat(Files.readString(part)).contains("\"format\":1").doesNotContain("arameters");
    }
    double[] x = {0.3, -1, 2};
    assertThat(exact(ModelFiles.read(spark, older.toString())).predictor().predict(x))
        .usingRecursiveComparison()
        .isEqualTo(exact(model).predictor().predict(x));
  }

  @Test
  void anUnknownActivationIsNamed() throws IOException {
    Path broken = directory.resolve("steep");
    copy(
        "metadata",
        broken,
        text ->
            text.replace("\"erf\"", "\"leaky-relu\"")
                .replace("arameters\":{}", "arameters\":{\"negative-slope\":7.0}"));
    copy("tensors", broken, text -> text);
    assertThatThrownBy(() -> ModelFiles.read(spark, broken.toString()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("leaky-relu with {negative-slope=7.0}");
  }

  /** Copies a part of the saved model, its text files edited; Hadoop's checksums are left out. */
  private static void copy(String part, Path to, UnaryOperator<String> edit) throws IOException {
    Files.createDirectories(to.resolve(part));
    try (Stream<Path> files = Files.list(Path.of(path).resolve(part))) {
      for (Path file : files.filter(f -> !f.getFileName().toString().startsWith(".")).toList()) {
        Path copy = to.resolve(part).resolve(file.getFileName());
        if (file.toString().endsWith(".txt")) {
          Files.writeString(copy, edit.apply(Files.readString(file)));
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  @Test
  void aNewerFormatIsRefused() throws IOException {
    Path newer = directory.resolve("newer");
    Files.createDirectories(newer.resolve("metadata"));
    Files.writeString(newer.resolve("metadata/part-00000"), "{\"format\": 99}\n");
    assertThatThrownBy(() -> ModelFiles.read(spark, newer.toString()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("format 99");
  }

  @Test
  void aMissingTensorIsNamed() throws IOException {
    Path broken = directory.resolve("broken");
    try (Stream<Path> files = Files.walk(Path.of(path).resolve("metadata"))) {
      for (Path file : files.toList()) {
        Path copy = broken.resolve(Path.of(path).relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    Tensors tensors = new Tensors();
    tensors.put("inputs", Problems.gaussian(9, 3, 1));
    tensors.write(spark, broken.resolve("tensors").toString());
    assertThatThrownBy(() -> ModelFiles.read(spark, broken.toString()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("tensor phi is missing");
  }
}
