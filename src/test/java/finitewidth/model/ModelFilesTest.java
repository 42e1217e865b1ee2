package finitewidth.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.FiniteNetwork;
import finitewidth.FittedNetwork;
import finitewidth.data.scale.FeatureScaler;
import finitewidth.data.scale.Preprocessing;
import finitewidth.data.scale.TargetScaler;
import finitewidth.gaussian.Activation;
import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.ensemble.Drawing;
import finitewidth.inference.ensemble.Ensemble;
import finitewidth.inference.exact.ExactPosterior;
import finitewidth.inference.exact.Fit;
import finitewidth.inference.montecarlo.DrawnAssembly;
import finitewidth.inference.montecarlo.DrawnPosterior;
import finitewidth.inference.montecarlo.SamplingFit;
import finitewidth.linalg.Matrix;
import finitewidth.ml.FiniteWidthClassificationModel;
import finitewidth.oracle.Problems;
import finitewidth.oracle.UserErf;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Widths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
            new FiniteWidthModel.SourceColumns(List.of("a", "b", "c"), List.of("answer")),
            List.of("a", "b", "c"),
            List.of("no", "yes"),
            List.of("no", "yes"),
            List.of(new FiniteWidthModel.Inducing(1_000_000, "greedy", "dtc", -12.5)));
    path = directory.resolve("model").toString();
    write(model, path);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void theSameBits() {
    FiniteWidthModel read = read(path);
    double[] raw = {0.3, -1, 2};
    double[] x = read.preprocessing().features().forward(raw);
    assertThat(x).isEqualTo(model.preprocessing().features().forward(raw));
    Prediction expected = exact(model).predictor().predict(x);
    Prediction actual = exact(read).predictor().predict(x);
    assertThat(actual.nngpMean()).isEqualTo(expected.nngpMean());
    assertThat(actual.nngpVariance()).isEqualTo(expected.nngpVariance());
    assertThat(actual.coefficients().meanCoefficients())
        .isDeepEqualTo(expected.coefficients().meanCoefficients());
    assertThat(actual.coefficients().varianceCoefficients())
        .isDeepEqualTo(expected.coefficients().varianceCoefficients());
    assertThat(read.posterior().logEvidence().delta(read.widths()))
        .isEqualTo(model.posterior().logEvidence().delta(model.widths()));
    assertThat(read.classes().orElseThrow().names()).containsExactly("no", "yes");
    assertThat(read.featureNames()).containsExactly("a", "b", "c");
  }

  private static void write(FiniteWidthModel content, String path) {
    ModelFiles.write(spark, content, new FiniteWidthClassificationModel(content), path);
  }

  private static FiniteWidthModel read(String path) {
    FiniteWidthModel read = ModelFiles.read(spark, path).content();
    assertSame(read, ModelReading.read(new LocalDirectory(Path.of(path)), path).content());
    return read;
  }

  /** What is read without Spark and Hadoop has every number that is read with them. */
  private static void assertSame(FiniteWidthModel expected, FiniteWidthModel read) {
    assertThat(ModelContent.metadata(read, Map.of()))
        .isEqualTo(ModelContent.metadata(expected, Map.of()));
    Tensors tensors = ModelTensors.of(expected);
    Tensors others = ModelTensors.of(read);
    assertThat(others.order()).isEqualTo(tensors.order());
    for (String name : tensors.order()) {
      assertThat(others.get(name).data()).as(name).isEqualTo(tensors.get(name).data());
    }
  }

  /** The model with another posterior, of one hidden layer. */
  private static FiniteWidthModel withOneLayer(Posterior posterior) {
    return new FiniteWidthModel(
        posterior,
        model.preprocessing(),
        Widths.of(50),
        0.1,
        model.columns(),
        model.featureNames(),
        model.outputNames(),
        model.classNames(),
        model.inducing());
  }

  private static ExactPosterior exact(FiniteWidthModel model) {
    return (ExactPosterior) model.posterior();
  }

  @Test
  void drawsAreKept() throws IOException {
    Matrix inputs = Problems.gaussian(9, 3, 1);
    DrawnAssembly sampled =
        SamplingFit.posterior(
            Problems.network("erf", 2), inputs, Problems.gaussian(9, 2, 2), 0.1, 3, 64);
    Matrix tests = Problems.gaussian(2, 3, 4);
    SamplingFit drawn = SamplingFit.of(sampled, tests, 4);
    FiniteWidthModel saved =
        new FiniteWidthModel(
            new DrawnPosterior(sampled, new int[] {4, 4}, drawn.logEvidence()),
            model.preprocessing(),
            model.widths(),
            model.noiseVariance(),
            model.columns(),
            model.featureNames(),
            model.outputNames(),
            model.classNames(),
            model.inducing());
    String drawnPath = directory.resolve("drawn").toString();
    write(saved, drawnPath);
    DrawnPosterior read = (DrawnPosterior) read(drawnPath).posterior();
    Path before = directory.resolve("drawn-before");
    copy(drawnPath, "metadata", before, text -> OlderFormats.metadata(5, text));
    copy(drawnPath, "data", before, text -> text);
    assertThat(read(before.toString()).posterior().state()).isEqualTo(read.state());
    assertThat(read.batches()).containsExactly(4, 4);
    assertThat(read.logEvidence().byCoefficients().errors())
        .isEqualTo(drawn.logEvidence().byCoefficients().errors());
    Prediction expected = drawn.predictions().get(1);
    Prediction actual = SamplingFit.of(read.sampled(), tests, 4).predictions().get(1);
    assertThat(actual.coefficients().meanCoefficients())
        .isDeepEqualTo(expected.coefficients().meanCoefficients());
    assertThat(actual.coefficients().varianceErrors())
        .isDeepEqualTo(expected.coefficients().varianceErrors());
  }

  private static double[][] rows(Matrix matrix) {
    return IntStream.range(0, matrix.rows()).mapToObj(matrix::row).toArray(double[][]::new);
  }

  /** What is known at some widths only: weighted draws of networks. */
  @Test
  void networksThatAreDrawn() {
    double[][] inputs = rows(Problems.gaussian(9, 3, 1));
    FittedNetwork fitted =
        FiniteNetwork.of("erf", 1)
            .drawing(new Drawing(List.of(Widths.of(8), Widths.of(50)), 4096, 3))
            .engine(Ensemble.NAME)
            .condition(inputs, rows(Problems.gaussian(9, 2, 2)));
    String at = directory.resolve("ensemble").toString();
    write(withOneLayer(fitted.posterior()), at);
    Posterior read = read(at).posterior();
    assertThat(read.logEvidence()).isEqualTo(fitted.logEvidence());
    double[][] x = {{0.3, -1, 2}};
    for (Widths widths : List.of(Widths.of(8), Widths.of(50))) {
      assertThat(read.predictor(Order.CORRECTED).predict(x).get(0).at(widths).mean())
          .isEqualTo(fitted.predict(x).get(0).at(widths).mean());
    }
  }

  /** A user's class by its name, and an activation by another of its names. */
  @Test
  void activationsByQuadrature() {
    for (String name : List.of(UserErf.class.getName(), "swish")) {
      DrawnAssembly sampled =
          SamplingFit.posterior(
              Problems.network(name, 1),
              Problems.gaussian(6, 3, 3),
              Problems.gaussian(6, 2, 4),
              0.1,
              3,
              64);
      SamplingFit drawn = SamplingFit.of(sampled, Problems.gaussian(1, 3, 4), 4);
      FiniteWidthModel saved =
          withOneLayer(new DrawnPosterior(sampled, new int[] {4}, drawn.logEvidence()));
      String at = directory.resolve(name).toString();
      write(saved, at);
      Activation read = read(at).posterior().problem().flow().architecture().activation();
      assertThat(read.name()).isEqualTo(name.equals("swish") ? "silu" : name);
      assertThat(read.value(0.3)).isEqualTo(Activations.byName(name).orElseThrow().value(0.3));
    }
  }

  @Test
  void theSlopeOfALeakyRelu() {
    FiniteWidthModel leaky =
        withOneLayer(
            Fit.of(
                Problems.network(Activations.leakyRelu(-0.3), 1),
                Problems.gaussian(6, 3, 3),
                Problems.gaussian(6, 2, 4),
                0.1));
    String at = directory.resolve("leaky").toString();
    write(leaky, at);
    FiniteWidthModel read = read(at);
    Activation activation = read.posterior().problem().flow().architecture().activation();
    assertThat(activation.value(-1)).isEqualTo(0.3);
    double[] x = {0.3, -1, 2};
    assertThat(exact(read).predictor().predict(x).coefficients().meanCoefficients())
        .isDeepEqualTo(exact(leaky).predictor().predict(x).coefficients().meanCoefficients());
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
    copy("data", broken, text -> text);
    assertThatThrownBy(() -> read(broken.toString()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("leaky-relu with {negative-slope=7.0}");
  }

  /** Copies a part of the saved model, its text files edited; Hadoop's checksums are left out. */
  private static void copy(String part, Path to, UnaryOperator<String> edit) throws IOException {
    copy(path, part, to, edit);
  }

  private static void copy(String from, String part, Path to, UnaryOperator<String> edit)
      throws IOException {
    Files.createDirectories(to.resolve(part));
    try (Stream<Path> files = Files.list(Path.of(from).resolve(part))) {
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

  /**
   * Format 5 is the present one with draws in place of engine and numbers, format 4 has no digests
   * either, and format 3 no inducing points.
   */
  @Test
  void formatsBeforeAreRead() throws IOException {
    for (int format : new int[] {3, 4, 5}) {
      Path before = directory.resolve("before-" + format);
      copy("metadata", before, text -> OlderFormats.metadata(format, text));
      copy("data", before, text -> text);
      FiniteWidthModel read = read(before.toString());
      assertThat(read.inducing()).hasSize(Math.min(1, format - 3));
      double[] x = {0.3, -1, 2};
      assertThat(exact(read).predictor().predict(x).coefficients().meanCoefficients())
          .isDeepEqualTo(exact(model).predictor().predict(x).coefficients().meanCoefficients());
    }
  }

  @Test
  void aNewerFormatIsRefused() throws IOException {
    assertRefused(
        "newer",
        text -> text.replace("\"format\":6", "\"format\":99"),
        "model format 99; this version reads 3 to 6, so a newer finite-width is needed");
  }

  @Test
  void damagedMetadataAreRefused() throws IOException {
    assertRefused("cut", text -> text.substring(0, text.length() / 2), "damaged metadata");
    assertRefused(
        "rows",
        text -> text.replace("\"trainingRows\":9", "\"trainingRows\":2000000000"),
        "tensor");
    assertRefused(
        "layers",
        text -> text.replace("\"hiddenWidths\":[50.0,70.0]", "\"hiddenWidths\":[50.0]"),
        "biasVariances is missing or wrong");
    assertRefused(
        "engine",
        text -> text.replace("\"engine\":\"exact\",\"n", "\"engine\":\"odd\",\"n"),
        "engine odd is unknown");
    assertRefused(
        "sampled",
        text -> text.replace("\"engine\":\"exact\",\"n", "\"engine\":\"sampled\",\"n"),
        "seed is missing or wrong");
    assertRefused(
        "exact", text -> text.replace("\"variance\":true", "\"variance\":false"), "is unknown");
    for (String digests : List.of("{}", "null", "{\"part-0\":\"\"}", "{\"../part\":null}")) {
      assertRefused(
          "digests-" + digests.length(),
          text -> text.replaceAll("\"digests\":\\{[^}]*\\}", "\"digests\":" + digests),
          "digests is missing or wrong");
    }
    assertRefused(
        "mixed", text -> text.replace("\"format\":6", "\"format\":4"), "digests is missing or");
    assertRefused("foreign", text -> text.replace("finiteWidth\":", "other\":"), "no model of");
  }

  private static void assertRefused(String name, UnaryOperator<String> edit, String sentence)
      throws IOException {
    Path broken = directory.resolve(name);
    copy("metadata", broken, edit);
    copy("data", broken, text -> text);
    assertRefused(broken, sentence);
  }

  @Test
  void nothingThereIsSaid() {
    assertThatThrownBy(() -> read(directory.resolve("nowhere").toString()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("is no saved model");
  }

  @Test
  void aMissingTensorIsNamed() throws IOException {
    Path broken = directory.resolve("broken");
    copy("metadata", broken, text -> OlderFormats.metadata(4, text));
    Tensors tensors = new Tensors();
    tensors.put("inputs", Problems.gaussian(9, 3, 1));
    TensorTable.write(tensors, spark, broken.resolve("data").toString());
    assertThatThrownBy(() -> read(broken.toString()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("is damaged: tensor features/parameters is missing");
  }

  /** A bit anywhere in a file, a file too few and a file too many. */
  @Test
  void onlyWhatWasWrittenIsRead() throws IOException {
    Path broken = directory.resolve("changed");
    copy("metadata", broken, text -> text);
    copy("data", broken, text -> text);
    Path part = part(broken);
    byte[] bytes = Files.readAllBytes(part);
    for (int at : new int[] {0, 5, bytes.length / 3, bytes.length / 2, bytes.length - 1}) {
      byte[] changed = bytes.clone();
      changed[at] ^= 1;
      Files.write(part, changed);
      assertRefused(
          broken, part.getFileName() + " is not what was written: its SHA-256 is not that of the");
    }
    Files.write(part, Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused(broken, part.getFileName() + " is not what was written");
    Files.write(part, bytes);
    Path more = Files.copy(part, part.resolveSibling("part-more.parquet"));
    assertRefused(broken, "part-more.parquet is none of its files");
    Files.move(part, more, StandardCopyOption.REPLACE_EXISTING);
    assertRefused(broken, "part-more.parquet is none of its files");
    Files.delete(more);
    assertRefused(broken, part.getFileName() + " is missing");
    Files.write(part, bytes);
    assertThat(read(broken.toString()).featureNames()).isEqualTo(model.featureNames());
  }

  /** Such files are trusted, but what is damaged by accident is told in a sentence all the same. */
  @Test
  void aDamagedFileOfAFormatWithoutDigestsIsRefused() throws IOException {
    Path broken = directory.resolve("trusted");
    copy("metadata", broken, text -> OlderFormats.metadata(4, text));
    copy("data", broken, text -> text);
    Path part = part(broken);
    byte[] bytes = Files.readAllBytes(part);
    for (int length : new int[] {0, 7, 100, bytes.length / 2, bytes.length - 1}) {
      Files.write(part, Arrays.copyOf(bytes, length));
      assertRefused(broken, "is damaged: ");
    }
    byte[] changed = bytes.clone();
    changed[bytes.length / 3] ^= 1;
    Files.write(part, changed);
    assertRefused(broken, "is damaged: ");
  }

  @Test
  void codecs() throws IOException {
    String before = spark.conf().get("spark.sql.parquet.compression.codec", "snappy");
    try {
      for (String codec : List.of("uncompressed", "gzip", "zstd")) {
        spark.conf().set("spark.sql.parquet.compression.codec", codec);
        String at = directory.resolve(codec).toString();
        write(model, at);
        if (codec.equals("zstd")) {
          assertThatThrownBy(() -> LocalModel.load(at))
              .isInstanceOf(ModelException.class)
              .hasMessageContaining("compressed by ZSTD, which is read with Spark alone");
        } else {
          assertThat(read(at).featureNames()).isEqualTo(model.featureNames());
        }
      }
    } finally {
      spark.conf().set("spark.sql.parquet.compression.codec", before);
    }
  }

  private static Path part(Path model) throws IOException {
    try (Stream<Path> files = Files.list(model.resolve("data"))) {
      return files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  private static void assertRefused(Path broken, String sentence) {
    assertRefused(() -> LocalModel.load(broken), broken, sentence);
    assertRefused(() -> ModelFiles.read(spark, broken.toString()), broken, sentence);
  }

  private static void assertRefused(ThrowingCallable reading, Path broken, String sentence) {
    assertThatThrownBy(reading)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(sentence)
        .hasMessageStartingWith(broken.toString())
        .message()
        .doesNotContain("\n");
  }
}
