package finitewidth.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.data.Columns;
import finitewidth.data.Columns.Targets;
import finitewidth.data.DataConfig;
import finitewidth.data.DataConfigs;
import finitewidth.data.DataException;
import finitewidth.data.TrainingSet;
import finitewidth.data.scale.FeatureScaling;
import finitewidth.data.table.DataFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as they are called, packed, cut off and mixed where people keep them. */
class OddFilesTest {
  private static final List<String> NAMES =
      List.of(
          "a b", "a%20b", "a#b", "a+b", "a?b", "a*b", "a{b,c}", "a,b", "a\\b", "a\nb", "a:b",
          "${a}b", "ü", "a'b\"", "a;b&c", "a=b", "data1", "data[1]");

  private static SparkSession spark;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 2)
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void everyNameIsReadOnceInTheOrderOfNames() throws IOException {
    for (String name : NAMES) {
      text(name + ".csv", "x,target\n" + NAMES.indexOf(name) + ",1\n");
      parquet(name + ".parquet", "double x; double target;", NAMES.indexOf(name), 1.0);
    }
    double[] expected =
        NAMES.stream().map(name -> name + ".").sorted().mapToDouble(this::index).toArray();
    for (String format : List.of("csv", "parquet")) {
      assertThat(read(path("*." + format)).features().data()).containsExactly(expected);
      for (String name : List.of("a?b", "a{b,c}", "a\\b", "a\nb", "a:b", "data[1]")) {
        assertThat(inputs(path(name + "." + format)).features().data())
            .containsExactly(NAMES.indexOf(name));
      }
    }
  }

  private double index(String name) {
    return NAMES.indexOf(name.substring(0, name.length() - 1));
  }

  @Test
  void hiddenFilesAreReadWhereTheyAreNamed() throws IOException {
    text("_h.csv", "x,target\n5,1\n6,1\n");
    assertThat(read(path("_h.csv")).features().data()).containsExactly(5, 6);
    parquet(".h.parquet", "double x; double target;", 5.0, 1.0);
    assertThat(inputs(path(".h.parquet")).features().data()).containsExactly(5);
  }

  @Test
  void blankLinesBeforeTheHeaderCountAsLines() throws IOException {
    text("a.csv", "\n  \r\nx,target\n\n5,1\n6,1\n");
    assertThat(read(path("a.csv")).features().data()).containsExactly(5, 6);
    text("b.csv", "\n\n");
    text("c.csv", "\n\nx,target\n7,1\n\noops,1\n");
    assertFault("*.csv", "c.csv, row 1 (line 6)", "\"oops\"");
    text("c.csv", "x,target\n7,1\n");
    assertThat(read(path("*.csv")).features().data()).containsExactly(5, 6, 7);
    assertFault("b.csv", "b.csv has no rows: its first line must hold column names");
  }

  @Test
  void whatIsNoTextIsNamed() throws IOException {
    byte[] packed = gzip("x,target\n1,2\n");
    Files.write(directory.resolve("a.csv"), packed);
    assertFault("a.csv", "a.csv cannot be read: it is packed with gzip; call it a.csv.gz");
    Files.write(directory.resolve("a.libsvm"), packed);
    assertFault("a.libsvm", "call it a.libsvm.gz");
    text("b.csv.gz", "x,target\n1,2\n");
    assertFault("b.csv.gz", "b.csv.gz cannot be read: it is not packed with gzip");
    parquet("c.parquet", "double x;", 1.0);
    Files.move(directory.resolve("c.parquet"), directory.resolve("c.csv"));
    assertFault("c.csv", "c.csv cannot be read: it is a Parquet file");
    text("d.csv", "PK\u0003\u0004\u0014\u0000");
    assertFault("d.csv", "an Excel workbook; save it as csv");
    text("e.csv", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n");
    assertFault("e.csv", "git lfs pull");
    text("f.csv", "<!DOCTYPE html>\n<p>Sign in</p>");
    assertFault("f.csv", "a web page");
    // Columns may be called so.
    text("g.csv", "ORC,BZh,target\n1,2,3\n2,1,4\n");
    assertThat(read(path("g.csv")).rows()).isEqualTo(2);
  }

  /** Only the task that comes to the place finds it. */
  @Test
  void damageIsNamedWithItsFileAndLine() throws IOException {
    StringBuilder lines = new StringBuilder("x,target\n");
    StringBuilder vectors = new StringBuilder();
    for (int i = 0; i < 40_000; i++) {
      lines.append(i * 0.37).append(",1\n");
      vectors.append("1 1:").append(i * 0.37).append('\n');
    }
    text("s.csv/a.csv", "x,target\n1,2\n3,4\n");
    byte[] packed = gzip(lines.toString());
    Files.write(directory.resolve("s.csv/b.csv.gz"), Arrays.copyOf(packed, packed.length / 2));
    assertThatThrownBy(() -> read(path("s.csv")))
        .isInstanceOf(DataException.class)
        .message()
        .matches(".*/s.csv/b.csv.gz cannot be read from line [12]\\d{4} on: [^\n]+");
    Files.createDirectory(directory.resolve("v.libsvm"));
    byte[] more = gzip(vectors.toString());
    Files.write(directory.resolve("v.libsvm/b.gz"), Arrays.copyOf(more, more.length / 2));
    assertFault("v.libsvm", "v.libsvm/b.gz cannot be read from line ");
  }

  private void text(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private void parquet(String name, String columns, double... row) throws IOException {
    OddParquet.write(directory.resolve(name), columns, row);
  }

  private String path(String name) {
    return directory + "/" + name;
  }

  private void assertFault(String name, String... parts) {
    assertThatThrownBy(() -> read(path(name)))
        .isInstanceOf(DataException.class)
        .message()
        .contains(parts)
        .doesNotContain("\n");
  }

  /** Both rows and a test file, so that none is held out. */
  private static TrainingSet read(String path) {
    return reader(path).openForFit().onDriver();
  }

  private static TrainingSet inputs(String path) {
    return reader(path).openInputs().onDriver();
  }

  private static DataReader reader(String path) {
    Columns columns =
        new Columns(
            List.of(), new Targets(List.of("target"), false), Optional.empty(), Optional.empty());
    DataConfig config =
        DataConfigs.of(
            path, Optional.of(path), columns, 0.2, OptionalInt.empty(), OptionalInt.empty(), 7);
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    return new DataReader(
        spark, config, DataFiles.locate(hadoop, config), FeatureScaling.STANDARDIZE);
  }
}
