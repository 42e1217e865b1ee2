package finitewidth.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.data.Columns;
import finitewidth.data.Columns.Targets;
import finitewidth.data.DataConfig;
import finitewidth.data.DataException;
import finitewidth.data.DataRow;
import finitewidth.data.Encoding;
import finitewidth.data.FileFormat;
import finitewidth.data.FileOptions;
import finitewidth.data.InvalidRows;
import finitewidth.data.Reading;
import finitewidth.data.Source;
import finitewidth.data.TestSet;
import finitewidth.data.TrainingSet;
import finitewidth.data.scale.FeatureScaling;
import finitewidth.data.table.DataFiles;
import finitewidth.data.table.RowRules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.apache.hadoop.util.ReflectionUtils;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Formats, and ways of writing them, that are not csv as it is by default. */
class FormatsTest {
  private static final FileOptions STANDARD = FileOptions.of(Encoding.UTF_8);
  private static final Columns TARGET =
      new Columns(
          List.of(), new Targets(List.of("target"), false), Optional.empty(), Optional.empty());
  private static SparkSession spark;

  @TempDir private static Path warehouse;
  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 2)
            .config("spark.sql.warehouse.dir", warehouse.toString())
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void csvAsSpreadsheetsOfEuropeWriteIt() throws IOException {
    String path = file("t.csv", "name;x;target\n\"a;b\";1,5;-2e-3\nc;  2 ;,5\n");
    FileOptions european = options(";", ',', "\"", "\"", true, false, Map.of());
    TrainingSet rows = read(path, id("name"), european);
    assertThat(rows.features().data()).containsExactly(1.5, 2);
    assertThat(rows.targets().data()).containsExactly(-2e-3, 0.5);
    assertThat(rows.ids()).containsExactly("a;b", "c");
    String points = file("p.csv", "x;target\n1,5;1\n1.5;2\n");
    assertFault(
        () -> read(points, TARGET, european),
        "p.csv, row 1 (line 3): column \"x\" holds \"1.5\"",
        "the decimal mark ,");
    assertFault(() -> read(path, TARGET, STANDARD), "t.csv", "data.options.separator");
  }

  @Test
  void tabsQuotesAndEscapesMayBeOthers() throws IOException {
    String tabs = file("t.tsv", "id\tx\ttarget\na,b\t1\t2\n\"c\td\"\t3\t4\n");
    assertThat(read(tabs, id("id"), STANDARD).ids()).containsExactly("a,b", "c\td");
    String single = file("s.csv", "id,x,target\n'a,b',1,2\n'c\\'d',3,4\n\"e\",5,6\n");
    FileOptions other = options(",", '.', "'", "\\", true, false, Map.of());
    assertThat(read(single, id("id"), other).ids()).containsExactly("a,b", "c'd", "\"e\"");
    String none = file("n.csv", "id,x,target\n\"a,1,2\n5\" pipe,3,4\n");
    FileOptions unquoted = options(",", '.', "", "\"", true, false, Map.of());
    assertThat(read(none, id("id"), unquoted).ids()).containsExactly("\"a", "5\" pipe");
    String comment = file("c.csv", "# of\nid,x,target\n# more\n1,1,2\n#\n2,3,4\n#\n3,y,5\n");
    FileOptions comments = options(",", '.', "\"", "\"", true, false, Map.of("comment", "#"));
    assertFault(() -> read(comment, TARGET, comments), "c.csv, row 2 (line 8): column \"x\"");
  }

  @Test
  void aFileMayHaveNoHeader() throws IOException {
    String path = file("t.csv", "\n1,2,a\n\n3,4,b\n");
    FileOptions headless = options(",", '.', "\"", "\"", false, false, Map.of());
    Columns label =
        new Columns(List.of(), new Targets(List.of(), false), Optional.of("f2"), Optional.empty());
    TrainingSet rows = read(path, label, headless);
    assertThat(rows.schema().featureNames()).containsExactly("f0", "f1");
    assertThat(rows.features().data()).containsExactly(1, 2, 3, 4);
    assertThat(rows.schema().outputNames()).containsExactly("a", "b");
    String bad = file("b.csv", "1,2,a\n3,4\n");
    assertFault(
        () -> read(bad, label, headless), "b.csv, row 1 (line 2): the row has 2 cells, the first");
  }

  @Test
  void cellsMayHoldLineBreaks() throws IOException {
    String text = "id,x,target\n\n\"a\nb\",1,2\n\"c\r\n\nd\"\"\",3,4\n  \ne,5,6\n";
    String path = file("t.csv", text);
    FileOptions multi = options(",", '.', "\"", "\"", true, true, Map.of());
    TrainingSet rows = read(path, id("id"), multi);
    assertThat(rows.ids()).containsExactly("a\nb", "c\r\n\nd\"", "e");
    assertThat(rows.features().data()).containsExactly(1, 3, 5);
    String bad = file("b.csv", text + "f,g,8\n");
    assertFault(() -> read(bad, id("id"), multi), "b.csv, row 3 (line 10): column \"x\"");
    String few = file("f.csv", text + "f,8\n");
    assertFault(() -> read(few, id("id"), multi), "f.csv, row 3 (line 10): the row has 2 cells");
    assertFault(
        () -> read(path, id("id"), STANDARD),
        "t.csv, row 0 (line 3): a quote is not closed on its line",
        "data.options.multi-line = true");
    String after = file("a.csv", "id,x,target\na,1,2\n\"a\"b,1,2\n");
    for (FileOptions options : List.of(STANDARD, multi)) {
      assertFault(
          () -> read(after, id("id"), options), "a.csv, row 1 (line 3): text follows a closing");
    }
  }

  /** Whatever stands before it, with other quotes, and where nothing else is wrong. */
  @Test
  void anOpenQuoteInTheLastCellIsNoticed() throws IOException {
    String open = "a quote is not closed";
    FileOptions multi = options(",", '.', "\"", "\"", true, true, Map.of());
    String last = file("l.csv", "x,target,id\n1,2,\"a\"\n3,4,\"b\n5,6,c\n");
    assertFault(() -> read(last, id("id"), STANDARD), "l.csv, row 1 (line 3): " + open);
    assertFault(
        () -> read(last, columns(List.of("x"), ""), STANDARD), "l.csv, row 1 (line 3): " + open);
    assertFault(() -> read(last, id("id"), multi), "l.csv, row 1 (line 3): " + open);
    String number = file("n.csv", "x,target\n1,2\n3,\"4");
    assertFault(() -> read(number, TARGET, STANDARD), "n.csv, row 1 (line 3): " + open);
    assertFault(() -> read(number, TARGET, multi), "n.csv, row 1 (line 3): " + open);
    String doubled = file("d.csv", "x,target,id\n1,2,\"a\"\"\"\n3,4,\"b\"\"\n");
    assertFault(() -> read(doubled, id("id"), STANDARD), "d.csv, row 1 (line 3): " + open);
    FileOptions escaped = options(";", '.', "'", "\\", true, false, Map.of());
    String other = file("e.csv", "x;target;id\n1;2;'a\\''\n3;4;'b\\'\n");
    assertFault(() -> read(other, id("id"), escaped), "e.csv, row 1 (line 3): " + open);
    String whole = file("w.csv", "x,target,id\n1,2,\"a,\"\n3,4,\"\"\"b\"\n5,6,\"c\"");
    for (FileOptions options : List.of(STANDARD, multi)) {
      assertThat(read(whole, id("id"), options).ids()).containsExactly("a,", "\"b", "c");
    }
  }

  /** Each with its own header, in two encodings whose line breaks are several bytes. */
  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-32LE"})
  void wideFilesAreReadWhole(String charset) throws IOException {
    for (int k = 0; k < 3; k++) {
      String text = k == 1 ? "target,x\n2,1\n\n" : "x,target\n1,2\n3,4\n";
      Files.write(directory.resolve(k + ".csv"), text.getBytes(Charset.forName(charset)));
    }
    FileOptions wide = FileOptions.of(Encoding.of(charset).orElseThrow());
    assertThat(read(directory + "/*.csv", TARGET, wide).features().data())
        .containsExactly(1, 3, 1, 1, 3);
  }

  /** Only the task that comes to the place finds it, and the driver tells the line. */
  @Test
  void damageAndFaultsInWholeFilesHaveTheirLine() throws IOException {
    StringBuilder text = new StringBuilder("x,target\n");
    for (int i = 0; i < 120_000; i++) {
      text.append(i == 39_000 ? "\"two\nlines\"" : i * 0.37).append(",1\n");
    }
    FileOptions multi = options(",", '.', "\"", "\"", true, true, Map.of());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    Path path = directory.resolve("t.csv.gz");
    Files.write(path, Arrays.copyOf(bytes.toByteArray(), bytes.size() / 20 * 19));
    assertFault(
        () -> read(path.toString(), TARGET, multi), "t.csv.gz cannot be read from line ", " on: ");
    Files.write(path, Arrays.copyOf(bytes.toByteArray(), bytes.size() / 3));
    assertFault(() -> read(path.toString(), TARGET, multi), "t.csv.gz cannot be read: ");
    Files.write(path, bytes.toByteArray());
    assertThatThrownBy(() -> read(path.toString(), TARGET, multi))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "t.csv.gz, row 39000 (line 39002): column \"x\" holds \"two\nlines\"");
    Path wide = directory.resolve("w.csv");
    Files.write(wide, "x,target\n1,2\n\n3,y\n".getBytes(StandardCharsets.UTF_16));
    FileOptions utf16 = FileOptions.of(Encoding.of("utf-16").orElseThrow());
    assertFault(() -> read(wide.toString(), TARGET, utf16), "w.csv, row 1 (line 4): column");
  }

  @Test
  void jsonHasTypes() throws IOException {
    String path =
        file(
            "t.jsonl",
            "{\"x\":1,\"c\":\"01\",\"target\":0.5}\n\n{\"c\":\"1\",\"x\":2.5,\"target\":1}\n");
    TrainingSet rows = read(path, columns(List.of("x"), "c"), STANDARD);
    assertThat(rows.features().data()).containsExactly(1, 2.5);
    assertThat(rows.ids()).containsExactly("01", "1");
    assertFault(() -> read(path, TARGET, STANDARD), "column \"c\" is of type string");
    String lacks = file("l.json", "{\"x\":1,\"target\":2}\n\n{\"target\":3}\n");
    assertFault(
        () -> read(lacks, TARGET, STANDARD), "l.json, row 1 (line 3): column \"x\" is empty");
    String torn = file("m.json", "{\"x\":1,\"target\":2}\n{\"x\":1,\"targ\n");
    assertFault(() -> read(torn, TARGET, STANDARD), "m.json, row 1 (line 2): \"{\"x\":1,\"targ");
    String array = file("a.json", "[{\"x\":1,\n\"target\":2},\n{\"x\":3,\"target\":4}]");
    FileOptions multi = options(",", '.', "\"", "\"", true, true, Map.of());
    assertThat(read(array, TARGET, multi).features().data()).containsExactly(1, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"orc", "parquet", "json"})
  void typedFilesAreReadInTheirOrder(String format) {
    String path = directory.resolve("t." + format).toString();
    spark
        .range(0, 1000, 1, 5)
        .select(
            functions.col("id").cast("double").alias("x"),
            functions.concat(functions.lit("k"), functions.col("id")).alias("key"),
            functions.array(functions.col("id"), functions.lit(1.5)).alias("v"),
            functions.lit(null).cast("string").alias("note"),
            functions.col("id").cast("float").alias("target"))
        .write()
        .format(format)
        .save(path);
    TrainingSet rows = read(path, columns(List.of("x"), "key"), STANDARD);
    assertThat(rows.numbers()).isEqualTo(LongStream.range(0, 1000).boxed().toList());
    assertThat(rows.features().data())
        .containsExactly(LongStream.range(0, 1000).asDoubleStream().toArray());
    assertThat(rows.ids().get(999)).isEqualTo("k999");
    TrainingSet vectors = read(path, columns(List.of("v"), "key"), STANDARD);
    assertThat(vectors.features().row(7)).containsExactly(7, 1.5);
  }

  @Test
  void severalPathsAreOneTable() throws IOException {
    file("d/b.csv", "x,target\n3,1\n");
    file("d/deep/c.csv", "target,x\n1,4\n");
    file("d/_SUCCESS", "");
    String a = file("a.csv", "x,target\n1,1\n2,1\n");
    Source several = new Source(List.of(directory + "/d", a, directory + "/*.csv"));
    assertThat(read(several, Optional.of(FileFormat.CSV), TARGET, STANDARD).features().data())
        .containsExactly(1, 2, 3, 4);
    assertFault(
        () -> read(new Source(List.of(a, "gone.csv")), Optional.empty(), TARGET, STANDARD),
        "data.train=gone.csv: no such file");
    assertFault(() -> read(several, Optional.empty(), TARGET, STANDARD), "data.format must name");
  }

  /** Rows of a table are in no order but that of their values, whoever wrote them. */
  @Test
  void tablesOfTheCatalog() {
    spark.sql("create database if not exists lab");
    for (int partitions : new int[] {1, 7}) {
      spark
          .range(0, 100, 1, partitions)
          .selectExpr(
              "sin(id) x", "cos(id) y", "concat('k', id) key", "double(id) target", "map(1, 2) m")
          .orderBy(functions.rand(partitions))
          .repartition(partitions)
          .write()
          .mode("overwrite")
          .saveAsTable("lab.rows");
      Source table = Source.of("table:lab.rows");
      TrainingSet rows = read(table, Optional.empty(), columns(List.of("x", "y"), "key"), STANDARD);
      assertThat(rows.numbers()).isEqualTo(LongStream.range(0, 100).boxed().toList());
      assertThat(rows.features().column(0)).isSorted();
      for (int i = 0; i < 100; i++) {
        double id = rows.targets().get(i, 0);
        assertThat(rows.ids().get(i)).isEqualTo("k" + (int) id);
        assertThat(rows.features().row(i)).containsExactly(Math.sin(id), Math.cos(id));
      }
    }
    Source gone = Source.of("table:lab.none");
    assertFault(() -> read(gone, Optional.empty(), TARGET, STANDARD), "table:lab.none", "lab");
    spark.sql("select 1d x, double(null) target").write().saveAsTable("lab.holes");
    Source holes = Source.of("table:lab.holes");
    assertFault(
        () -> read(holes, Optional.empty(), TARGET, STANDARD),
        "table:lab.holes, row 0 in the order of its values: column \"target\" is empty");
  }

  /** Blocks of bzip2 are read by several tasks. */
  @Test
  void packedFilesAreReadWhereSparkHasTheCodec() throws IOException {
    StringBuilder text = new StringBuilder("x,target\n");
    for (int i = 0; i < 150_000; i++) {
      text.append(i).append(',').append(Math.sin(i)).append('\n');
    }
    BZip2Codec codec = ReflectionUtils.newInstance(BZip2Codec.class, new Configuration());
    Path packed = directory.resolve("t.csv.bz2");
    try (OutputStream out = codec.createOutputStream(Files.newOutputStream(packed))) {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    TrainingSet rows = read(packed.toString(), TARGET, STANDARD);
    assertThat(rows.rows()).isEqualTo(150_000);
    assertThat(rows.features().data())
        .containsExactly(LongStream.range(0, 150_000).asDoubleStream().toArray());
    // Hadoop's zstd needs a library of the system's.
    byte[] zstd = com.github.luben.zstd.Zstd.compress("x,target\n1,2\n3,4\n".getBytes("UTF-8"));
    Path other = Files.write(directory.resolve("z.csv.zst"), zstd);
    try {
      assertThat(read(other.toString(), TARGET, STANDARD).features().data()).containsExactly(1, 3);
    } catch (DataException e) {
      assertThat(e).hasMessageContaining("z.csv.zst cannot be read").hasMessageContaining("native");
    }
  }

  @Test
  void aFormatThatSparkHasNotIsASentence() throws IOException {
    Source path = Source.of(file("t.dat", "x,target\n1,2\n3,4\n"));
    for (String name : List.of("nonsense", "delta", "avro")) {
      assertFault(
          () -> read(path, Optional.of(new FileFormat(name)), TARGET, STANDARD),
          "data.format = " + name + ": this Spark has no such format; accepted are csv, tsv");
    }
    assertThat(read(path, Optional.of(FileFormat.CSV), TARGET, STANDARD).features().data())
        .containsExactly(1, 3);
    assertFault(() -> read(path, Optional.of(new FileFormat("orc")), TARGET, STANDARD), "t.dat");
  }

  @Test
  void textThatWasLostBeforeIsRefused() throws IOException {
    String path = file("t.csv", "id,x,target\na,1,2\nth\uFFFD,1,2\n");
    assertFault(
        () -> read(path, id("id"), STANDARD),
        "t.csv, row 1 (line 3): column \"id\" holds U+FFFD, which stands for bytes that were lost");
    assertThat(read(path, columns(List.of("x"), ""), STANDARD).rows()).isEqualTo(2);
  }

  /** One column more, in which every row has a place of its own, whatever reads it. */
  @Test
  void columnsThatAreCarriedKeepTheirTypes() throws IOException {
    String path = file("t.tsv", "x\tcode\tnote\tmass\n1\t007\t\t1.50\n2\t12\tNA\t2\n");
    RowRules rules = RowRules.ofPredict(false, InvalidRows.ERROR, List.of("*"), Reading.standard());
    DataConfig config = config(Source.of(path), Optional.empty(), TARGET, STANDARD);
    TestSet rows =
        new DataReader(spark, config, files(config), rules).readForPredict(List.of("x"), 1);
    assertThat(rows.carried().toDDL()).isEqualTo("x BIGINT,code STRING,note BIGINT,mass DOUBLE");
    assertThat(
            rows.rows().collect().stream()
                .sorted(Comparator.comparingLong(DataRow::number))
                .flatMap(row -> Stream.of(row.carried())))
        .containsExactly(1L, "007", null, 1.5, 2L, "12", null, 2.0);
  }

  private static FileOptions options(
      String separator,
      char decimal,
      String quote,
      String escape,
      boolean header,
      boolean multiLine,
      Map<String, String> others) {
    return new FileOptions(
        Encoding.UTF_8, separator, decimal, quote, escape, header, multiLine, others);
  }

  private String file(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }

  private static void assertFault(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable reading, String... parts) {
    assertThatThrownBy(reading)
        .isInstanceOf(DataException.class)
        .message()
        .contains(parts)
        .doesNotContain("\n", "Job aborted");
  }

  private static TrainingSet read(String path, Columns columns, FileOptions options) {
    return read(Source.of(path), Optional.empty(), columns, options);
  }

  private static TrainingSet read(
      Source source, Optional<FileFormat> format, Columns columns, FileOptions options) {
    DataConfig config = config(source, format, columns, options);
    return new DataReader(spark, config, files(config), FeatureScaling.STANDARDIZE)
        .openForFit()
        .onDriver();
  }

  private static DataFiles files(DataConfig config) {
    return DataFiles.locate(spark.sparkContext().hadoopConfiguration(), config);
  }

  /** Both rows and test rows, so that none is held out. */
  private static DataConfig config(
      Source source, Optional<FileFormat> format, Columns columns, FileOptions options) {
    return new DataConfig(
        source,
        Optional.of(source),
        format,
        columns,
        0.2,
        OptionalInt.empty(),
        OptionalInt.empty(),
        7,
        Reading.of(options, Reading.usualNulls(), InvalidRows.ERROR));
  }

  private static Columns id(String name) {
    return columns(List.of(), name);
  }

  private static Columns columns(List<String> features, String id) {
    return new Columns(
        features,
        new Targets(List.of("target"), false),
        Optional.empty(),
        Optional.of(id).filter(name -> !name.isEmpty()));
  }
}
