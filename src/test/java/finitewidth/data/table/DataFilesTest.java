package finitewidth.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.data.DataException;
import finitewidth.data.FileFormat;
import finitewidth.data.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What paths and globs stand for. */
class DataFilesTest {
  @TempDir private Path directory;

  @Test
  void whatIsThereToTheLetterIsMeant() throws IOException {
    write("data1.csv", "data[1].csv", "a{b,c}.csv", "ab.csv", "a?.csv", "a\\b.csv", "a*.csv");
    for (String name : List.of("data[1].csv", "a{b,c}.csv", "a?.csv", "a\\b.csv", "a*.csv")) {
      assertThat(found(name)).containsExactly(name);
    }
    assertThat(found("data*.csv")).containsExactly("data1.csv", "data[1].csv");
    assertThat(found("data[12].csv")).containsExactly("data1.csv");
    assertThat(found("data\\[1\\].csv")).containsExactly("data[1].csv");
    write("in[1]/x.csv", "in1/x.csv");
    assertThat(found("in[1]/*.csv")).containsExactly("in[1]/x.csv");
    assertThat(found("in?/*.csv")).containsExactly("in1/x.csv");
  }

  @Test
  void everyFileIsFoundOnce() throws IOException {
    write("a.csv", "b.csv.gz", "d.csv/part-0", "d.csv/deep/part-1", "e/a.csv");
    assertThat(found("{a,*}.csv")).containsExactly("a.csv", "d.csv/deep/part-1", "d.csv/part-0");
    assertThat(found("*.csv{,.gz}")).contains("a.csv", "b.csv.gz");
    assertThat(found("*.csv*")).contains("a.csv", "b.csv.gz");
    assertThat(found("{a,e/a}.csv")).containsExactly("a.csv", "e/a.csv");
    assertThat(found("a.csv/")).containsExactly("a.csv");
    Files.createSymbolicLink(directory.resolve("d.csv/again"), directory.resolve("d.csv"));
    assertThat(found("d.csv")).containsExactly("d.csv/deep/part-1", "d.csv/part-0");
  }

  @Test
  void aColonIsALetterLikeOthers() throws IOException {
    write("2024-01-01T10:00.csv", "a.csv");
    assertThat(found("a*.csv")).containsExactly("a.csv");
    assertThat(found("*.csv")).containsExactly("2024-01-01T10:00.csv", "a.csv");
    assertThat(found("2024-01-01T10:00.csv")).hasSize(1);
    assertThat(Glob.path("10:00.csv").toUri().getScheme()).isNull();
    assertThat(Glob.path("s3a://b/x.csv").toUri().getScheme()).isEqualTo("s3a");
    assertThat(Glob.path("file:/x.csv").toUri().getScheme()).isEqualTo("file");
  }

  @Test
  void hiddenFilesAreSkippedUnlessAskedFor() throws IOException {
    write(
        "a.csv",
        "._a.csv",
        ".a.csv.crc",
        "_b.csv",
        ".ipynb_checkpoints/a.csv",
        "__MACOSX/._a.csv",
        "d.csv/a",
        "d.csv/_SUCCESS",
        "d.csv/.ipynb_checkpoints/a");
    assertThat(found("*.csv")).containsExactly("a.csv", "d.csv/a");
    assertThat(found("_*.csv")).containsExactly("_b.csv");
    assertThat(found("_b.csv")).containsExactly("_b.csv");
    assertThat(found("._a.csv")).containsExactly("._a.csv");
    assertThat(found(".*/a.csv")).containsExactly(".ipynb_checkpoints/a.csv");
    assertThatThrownBy(() -> found("*/a.csv")).hasMessageContaining("no such file");
  }

  @Test
  void filesOfNoBytesHaveNoRows() throws IOException {
    write("a.csv", "b.csv");
    Files.createFile(directory.resolve("0.csv"));
    assertThat(found("*.csv")).containsExactly("a.csv", "b.csv");
    assertThat(found("0.csv")).containsExactly("0.csv");
  }

  @Test
  void linksThatLeadNowhereAreNamed() throws IOException {
    write("a.csv");
    Files.createSymbolicLink(directory.resolve("b.csv"), Path.of("gone"));
    Files.createSymbolicLink(directory.resolve(".#a.csv"), Path.of("user@host"));
    assertThat(found("a*.csv")).containsExactly("a.csv");
    for (String path : List.of("*.csv", "b.csv")) {
      assertThatThrownBy(() -> found(path))
          .isInstanceOf(DataException.class)
          .hasMessageEndingWith("b.csv is a symbolic link to gone, which is not there");
    }
  }

  @Test
  void mistakesAreSentences() throws IOException {
    write("a.csv");
    assertThatThrownBy(() -> find("~/a.csv")).hasMessageContaining("no such file; ~ is a shell's");
    assertThatThrownBy(() -> found("{a.csv")).hasMessageContaining("Illegal file pattern");
    assertThatThrownBy(() -> found("a.csv/b.csv")).hasMessageContaining("no such file");
    assertThatThrownBy(() -> find("none://x/a.csv")).hasMessageContaining("No FileSystem");
    assertThatThrownBy(() -> find("s3a://bucket/a.csv"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("--packages");
  }

  @Test
  void endings() {
    assertThat(FileFormat.ofPath("x.CSV/")).contains(FileFormat.CSV);
    assertThat(FileFormat.ofPath("x.csv{,.gz}")).contains(FileFormat.CSV);
    assertThat(FileFormat.ofPath("x.{csv,parquet}")).isEmpty();
    assertThat(FileFormat.ofPath("x.parquet*")).contains(FileFormat.PARQUET);
    assertThat(FileFormat.ofPath("x.txt")).isEmpty();
  }

  private void write(String... names) throws IOException {
    for (String name : names) {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
  }

  private static Stream<org.apache.hadoop.fs.Path> find(String given) {
    return DataFiles.find(new Configuration(), "data.train", Source.of(given), Optional.empty())
        .files()
        .stream();
  }

  private List<String> found(String pattern) {
    return find(directory + "/" + pattern)
        .map(path -> directory.relativize(Path.of(path.toUri().getPath())).toString())
        .toList();
  }
}
