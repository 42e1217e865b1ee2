package finitewidth.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.data.Columns;
import finitewidth.data.Columns.Targets;
import finitewidth.data.DataConfig;
import finitewidth.data.DataConfigs;
import finitewidth.data.DataException;
import finitewidth.data.DataRow;
import finitewidth.data.Encoding;
import finitewidth.data.InvalidRows;
import finitewidth.data.Reading;
import finitewidth.data.scale.FeatureScaling;
import finitewidth.data.table.DataFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cells and columns of files mean, in the encodings and habits that files come in. */
class ColumnMeaningTest {
  private static final Columns TARGET =
      new Columns(
          List.of(), new Targets(List.of("target"), false), Optional.empty(), Optional.empty());
  private static final Columns LABEL =
      new Columns(List.of("f"), new Targets(List.of(), false), Optional.of("c"), Optional.of("id"));
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

  /** Labels and ids are the texts that they were, whatever the file is written in. */
  @Test
  void textsComeBackToTheLetter() throws IOException {
    List<String> texts =
        List.of(
            "01",
            "1",
            "1.0",
            " 1",
            "a,b",
            "\"q\"",
            "A",
            "a",
            "é",
            "e\u0301",
            "x y ",
            "true",
            "TRUE",
            "😀",
            "\u0001",
            "1e5",
            "l".repeat(5000));
    StringBuilder text = new StringBuilder("id,f,c\n");
    for (int i = 0; i < texts.size(); i++) {
      String quoted = "\"" + texts.get(i).replace("\"", "\"\"") + "\"";
      text.append(quoted).append(',').append(i).append(',').append(quoted).append('\n');
    }
    for (String encoding : List.of("utf-8-sig", "utf-16", "utf-16le", "gb18030")) {
      Charset charset = Charset.forName(Encoding.of(encoding).orElseThrow().charset());
      String marked = encoding.equals("utf-8-sig") ? "\uFEFF" + text : text.toString();
      byte[] bytes = marked.getBytes(charset);
      String path =
          encoding.startsWith("utf-16") ? zipped("t.csv.gz", bytes) : file("t.csv", bytes);
      OpenedData data =
          reader(config(path, LABEL, reading(encoding, InvalidRows.ERROR))).openForFit();
      assertThat(data.onDriver().ids()).as(encoding).containsExactlyElementsOf(texts);
      assertThat(data.onDriver().schema().outputNames()).containsExactlyInAnyOrderElementsOf(texts);
      List<DataRow> rows = new ArrayList<>(data.test().rows().collect());
      rows.sort(Comparator.comparingLong(DataRow::number));
      assertThat(rows).extracting(DataRow::label).containsExactlyElementsOf(texts);
    }
  }

  @Test
  void bytesThatAreNoTextHaveAPlace() throws IOException {
    Charset latin = Charset.forName("ISO-8859-1");
    String label = file("l.csv", "id,f,c\n1,1,th\n2,2,thé\n3,3,thè\n".getBytes(latin));
    assertFault(label, LABEL, "l.csv, row 1 (line 3): column \"c\"", "not UTF-8", "E9");
    assertThat(classes(label, "latin1")).containsExactly("th", "thè", "thé");
    String id = file("i.csv", "id,f,c\nü,1,a\n2,2,b\n".getBytes(latin));
    assertFault(id, LABEL, "i.csv, row 0 (line 2): column \"id\"", "hexadecimal FC");
    String cell = file("n.csv", "id,f,c\n1,1\u00B5,a\n2,2,b\n".getBytes(latin));
    assertFault(cell, LABEL, "row 0 (line 2): column \"f\" holds bytes that are not UTF-8");
    String header = file("h.csv", "id,f,größe,c\n1,1,2,a\n2,2,2,b\n".getBytes(latin));
    assertFault(header, LABEL, "header (line 1): the name of column 3", "not UTF-8");
    assertThat(classes(header, "windows-1252")).containsExactly("a", "b");
    String unused = file("u.csv", "id,f,note,c\n1,1,ä,a\n2,2,ö,b\n".getBytes(latin));
    assertThat(classes(unused, "utf-8")).containsExactly("a", "b");
    String wide = file("w.csv", "id,f,c\n1,1,a\n2,2,b\n".getBytes(Charset.forName("UTF-16LE")));
    assertFault(wide, LABEL, "header (line 1)", "utf-16");
    byte[] torn = "id,f,c\n1,1,a\n2,2,bx\n".getBytes(Charset.forName("UTF-16LE"));
    torn[torn.length - 3] = (byte) 0xD8;
    assertThatThrownBy(() -> classes(file("x.csv", torn), "utf-16le"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("row 1 (line 3): column \"c\" holds bytes that are not UTF-16LE");
    String vectors = file("v.libsvm", "1 1:2 # ä\n2 1:\u00B5\n".getBytes(latin));
    assertFault(vectors, TARGET, "v.libsvm, row 1 (line 2): the row holds bytes");
  }

  @Test
  void rowsThatLackSomethingAreRefusedOrLeftOut() throws IOException {
    StringBuilder text = new StringBuilder("id,f,g,c\n");
    for (int i = 0; i < 40; i++) {
      String f = i == 3 ? "NA" : i == 5 ? "1e999" : i == 6 ? "" : "" + i;
      String c = i == 7 ? "\"None\"" : i == 9 ? " ? " : i % 2 == 0 ? "x" : "y";
      text.append(i == 11 ? "null" : i).append(',').append(f).append(",0,").append(c).append('\n');
    }
    String path = file("t.csv", text.toString().getBytes(Charset.forName("UTF-8")));
    assertFault(
        path,
        LABEL,
        "row 3 (line 5): column \"f\" is \"NA\", a missing value",
        "data.handle-invalid = skip leaves such rows out");
    DataConfig config = config(path, LABEL, reading("utf-8", InvalidRows.SKIP));
    DataConfig held =
        DataConfigs.of(
            path,
            Optional.empty(),
            LABEL,
            0.25,
            OptionalInt.of(20),
            OptionalInt.empty(),
            7,
            config.reading());
    OpenedData opened = reader(config).openForFit();
    List<Long> whole =
        IntStream.range(0, 40)
            .filter(i -> !List.of(3, 5, 6, 7, 9, 11).contains(i))
            .mapToObj(i -> (long) i)
            .toList();
    assertThat(opened.onDriver().numbers()).isEqualTo(whole);
    assertThat(opened.distributed().end()).isEqualTo(40);
    assertThat(opened.warnings())
        .containsExactly(
            path + ": 6 of 40 rows that lacked a value left out (data.handle-invalid = skip)");
    OpenedData parts = reader(held).openForFit();
    List<Long> tested = parts.test().rows().map(DataRow::number).collect();
    assertThat(parts.onDriver().numbers()).hasSize(20).isSubsetOf(whole);
    assertThat(tested).hasSize(9).isSubsetOf(whole);
    assertThat(tested).doesNotContainAnyElementsOf(parts.onDriver().numbers());
    // Asked for, they are classes of their own.
    Reading none = Reading.of(Encoding.UTF_8, List.of(), InvalidRows.SKIP);
    assertThat(reader(config(path, LABEL, none)).openForFit().onDriver().schema().outputNames())
        .containsExactlyInAnyOrder("x", "y", "None", " ? ");
    String all = file("n.csv", "id,f,c\n1,NA,a\n2,?,b\n".getBytes(Charset.forName("UTF-8")));
    assertThatThrownBy(
            () -> reader(config(all, LABEL, reading("utf-8", InvalidRows.SKIP))).openForFit())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("2 of 2 rows lack a value");
  }

  @Test
  void rowIndicesAreNoFeatures() throws IOException {
    assertFeatures(",a,b,target", "\"\" (it has no name)", "a", "b");
    assertFeatures(",Unnamed: 0,Unnamed: 0.1,a,b,target", "\"Unnamed: 0.1\"", "a", "b");
    assertFeatures("__index_level_0__,a,target", "\"__index_level_0__\"", "a");
    assertFeatures("index,a,target", "\"index\"", "a");
    assertFeatures("a,Id,target", "\"Id\"", "a");
    // These say nothing by their names, or are all that there is.
    assertFeatures("time,a,target", "", "time", "a");
    assertFeatures("X,target", "", "X");
    String path = table("index,a,target", true);
    assertThat(features(path, TARGET)).containsExactly("index", "a");
    Columns asked =
        new Columns(
            List.of("", "a"), TARGET.targets(), Optional.empty(), Optional.empty(), List.of());
    assertThat(features(table(",a,b,target", false), asked)).containsExactly("", "a");
    Columns but =
        new Columns(
            List.of(), TARGET.targets(), Optional.empty(), Optional.empty(), List.of("b", "c"));
    assertThat(features(table("a,b,c,d,target", false), but)).containsExactly("a", "d");
    assertFault(table("a,b,target", false), but, "no column \"c\" (data.features.all-but)");
    assertFault(table(",target", false), TARGET, "has no feature columns", "row index");
  }

  private void assertFeatures(String header, String named, String... features) throws IOException {
    String path = table(header, false);
    OpenedData inputs = reader(config(path, TARGET, Reading.standard())).openInputs();
    assertThat(inputs.onDriver().schema().featureNames()).as(header).containsExactly(features);
    List<String> warnings = inputs.warnings();
    if (named.isEmpty()) {
      assertThat(warnings).isEmpty();
    } else {
      assertThat(warnings).hasSize(1);
      assertThat(warnings.get(0)).contains(named, "data.features = [");
    }
    String parquet = directory.resolve("t.parquet").toString();
    if (header.startsWith("__") || header.startsWith("index")) {
      spark
          .read()
          .option("header", true)
          .option("inferSchema", true)
          .csv(path)
          .coalesce(1)
          .write()
          .mode("overwrite")
          .parquet(parquet);
      assertThat(features(parquet, TARGET)).as(header).containsExactly(features);
    }
  }

  /** A table whose columns all count rows, from 1, or backwards. */
  private String table(String header, boolean backwards) throws IOException {
    StringBuilder text = new StringBuilder(header).append('\n');
    for (int i = 1; i <= 20; i++) {
      String cell = Integer.toString(backwards ? 20 - i : i);
      text.append(header.replaceAll("[^,]+", cell).replaceAll("^(?=,)|(?<=,)(?=,|$)", cell));
      text.append('\n');
    }
    return file("t.csv", text.toString().getBytes(Charset.forName("UTF-8")));
  }

  private static List<String> features(String path, Columns columns) {
    return reader(config(path, columns, Reading.standard()))
        .openForFit()
        .onDriver()
        .schema()
        .featureNames();
  }

  private static List<String> classes(String path, String encoding) {
    return reader(config(path, LABEL, reading(encoding, InvalidRows.ERROR)))
        .openForFit()
        .onDriver()
        .schema()
        .outputNames();
  }

  private static void assertFault(String path, Columns columns, String... parts) {
    assertThatThrownBy(() -> reader(config(path, columns, Reading.standard())).openForFit())
        .isInstanceOf(DataException.class)
        .message()
        .contains(parts)
        .doesNotContain("\n");
  }

  private static Reading reading(String encoding, InvalidRows invalid) {
    return Reading.of(Encoding.of(encoding).orElseThrow(), Reading.usualNulls(), invalid);
  }

  private static DataConfig config(String path, Columns columns, Reading reading) {
    return DataConfigs.of(
        path,
        Optional.of(path),
        columns,
        0.2,
        OptionalInt.empty(),
        OptionalInt.empty(),
        7,
        reading);
  }

  private static DataReader reader(DataConfig config) {
    DataFiles files = DataFiles.locate(spark.sparkContext().hadoopConfiguration(), config);
    return new DataReader(spark, config, files, FeatureScaling.STANDARDIZE);
  }

  private String file(String name, byte[] bytes) throws IOException {
    return Files.write(directory.resolve(name), bytes).toString();
  }

  private String zipped(String name, byte[] bytes) throws IOException {
    Path path = directory.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
      out.write(bytes);
    }
    return path.toString();
  }
}
