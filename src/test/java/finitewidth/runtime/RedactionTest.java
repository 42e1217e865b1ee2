package finitewidth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  private final Redaction redaction = Redaction.of(Redaction.STANDARD);

  @Test
  void sparksOwnDefault() {
    assertThat(
            org.apache
                .spark
                .internal
                .config
                .package$
                .MODULE$
                .SECRET_REDACTION_PATTERN()
                .defaultValueString())
        .isEqualTo(Redaction.STANDARD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data.train=s3a://AKIA:hunter2@bucket/train.csv: no such file",
        "sftp://me:hunter2@host:22/x",
        "sftp://me:hunter2/x@host/y",
        "spark.hadoop.fs.s3a.secret.key=hunter2",
        "fs.azure.account.oauth2.client.secret = \"hunter2\", line 3",
        "jdbc:postgresql://db:5432/rows?user=me&password=hunter2&ssl=true",
        "https://x.blob.core.windows.net/c/b?sv=2022&sig=hunter2",
        "PASSWORD=hunter2;x=1"
      })
  void secretsAreMasked(String text) {
    assertThat(redaction.text(text)).doesNotContain("hunter2").contains(Redaction.MASK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hdfs://namenode:8020/data/a@b.csv has no rows",
        "abfss://container@account.dfs.core.windows.net/x",
        "contraction.seed = 7 (job.conf, line 3): accepted is a whole number",
        "column \"token_count\" holds \"x\", not a number",
        "widths [128, 128]       rmse     60.638  nlpd     5.5315",
        "10:30:22 at x@y"
      })
  void otherTextStaysAsItIs(String text) {
    assertThat(redaction.text(text)).isEqualTo(text);
  }

  @Test
  void theRestOfALineStays() {
    assertThat(redaction.text("a.password=x&user=me s3a://k:s@bucket/p"))
        .isEqualTo(
            "a.password=" + Redaction.MASK + "&user=me s3a://" + Redaction.MASK + "@bucket/p");
  }

  @Test
  void valuesGoByTheirKey() {
    assertThat(redaction.value("my.token", "abc")).isEqualTo(Redaction.MASK);
    assertThat(redaction.value("data.train", "abc")).isEqualTo("abc");
    assertThat(Redaction.of("(?i)train").value("data.train", "abc")).isEqualTo(Redaction.MASK);
  }
}
