package finitewidth.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.data.InvalidRows;
import finitewidth.data.scale.FeatureScaling;
import finitewidth.evidence.EvidenceSettings;
import finitewidth.evidence.WidthChoice;
import finitewidth.inducing.Approximation;
import finitewidth.inference.Order;
import finitewidth.oracle.UserErf;
import finitewidth.training.PointChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobConfigTest {
  private static final List<String> ACTIVATIONS = List.of("linear", "relu", "leaky-relu");
  private static final String LEAST = "data.train = a.csv\noutput.path = out/x\n";

  @TempDir private Path directory;

  @Test
  void defaultsAreThoseOfTheContract() throws IOException {
    JobConfig job = parse(LEAST);
    assertThat(job.data().train()).isEqualTo("a.csv");
    assertThat(job.data().test()).isEmpty();
    assertThat(job.data().testFraction()).isEqualTo(0.2);
    assertThat(job.data().seed()).isEqualTo(7);
    assertThat(job.data().columns().targets().names()).containsExactly("target");
    assertThat(job.data().columns().features()).isEmpty();
    assertThat(job.preprocess().features()).isEqualTo(FeatureScaling.STANDARDIZE);
    assertThat(job.network())
        .isEqualTo(
            new NetworkConfig(
                "relu",
                OptionalDouble.empty(),
                List.of(128L, 128L),
                List.of(0.1, 0.1, 0.1),
                List.of(2.0, 2.0, 2.0)));
    assertThat(job.noiseVariance()).isEqualTo(0.01);
    assertThat(job.widths()).isEmpty();
    assertThat(job.contraction().engine()).isEqualTo(ContractionConfig.Engine.AUTO);
    assertThat(job.contraction().quantities()).isEqualTo(ContractionConfig.Quantities.ALL);
    assertThat(job.output())
        .isEqualTo(new OutputConfig("out/x", OutputConfig.Format.PARQUET, false, Optional.empty()));
    assertThat(job.flow().tensors()).isFalse();
    assertThat(job.strict()).isFalse();
  }

  @Test
  void checkpoints() throws IOException {
    assertThat(parse(LEAST, "checkpoint.path=none").output().checkpoint()).isEmpty();
    assertThat(parse(LEAST, "checkpoint.path=hdfs:///ck").output().checkpoint())
        .contains(new CheckpointConfig("hdfs:///ck", 5));
    assertThat(parse(LEAST, "checkpoint.path=ck", "checkpoint.interval=0.5").output().checkpoint())
        .contains(new CheckpointConfig("ck", 0.5));
  }

  @Test
  void argumentsOverrideTheFile() throws IOException {
    JobConfig job =
        parse(
            LEAST + "network { hidden-widths = [5], bias-variance = [0, 1] }\n",
            "network.hidden-widths=[64,64]",
            "network.bias-variance=0",
            "data.train=s3a://bucket/*.csv.gz",
            "data.features=*",
            "widths=[32, 64.5]",
            "noise-variance=1e-3",
            "preprocess.features=unit-sphere",
            "output.path=here",
            "output.path=\"there\"");
    assertThat(job.network().hiddenWidths()).containsExactly(64L, 64L);
    assertThat(job.network().biasVariances()).containsExactly(0.0, 0.0, 0.0);
    assertThat(job.data().train()).isEqualTo("s3a://bucket/*.csv.gz");
    assertThat(job.widths()).containsExactly(32.0, 64.5);
    assertThat(job.noiseVariance()).isEqualTo(1e-3);
    assertThat(job.preprocess().features()).isEqualTo(FeatureScaling.UNIT_SPHERE);
    assertThat(job.output().path()).isEqualTo("there");
  }

  @Test
  void nestedFlatAndQuotedKeysAreTheSame() throws IOException {
    String[] spellings = {
      "data { train = a.csv }\noutput { path = o }",
      "data.train = \"a.csv\"\noutput.path = \"o\"",
      "{\"data.train\": \"a.csv\", \"output.path\": \"o\"}"
    };
    for (String spelling : spellings) {
      assertThat(parse(spelling).data().train()).isEqualTo("a.csv");
      assertThat(parse(spelling, "data.train=b.csv").data().train()).isEqualTo("b.csv");
    }
  }

  @Test
  void substitutionsStayInTheFile() throws IOException {
    String text = "data.train = a.csv\noutput.path = \"out/\"${data.seed}\ndata.seed = 11\n";
    assertThat(parse(text).output().path()).isEqualTo("out/11");
    assertThat(parse(text, "data.seed=12").output().path()).isEqualTo("out/12");
    assertThatThrownBy(() -> parse("data.train = ${PATH}\noutput.path = o"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("PATH");
  }

  @Test
  void systemPropertiesDoNotLeakIn() throws IOException {
    System.setProperty("noise-variance", "77");
    try {
      assertThat(parse(LEAST).noiseVariance()).isEqualTo(0.01);
    } finally {
      System.clearProperty("noise-variance");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "data.tran=x.csv, data.train",
    "network.hidden-width=[3], network.hidden-widths",
    "hidden-widths=[3], network.hidden-widths",
    "noise=1, noise-variance",
    "output.overwrit=true, output.overwrite",
    "seed=3, data.seed",
    "network=3, network.activation",
  })
  void unknownKeysAreRefusedNamingTheNearest(String override, String nearest) {
    assertThatThrownBy(() -> parse(LEAST, override))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("unknown key " + override.substring(0, override.indexOf('=')))
        .hasMessageContaining(nearest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "network.hidden-widths=[0]",
        "network.hidden-widths=[-5]",
        "network.hidden-widths=[2.5]",
        "network.hidden-widths=[]",
        "network.hidden-widths=64",
        "network.hidden-widths=[\"a\"]",
        "network.hidden-widths=[2147483649]",
        "network.bias-variance=-1",
        "network.bias-variance=[0.1,0.1]",
        "network.bias-variance=[0.1,0.1,0.1,0.1]",
        "network.weight-variance=0",
        "network.weight-variance=[1,1,0]",
        "network.weight-variance=\"2\"",
        "network.activation=swish",
        "network.activation=3",
        "network.negative-slope=0.1",
        "noise-variance=-0.1",
        "noise-variance=abc",
        "noise-variance=1e999",
        "widths=[64,0]",
        "widths=[64,64.0]",
        "widths=64",
        "data.test-fraction=0",
        "data.test-fraction=1",
        "data.seed=1.5",
        "data.train-rows=1",
        "data.test-rows=0",
        "data.target=[]",
        "data.target=\"\"",
        "data.target=[a,a]",
        "data.train=a.txt",
        "data.test=b",
        "preprocess.features=whiten",
        "preprocess.target=unit-sphere",
        "contraction.engine=fast",
        "contraction.tolerance=0",
        "contraction.quantities=some",
        "contraction.max-draws=0",
        "output.format=xml",
        "output.overwrite=1",
        "strict=maybe",
        "flow.tensors=[true]",
        "flow.densities=-1",
        "flow.densities=1001",
        "flow.density-draws=0",
        "output.hidden-kernels=1",
        "predict.quantiles=0.5",
        "predict.quantiles=[0]",
        "predict.quantiles=[0.5,0.5]",
        "predict.quantiles-of=noise",
        "hyperparameters=guess",
        "network.hidden-widths=automatic",
        "evidence.noise-floor=0",
        "evidence.noise-floor=1",
        "evidence.depths=2",
        "evidence.depths=[]",
        "evidence.depths=[0]",
        "evidence.depths=[1,1]",
        "evidence.depths=[65]",
        "evidence.activations=[relu,swish]",
        "evidence.activations=[relu,relu]",
        "evidence.input-scales=some",
        "evidence.starts=0",
        "evidence.rows=1",
        "evidence.seed=a",
        "inducing-points=0",
        "inducing-points=some",
        "inducing-points=20001",
        "inducing-points=[100]",
        "inducing.method=random",
        "inducing.sample-rows=0",
        "inducing.seed=x",
        "inducing.approximation=vfe",
        "contraction.test-rows=0",
        "contraction.test-rows=some",
        "checkpoint.path=[a]",
        "checkpoint.interval=0"
      })
  void impossibleValuesAreRefusedNamingKeyAndValue(String override) {
    int equals = override.indexOf('=');
    String key = override.substring(0, equals);
    assertThatThrownBy(() -> parse(LEAST, override))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(key + " = ")
        .hasMessageContaining("command line")
        .hasMessageNotContaining("\n");
  }

  @Test
  void inducingPoints() throws IOException {
    assertThat(parse(LEAST).inducing()).isEmpty();
    assertThat(parse(LEAST, "inducing-points=none", "inducing.method=k-means").inducing())
        .isEmpty();
    assertThat(parse(LEAST, "inducing-points=300").inducing())
        .contains(
            new InducingConfig(300, PointChoice.Method.K_MEANS, 10_000, 7, Approximation.DTC));
    assertThat(
            parse(
                    LEAST + "inducing { method = greedy, approximation = fitc, seed = 3 }\n",
                    "inducing-points=20",
                    "inducing.sample-rows=500")
                .inducing())
        .contains(new InducingConfig(20, PointChoice.Method.GREEDY, 500, 3, Approximation.FITC));
    // The default grows with the points, what was asked for does not.
    assertThat(parse(LEAST, "inducing-points=12000").inducing().orElseThrow().sampleRows())
        .isEqualTo(12_000);
    assertThatThrownBy(() -> parse(LEAST, "inducing-points=20", "inducing.sample-rows=10"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("inducing.sample-rows = 10")
        .hasMessageContaining("inducing-points = 20");
    assertThatThrownBy(() -> parse(LEAST, "inducing-points=20000", "inducing.sample-rows=1000000"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("inducing.sample-rows = 1000000");
    assertThatThrownBy(() -> parse(LEAST, "inducing-points=20", "noise-variance=0"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("noise-variance = 0")
        .hasMessageContaining("above 0");
  }

  @Test
  void testRowsToCorrect() throws IOException {
    assertThat(parse(LEAST).contraction().testRows()).isEmpty();
    assertThat(parse(LEAST, "contraction.test-rows=all").contraction().testRows()).isEmpty();
    assertThat(parse(LEAST, "contraction.test-rows=1000").contraction().testRows()).hasValue(1000);
  }

  @Test
  void unknownActivationsAreAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> parse(LEAST, "network.activation=swish"))
        .hasMessageContaining("linear, relu, leaky-relu");
  }

  @Test
  void onlyTheLeakyReluHasASlope() throws IOException {
    String leaky = LEAST + "network.activation = leaky-relu\n";
    assertThat(parse(leaky).network().negativeSlope()).hasValue(0.01);
    assertThat(parse(leaky, "network.negative-slope=-1").network().negativeSlope()).hasValue(-1);
    for (String slope : List.of("1.01", "-2", "1e999", "\"0.1\"", "[0.1]", "none")) {
      assertThatThrownBy(() -> parse(leaky, "network.negative-slope=" + slope))
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith("network.negative-slope = ")
          .hasMessageContaining("from -1 to 1");
    }
    assertThatThrownBy(() -> parse(LEAST, "network.negative-slope=0.1"))
        .hasMessageContaining("network.activation is relu")
        .hasMessageContaining("leaky-relu");
  }

  @Test
  void evidenceStartsFromTheConfiguredNetwork() throws IOException {
    assertThat(parse(LEAST).evidence()).isEmpty();
    JobConfig job = parse(LEAST, "hyperparameters=evidence", "network.hidden-widths=[32]");
    EvidenceConfig evidence = job.evidence().orElseThrow();
    assertThat(evidence.candidates()).containsExactly(job.network());
    assertThat(evidence.settings()).isEqualTo(new EvidenceSettings(1e-4, false, 3, 7));
    assertThat(evidence.rows()).hasValue(2000);
    assertThat(job.widths()).isEqualTo(WidthChoice.grid());
    assertThat(job.autoWidth()).isFalse();
  }

  @Test
  void evidenceChoosesFromLists() throws IOException {
    JobConfig job =
        parse(
            LEAST,
            "hyperparameters=evidence",
            "network.hidden-widths=auto",
            "network.bias-variance=0.3",
            "widths=[64,128]",
            "evidence.depths=[1,3]",
            "evidence.activations=[relu,leaky-relu]",
            "evidence.input-scales=per-feature",
            "evidence.noise-floor=0.01");
    EvidenceConfig evidence = job.evidence().orElseThrow();
    assertThat(evidence.settings().inputScales()).isTrue();
    assertThat(evidence.settings().noiseFloor()).isEqualTo(0.01);
    assertThat(evidence.candidates())
        .extracting(NetworkConfig::activation)
        .containsExactly("relu", "leaky-relu", "relu", "leaky-relu");
    NetworkConfig last = evidence.candidates().get(3);
    assertThat(last.hiddenWidths()).hasSize(3);
    assertThat(last.biasVariances()).containsExactly(0.3, 0.3, 0.3, 0.3);
    assertThat(last.negativeSlope()).hasValue(0.01);
    assertThat(job.autoWidth()).isTrue();
    assertThat(job.widths()).containsExactly(64.0, 128.0);
  }

  @Test
  void depthsNeedOneValueForAllLayers() {
    for (String list :
        List.of(
            "network.hidden-widths=[32,64]",
            "network.bias-variance=[0.1,0.2,0.1]",
            "network.weight-variance=[2,1,1]")) {
      assertRefused(list.substring(0, list.indexOf('=')), "evidence.depths=[1,2]", list);
    }
  }

  @Test
  void widthsThatCannotBeChosen() {
    assertRefused("widths", "network.hidden-widths=auto", "widths=[64.5]");
    assertThatThrownBy(() -> parse(Verb.FLOW, LEAST, "network.hidden-widths=auto"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("network.hidden-widths");
    assertRefused(
        "evidence.input-scales",
        "evidence.input-scales=per-feature",
        "preprocess.features=unit-sphere");
  }

  @Test
  void refusalsNameFileAndLine() {
    assertThatThrownBy(() -> parse(LEAST + "\nstrict = 3\n"))
        .hasMessageContaining("job.conf, line 4");
    assertThatThrownBy(() -> parse(LEAST + "strict = [\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("job.conf: 4");
  }

  @Test
  void valuesMustFitTogether() {
    assertRefused("data.label", "data.label=c", "data.target=t");
    assertRefused("data.features", "data.features=[a,t]", "data.target=t");
    assertRefused("data.id", "data.id=t", "data.target=t");
    assertRefused("output.format", "output.format=csv", "data.target=[a,b]");
    assertRefused("output.format", "output.format=csv", "data.label=c");
  }

  @Test
  void whatIsNeededMustBeThere() {
    assertThatThrownBy(() -> parse("output.path = o")).hasMessageStartingWith("data.train");
    assertThatThrownBy(() -> parse("data.train = a.csv")).hasMessageStartingWith("output.path");
    assertThatThrownBy(
            () ->
                JobConfig.parse(
                    Verb.FIT, directory.resolve("none.conf").toFile(), List.of(), ACTIVATIONS))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("none.conf");
  }

  @Test
  void classificationHasNoTargets() throws IOException {
    JobConfig job = parse(LEAST, "data.label=class");
    assertThat(job.data().columns().label()).isEqualTo(Optional.of("class"));
    assertThat(job.data().columns().targets().names()).isEmpty();
  }

  @Test
  void activationsByClass() throws IOException {
    String own = UserErf.class.getName();
    assertThat(parse(LEAST, "network.activation=" + own).network().activation()).isEqualTo(own);
    assertRefused("there is no class com.example.Nobody", "network.activation=com.example.Nobody");
    assertRefused("does not implement", "network.activation=java.lang.String");
    assertRefused("or the full name of a class", "network.activation=rely");
  }

  @Test
  void densitiesAndQuantiles() throws IOException {
    JobConfig job =
        parse(Verb.FLOW, LEAST, "flow.densities=3", "flow.density-draws=500", "contraction.seed=9");
    assertThat(job.flow()).isEqualTo(new FlowConfig(false, 3, 500, 9));
    assertThatThrownBy(
            () -> parse(Verb.FLOW, LEAST, "flow.densities=1", "network.hidden-widths=[2147483648]"))
        .hasMessageContaining("flow.density-draws")
        .hasMessageContaining("take days");
    OutputConfig output =
        parse(LEAST, "predict.quantiles=[0.1,0.9]", "predict.quantiles-of=target").output();
    assertThat(output.quantiles()).isEqualTo(new Quantiles(List.of(0.1, 0.9), Quantiles.Of.TARGET));
    String own = "network.activation=" + UserErf.class.getName();
    for (String wish : List.of("predict.quantiles=[0.1]", "output.hidden-kernels=true")) {
      assertThat(parse(LEAST, wish, own).contraction().engine())
          .isEqualTo(ContractionConfig.Engine.AUTO);
      assertThat(parse(LEAST, wish, "contraction.engine=sampled").contraction().engine())
          .isEqualTo(ContractionConfig.Engine.SAMPLED);
    }
    assertRefused("variances", "predict.quantiles=[0.1]", "contraction.quantities=mean");
  }

  /** What is made of four-point moments is refused of an activation that has none. */
  @Test
  void fourPointMoments() throws IOException {
    String own = "network.activation=" + UserErf.class.getName();
    assertRefused("has no four-point moments", own, "contraction.engine=exact");
    assertThat(parse(LEAST, own, "contraction.engine=sampled").contraction().engine())
        .isEqualTo(ContractionConfig.Engine.SAMPLED);
    assertThatThrownBy(() -> parse(Verb.FLOW, LEAST, own, "flow.tensors=true"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("flow.tensors = true")
        .hasMessageContaining("has no four-point moments");
  }

  /** The configuration of a fit will do: what only fits read may stand there too. */
  @Test
  void predictNeedsAModelAndRows() throws IOException {
    PredictConfig job = parsePredict("model.path=m", "data.test=b.csv", "network.activation=relu");
    assertThat(job.model()).isEqualTo("m");
    assertThat(job.data().test()).contains("b.csv");
    assertThat(job.order()).isEqualTo(Order.CORRECTED);
    assertThat(job.invalid()).isEqualTo(InvalidRows.ERROR);
    assertThat(job.columns()).isEmpty();
    assertThat(job.hiddenWidths()).isEmpty();
    assertThat(parsePredict("model.path=m", "data.test=b.csv", "predict.columns=*").columns())
        .containsExactly("*");
    assertThatThrownBy(() -> parsePredict("data.test=b.csv")).hasMessageStartingWith("model.path");
    assertThatThrownBy(() -> parsePredict("model.path=m")).hasMessageStartingWith("data.test");
    for (String wrong :
        List.of(
            "predict.order=2",
            "predict.order=0.5",
            "predict.handle-invalid=drop",
            "predict.hidden-widths=[0]",
            "predict.columns=[a,a]")) {
      assertThatThrownBy(() -> parsePredict("model.path=m", "data.test=b.csv", wrong))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(wrong.substring(0, wrong.indexOf('=')));
    }
  }

  @Test
  void chainsHaveTheSeedOfContractionsUnlessTheyHaveTheirOwn() throws IOException {
    assertThat(chainSeed()).isEqualTo(7);
    assertThat(chainSeed("contraction.seed=5")).isEqualTo(5);
    assertThat(chainSeed("contraction.seed=5", "networks.seed=11")).isEqualTo(11);
    assertRefused("networks.seed", "networks.seed=first");
  }

  @Test
  void networksAreNotChosenByAnEvidenceThatNobodyComputes() throws IOException {
    String off = "networks.evidence=false";
    assertThat(parse(LEAST, "posterior.method=networks", off).posterior().chains().evidence())
        .isFalse();
    assertRefused(
        "networks.evidence",
        "posterior.method=networks",
        "network.hidden-widths=auto",
        "widths=[2,3]",
        off);
  }

  private long chainSeed(String... overrides) throws IOException {
    JobConfig config = parse(LEAST, overrides);
    return config.posterior().chains().of(List.of(), config.contraction().seed()).seed();
  }

  private PredictConfig parsePredict(String... overrides) throws IOException {
    Path file = Files.writeString(directory.resolve("job.conf"), LEAST);
    return PredictConfig.parse(file.toFile(), List.of(overrides), ACTIVATIONS);
  }

  private void assertRefused(String named, String... overrides) {
    assertThatThrownBy(() -> parse(LEAST, overrides))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(named);
  }

  private JobConfig parse(String text, String... overrides) throws IOException {
    return parse(Verb.FIT, text, overrides);
  }

  private JobConfig parse(Verb verb, String text, String... overrides) throws IOException {
    Path file = Files.writeString(directory.resolve("job.conf"), text);
    return JobConfig.parse(verb, file.toFile(), List.of(overrides), ACTIVATIONS);
  }
}
