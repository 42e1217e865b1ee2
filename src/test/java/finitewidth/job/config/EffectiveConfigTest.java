package finitewidth.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectiveConfigTest {
  @TempDir private Path directory;

  @Test
  void theSameJobHasTheSameFingerprint() throws IOException {
    String plain = print("data.train = x.csv\nnoise-variance = 0.01");
    assertThat(plain).matches("[0-9a-f]{64}");
    assertThat(print("noise-variance = 1e-2, data { train = \"x.csv\" }")).isEqualTo(plain);
    assertThat(print("data.train = x.csv")).as("the default").isEqualTo(plain);
    assertThat(print("data.train = x.csv", "noise-variance=0.010")).isEqualTo(plain);
    assertThat(print("data.train = x.csv\noutput.path = elsewhere")).isEqualTo(plain);
    assertThat(print("data.train = x.csv\nnetwork.hidden-widths = [128, 128.0]")).isEqualTo(plain);
  }

  @Test
  void anotherJobHasAnother() throws IOException {
    String plain = print("data.train = x.csv");
    assertThat(print("data.train = y.csv")).isNotEqualTo(plain);
    assertThat(print("data.train = x.csv\nnoise-variance = 0.02")).isNotEqualTo(plain);
    assertThat(print("data.train = x.csv\ndata.target = [target]")).isNotEqualTo(plain);
  }

  @Test
  void secretsAreNeitherShownNorHashed() throws IOException {
    EffectiveConfig config = read("data.train = \"s3a://key:hunter2@bucket/x.csv\"");
    assertThat(config.given().get("data.train"))
        .isEqualTo("s3a://*********(redacted)@bucket/x.csv");
    assertThat(print("data.train = \"s3a://key:other@bucket/x.csv\""))
        .isEqualTo(config.fingerprint());
  }

  @Test
  void optionsOfReadersHaveTheirOwnNames() throws IOException {
    EffectiveConfig config =
        read("data { train = x, format = mine, options { b = 1, password = hunter2, quote = q } }");
    assertThat(config.given())
        .containsEntry("data.options.quote", "q")
        .containsEntry("data.options.b", "1")
        .containsEntry("data.options.password", "*********(redacted)")
        .hasSize(5);
    String plain = print("data.train = x.csv");
    assertThat(print("data.train = x.csv\ndata.options.comment = c")).isNotEqualTo(plain);
    assertThat(print("data.train = x.csv\ndata.options.quote = \"\\\"\"")).isEqualTo(plain);
    assertThat(print("data.train = x.csv\ndata.options.decimal = \".\"")).isEqualTo(plain);
  }

  @Test
  void whatWasGivenIsShown() throws IOException {
    assertThat(read("data.train = x.csv\nwidths = [64, 1.5]", "data.seed=9").given())
        .containsEntry("data.train", "x.csv")
        .containsEntry("widths", "[64,1.5]")
        .containsEntry("data.seed", "9")
        .hasSize(3);
  }

  private String print(String text, String... overrides) throws IOException {
    return read(text, overrides).fingerprint();
  }

  private EffectiveConfig read(String text, String... overrides) throws IOException {
    Path file = Files.writeString(directory.resolve("x.conf"), text + "\n");
    return EffectiveConfig.of(ConfigValues.read(file.toFile(), List.of(overrides)));
  }
}
