package finitewidth.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.data.TrainingSchema;
import finitewidth.data.TrainingSet;
import finitewidth.data.scale.FeatureScaling;
import finitewidth.data.scale.Preprocessing;
import finitewidth.data.scale.TargetScaling;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.Verb;
import finitewidth.job.console.Console;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.RealData;
import finitewidth.report.summary.FitSummary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HyperparameterFitTest {
  private static final int ROWS = 50;

  @TempDir private Path directory;

  @Test
  void fixedOnesStay() throws IOException {
    TrainingSet training = training();
    Preprocessing scalers = scalers(training);
    JobConfig config = config("hyperparameters=fixed");
    HyperparameterFit fit = HyperparameterFit.of(config, training, scalers, silent());
    assertThat(fit.config()).isSameAs(config);
    assertThat(fit.preprocessing()).isSameAs(scalers);
    assertThat(fit.summary()).isEmpty();
    assertThat(fit.line()).isEmpty();
  }

  @Test
  void theBestOfTheListIsTaken() throws IOException {
    HyperparameterFit fit = fit("evidence.depths=[1,2]", "evidence.activations=[relu,erf]");
    FitSummary.Evidence search = fit.summary().orElseThrow();
    assertThat(search.candidates()).hasSize(4);
    FitSummary.Candidate best =
        search.candidates().stream()
            .max((a, b) -> Double.compare(a.logEvidence(), b.logEvidence()))
            .orElseThrow();
    assertThat(search.logEvidence()).isEqualTo(best.logEvidence());
    assertThat(fit.config().network().activation()).isEqualTo(best.activation());
    assertThat(fit.config().network().hiddenWidths()).hasSize(best.hiddenLayers());
    assertThat(fit.config().network().biasVariances()).hasSize(best.hiddenLayers() + 1);
    assertThat(fit.config().noiseVariance()).isNotEqualTo(0.01);
    assertThat(fit.line().orElseThrow()).contains(best.activation());
  }

  @Test
  void manyRowsAreFittedBySome() throws IOException {
    FitSummary.Evidence some = fit("evidence.rows=30").summary().orElseThrow();
    assertThat(some.rows()).isEqualTo(30);
    assertThat(fit("evidence.rows=30").summary().orElseThrow().logEvidence())
        .isEqualTo(some.logEvidence());
    assertThat(fit("evidence.rows=30", "evidence.seed=8").summary().orElseThrow().logEvidence())
        .isNotEqualTo(some.logEvidence());
  }

  /** From then on the scaler multiplies by the root of every feature's scale. */
  @Test
  void scalesOfFeaturesGoIntoThePreprocessing() throws IOException {
    HyperparameterFit fit = fit("evidence.input-scales=per-feature");
    TrainingSet training = training();
    Matrix plain = scalers(training).design(training);
    Matrix scaled = fit.preprocessing().design(training);
    List<Double> scales = fit.summary().orElseThrow().inputScales();
    assertThat(scales).hasSize(plain.cols());
    for (int k = 0; k < plain.cols(); k++) {
      double expected = Math.sqrt(scales.get(k)) * plain.get(3, k);
      assertThat(scaled.get(3, k)).isCloseTo(expected, Offset.offset(1e-12 * Math.abs(expected)));
    }
  }

  private HyperparameterFit fit(String... overrides) throws IOException {
    TrainingSet training = training();
    return HyperparameterFit.of(config(overrides), training, scalers(training), silent());
  }

  private JobConfig config(String... overrides) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("job.conf"),
            "data.train = a.csv\noutput.path = o\nhyperparameters = evidence\n");
    return JobConfig.parse(Verb.FIT, file.toFile(), List.of(overrides), List.of("relu", "erf"));
  }

  private static Preprocessing scalers(TrainingSet training) {
    return Preprocessing.fit(FeatureScaling.STANDARDIZE, TargetScaling.STANDARDIZE, training);
  }

  private static TrainingSet training() throws IOException {
    RealData data = RealData.of("concrete", ROWS);
    List<String> features =
        IntStream.range(0, data.inputs().cols()).mapToObj(k -> "f" + k).toList();
    return new TrainingSet(
        data.inputs(),
        data.targets(),
        LongStream.range(0, ROWS).boxed().toList(),
        Collections.nCopies(ROWS, (Object) 0L),
        TrainingSchema.regression(features, features, List.of("target")));
  }

  private static Console silent() {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    return new Console(nowhere, nowhere);
  }
}
