package finitewidth.job.output;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.job.config.OutputConfig;
import finitewidth.job.console.Console;
import finitewidth.job.console.RunId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {
  @TempDir private Path directory;

  /** A page that cannot be made costs the page, not the result, and is told. */
  @Test
  void aFaultOfThePageLeavesTheResult() throws Exception {
    Path target = directory.resolve("out");
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    try (ResultDirectory result =
        ResultDirectory.reserve(
            new Configuration(),
            new OutputConfig(target.toString(), OutputConfig.Format.JSON, false, Optional.empty()),
            List.of(),
            RunId.fresh(),
            line -> {})) {
      result.write("summary.json", "{}");
      ReportFile.write(
          result,
          new Console(out, out),
          () -> {
            throw new IllegalStateException("no colours left");
          });
      result.complete();
    }
    assertThat(target.resolve("summary.json")).hasContent("{}");
    assertThat(target.resolve("report.html")).doesNotExist();
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("warning: there is no report.html")
        .contains("no colours left");
    assertThat(Files.list(directory)).hasSize(1);
  }

  @Test
  void namesOfData() {
    assertThat(ReportFile.dataName("examples/concrete.csv")).isEqualTo("concrete.csv");
    assertThat(ReportFile.dataName("hdfs://host/a/b/")).isEqualTo("b");
    assertThat(ReportFile.dataName("data/*.parquet")).isEqualTo("*.parquet");
  }
}
