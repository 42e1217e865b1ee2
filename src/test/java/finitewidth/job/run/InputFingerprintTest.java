package finitewidth.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.data.DataException;
import finitewidth.data.FileFormat;
import finitewidth.data.Source;
import finitewidth.data.table.DataFiles;
import finitewidth.report.summary.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFingerprintTest {
  @TempDir private Path directory;

  @Test
  void bytesCountAndNotNames() throws IOException {
    RunSummary.Inputs here = print(1000, file("a.csv", "1,2\n"), file("b.csv", "3,4\n"));
    assertThat(here.files()).isEqualTo(2);
    assertThat(here.bytes()).isEqualTo(8);
    assertThat(here.sha256()).matches("[0-9a-f]{64}");
    RunSummary.Inputs there = print(1000, file("c.csv", "1,2\n"), file("d.csv", "3,4\n"));
    assertThat(there).isEqualTo(here);
    assertThat(print(1000, file("a.csv", "1,2\n"), file("b.csv", "3,5\n"))).isNotEqualTo(here);
    assertThat(print(1000, file("b.csv", "3,4\n"), file("a.csv", "1,2\n")))
        .as("rows count in the order of files")
        .isNotEqualTo(here);
    assertThat(print(1000, file("a.csv", "1,2\n3,4\n"))).isNotEqualTo(here);
  }

  @Test
  void longFilesAreNotRead() throws IOException {
    Path file = file("a.csv", "1,2\n");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    RunSummary.Inputs first = print(3, file);
    assertThat(first.of()).isEqualTo("names, lengths and times of change");
    assertThat(print(3, file)).isEqualTo(first);
    Files.setLastModifiedTime(file, FileTime.fromMillis(2_000_000));
    assertThat(print(3, file)).isNotEqualTo(first);
  }

  @Test
  void whatIsGoneIsAFaultOfTheData() throws IOException {
    Path gone = directory.resolve("gone.csv");
    assertThatThrownBy(() -> print(1000, gone))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("gone.csv cannot be read");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static RunSummary.Inputs print(long most, Path... files) {
    List<org.apache.hadoop.fs.Path> paths =
        java.util.Arrays.stream(files)
            .map(file -> new org.apache.hadoop.fs.Path(file.toUri()))
            .toList();
    return InputFingerprint.of(
        new Configuration(),
        new DataFiles(
            new DataFiles.InputFiles(Source.of("x"), FileFormat.CSV, paths), Optional.empty()),
        most);
  }
}
