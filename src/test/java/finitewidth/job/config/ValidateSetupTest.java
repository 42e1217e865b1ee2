package finitewidth.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.gaussian.activations.Activations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateSetupTest {
  private static final String LEAST = "data.train = a.csv\noutput.path = out\n";

  @TempDir private Path directory;

  private ValidateSetup parse(String... overrides) throws IOException {
    Path file = Files.writeString(directory.resolve("job.conf"), LEAST);
    return ValidateSetup.parse(file.toFile(), List.of(overrides), Activations.names());
  }

  private void assertRefused(String part, String... overrides) {
    assertThatThrownBy(() -> parse(overrides))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(part);
  }

  @Test
  void defaults() throws IOException {
    ValidateSetup parsed = parse();
    assertThat(parsed.validate().widths()).containsExactly(32, 64, 128, 256, 512);
    assertThat(parsed.validate().draws()).isEqualTo(100_000);
    assertThat(parsed.validate().seed()).isEqualTo(7);
    assertThat(parsed.job().data().trainRows()).isEqualTo(OptionalInt.of(20));
    assertThat(parsed.job().data().testRows()).isEqualTo(OptionalInt.of(20));
  }

  @Test
  void widthsOfTheFitAreTakenWhereThereAreNone() throws IOException {
    assertThat(parse("widths=[256,64]").validate().widths()).containsExactly(64, 256);
    assertThat(parse("widths=[256,64]", "validate.widths=[48]").validate().widths())
        .containsExactly(48);
    assertRefused("set validate.widths", "widths=[64.5]");
  }

  @Test
  void widthsMustBeThereAndDiffer() {
    assertRefused("at least one", "validate.widths=[]");
    assertRefused("validate.widths = [8,8]", "validate.widths=[8,8]");
    assertRefused("whole numbers from 1", "validate.widths=[0]");
    assertRefused("whole numbers from 1", "validate.widths=[2.5]");
    assertRefused("whole numbers from 1", "validate.widths=64");
    assertRefused("network.hidden-widths", "network.hidden-widths=auto");
  }

  @Test
  void rowsAreASubset() throws IOException {
    assertThat(parse("data.train-rows=15").job().data().trainRows()).isEqualTo(OptionalInt.of(15));
    assertThat(parse("data.train-rows=200").job().data().trainRows()).isEqualTo(OptionalInt.of(20));
    assertRefused("data.train-rows = 30", "data.train-rows=30", "validate.train-rows=31");
    assertRefused("data.test-rows = 3", "data.test-rows=3", "validate.test-rows=4");
    assertRefused("whole number from 2", "validate.train-rows=1");
    assertRefused("whole number from 1", "validate.test-rows=0");
  }

  @Test
  void drawsAndOthers() throws IOException {
    assertThat(parse("validate.draws=64", "contraction.seed=3").validate().seed()).isEqualTo(3);
    assertRefused("validate.draws", "validate.draws=63");
    assertRefused("validate.draws", "validate.draws=many");
    assertRefused("did you mean validate.draws", "validate.drawz=100");
    assertRefused("accepted is all", "contraction.quantities=mean");
    assertRefused("sampled or auto", "network.activation=tanh", "contraction.engine=exact");
  }

  @Test
  void hiddenKernelsNeedTheExactContractionAndFewRows() throws IOException {
    assertThat(parse().validate().hiddenKernels()).isFalse();
    assertThat(parse("output.hidden-kernels=true").validate().hiddenKernels()).isFalse();
    ValidateSetup parsed = parse("validate.hidden-kernels=true");
    assertThat(parsed.validate().hiddenKernels()).isTrue();
    assertThat(parsed.job().contraction().engine()).isEqualTo(ContractionConfig.Engine.EXACT);
    assertRefused("accepted is true or false", "validate.hidden-kernels=perhaps");
    assertRefused(
        "validate.hidden-kernels = true",
        "validate.hidden-kernels=true",
        "contraction.engine=sampled");
    assertRefused(
        "network.activation = tanh has not",
        "validate.hidden-kernels=true",
        "network.activation=tanh");
    assertRefused(
        "at most 100 training rows, and validate.train-rows = 101",
        "validate.hidden-kernels=true",
        "validate.train-rows=101");
    assertThat(parse("validate.train-rows=101").validate().hiddenKernels()).isFalse();
  }

  /** Noise of the correction must be below the remainder, unless the user knows better. */
  @Test
  void sampledCorrectionsAreAccurate() throws IOException {
    assertThat(parse().job().contraction().tolerance()).isLessThan(1e-3);
    assertThat(parse("contraction.tolerance=0.01").job().contraction().tolerance()).isEqualTo(0.01);
    assertThat(parse("contraction.max-draws=5000").job().contraction().maxDraws()).isEqualTo(5000);
  }

  private ValidateConfig.Method method(String... overrides) throws IOException {
    return parse(overrides).validate().method();
  }

  /** No way is held against itself. */
  @Test
  void theTruthIsHadByAnotherWay() throws IOException {
    assertThat(method()).isEqualTo(ValidateConfig.Method.AUTO);
    assertThat(method("validate.method=chains")).isEqualTo(ValidateConfig.Method.CHAINS);
    assertThat(method("posterior.method=networks")).isEqualTo(ValidateConfig.Method.DRAWS);
    assertThat(method("posterior.method=ensemble")).isEqualTo(ValidateConfig.Method.CHAINS);
    assertRefused("accepted is draws", "posterior.method=networks", "validate.method=chains");
    assertRefused("accepted is chains", "posterior.method=ensemble", "validate.method=draws");
    assertRefused("accepted is draws, chains, auto", "validate.method=both");
  }

  @Test
  void drawsWhereChainsCannotBe() throws IOException {
    assertThat(method("validate.hidden-kernels=true")).isEqualTo(ValidateConfig.Method.DRAWS);
    assertThat(method("noise-variance=0")).isEqualTo(ValidateConfig.Method.DRAWS);
    assertRefused("need noise", "validate.method=chains", "noise-variance=0");
    assertRefused(
        "compared with draws alone", "validate.method=chains", "validate.hidden-kernels=true");
    assertRefused(
        "networks has no kernels of hidden layers",
        "posterior.method=networks",
        "validate.hidden-kernels=true");
  }

  /** Errors come from the scatter between chains, and all of their iterations count. */
  @Test
  void moreChainsThanForAFit() throws IOException {
    assertThat(parse().validate().chains(1).chains()).isEqualTo(16);
    assertThat(parse().validate().chains(1).states()).isEqualTo(6400);
    assertThat(parse().validate().chains(1).least()).isEqualTo(2000);
    assertThat(parse("networks.chains=32").validate().chains(1).states()).isEqualTo(12_800);
    assertThat(parse("networks.chains=4", "networks.states=40").validate().chains(2).states())
        .isEqualTo(40);
    assertThat(parse("posterior.method=ensemble").job().posterior().chains().chains()).isEqualTo(8);
    assertRefused("networks.states", "networks.states=15");
  }
}
