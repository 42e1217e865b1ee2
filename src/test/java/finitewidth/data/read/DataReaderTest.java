package finitewidth.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.data.Columns;
import finitewidth.data.Columns.Targets;
import finitewidth.data.DataConfig;
import finitewidth.data.DataConfigs;
import finitewidth.data.DataException;
import finitewidth.data.DataRow;
import finitewidth.data.InvalidRows;
import finitewidth.data.Reading;
import finitewidth.data.TestSet;
import finitewidth.data.TrainingSet;
import finitewidth.data.scale.FeatureScaling;
import finitewidth.data.table.DataFiles;
import finitewidth.data.table.RowRules;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataReaderTest {
  private static final Columns ALL = columns(List.of(), "");
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
  void readsColumnsByName() throws IOException {
    String train = file("train.csv", "id,b,a,target\nx,1,2,3\n\ny,4,5,6\n");
    String test = file("test.csv", "a,target,id,b\n8,9,z,7\n");
    OpenedData data = read(train, Optional.of(test), columns(List.of(), "id"));
    assertThat(data.onDriver().schema().featureNames()).containsExactly("b", "a");
    assertThat(data.onDriver().features().data()).containsExactly(1, 2, 4, 5);
    assertThat(data.onDriver().targets().data()).containsExactly(3, 6);
    assertThat(data.onDriver().ids()).containsExactly("x", "y");
    DataRow row = data.test().rows().collect().get(0);
    assertThat(row.features()).containsExactly(7, 8);
    assertThat(row.targets()).containsExactly(9);
    assertThat(row.id()).isEqualTo("z");
    assertThat(data.test().scored()).isTrue();
  }

  @Test
  void rowNumbersDoNotDependOnHowFilesAreCut() throws IOException {
    StringBuilder text = new StringBuilder("f,g,target\n");
    for (int i = 0; i < 60_000; i++) {
      text.append(i % 7 == 0 ? "\n" : "").append(i).append(",0.125,").append(i).append('\n');
    }
    String first = file("part-a.csv", text.toString());
    file("part-b.csv", "g,f,target\n1,60000,0\n1,60001,0\n");
    OpenedData data =
        read(file("t.csv", "f,g,target\n1,1,1\n2,2,2\n"), Optional.of(glob("part-*.csv")), ALL);
    assertThat(data.test().rows().getNumPartitions()).isGreaterThan(2);
    List<DataRow> rows = data.test().rows().collect();
    assertThat(rows).hasSize(60_002);
    assertThat(rows).allMatch(row -> row.features()[0] == row.number());
    assertThat(rows).allMatch(row -> row.id().equals(row.number()));

    String bad = text.toString().replace("\n59990,0.125", "\n59990,oops");
    long line = bad.substring(0, bad.indexOf("oops")).lines().count();
    file("part-a.csv", bad);
    assertThatThrownBy(() -> read(first, Optional.empty(), ALL))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("part-a.csv, row 59990 (line " + line + ")")
        .hasMessageContaining("\"g\"")
        .hasMessageContaining("oops");
  }

  /** Rows are those that were checked, and one that has to be read again is checked again. */
  @Test
  void aFileThatTurnsBadLaterIsNamedFromWithinItsTask() throws IOException {
    String train = file("t.csv", "f,target\n1,1\n2,2\n");
    String test = file("u.csv", "f\n1\n2\n3\n");
    TestSet rows = read(train, Optional.of(test), ALL).test();
    file("u.csv", "f\n1\n2\n-\n");
    assertThat(rows.rows().map(row -> row.features()[0]).collect())
        .containsExactlyInAnyOrder(1.0, 2.0, 3.0);
    JavaSparkContext.fromSparkContext(spark.sparkContext())
        .getPersistentRDDs()
        .values()
        .forEach(held -> held.unpersist(true));
    assertThatThrownBy(() -> rows.rows().collect())
        .hasRootCauseInstanceOf(DataException.class)
        .rootCause()
        .hasMessageContaining("u.csv, row 2 (line 4)");
  }

  @Test
  void readsGzip() throws IOException {
    Path path = directory.resolve("t.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
      out.write("f,target\n1,2\n3,4\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(
            read(path.toString(), Optional.of(path.toString()), ALL).onDriver().features().data())
        .containsExactly(1, 3);
  }

  @Test
  void damagedFilesAreNamed() throws IOException {
    byte[] text = ("f,target\n" + "1,2\n".repeat(5000)).getBytes(StandardCharsets.UTF_8);
    Path torn = directory.resolve("torn.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(torn))) {
      out.write(text);
    }
    byte[] bytes = Files.readAllBytes(torn);
    Files.write(torn, Arrays.copyOf(bytes, bytes.length - 20));
    assertFault(() -> read(torn.toString(), Optional.empty(), ALL), "torn.csv.gz cannot be read");
    String plain = file("plain.csv.gz", "f,target\n1,2\n");
    assertFault(() -> read(plain, Optional.empty(), ALL), "plain.csv.gz cannot be read");
    String fake = file("fake.parquet", "f,target\n1,2\n");
    assertFault(() -> read(fake, Optional.empty(), ALL), "fake.parquet cannot be read");
  }

  @Test
  void readsLibsvm() throws IOException {
    String train = file("t.libsvm", "1 1:0.5 4:2\n-1 2:1 # note\n");
    OpenedData data = read(train, Optional.of(file("u.libsvm", "1 1:3\n")), ALL);
    assertThat(data.onDriver().features().data()).containsExactly(0.5, 0, 0, 2, 0, 1, 0, 0);
    assertThat(data.onDriver().targets().data()).containsExactly(1, -1);
    assertThat(data.test().rows().first().features()).containsExactly(3, 0, 0, 0);
    String beyond = file("v.libsvm", "1 5:3\n");
    assertFault(
        () -> read(train, Optional.of(beyond), ALL), "v.libsvm, row 0 (line 1)", "feature 5");
    String torn = file("w.libsvm", "1 1:3\n1 3:1 2:1\n");
    assertFault(() -> read(torn, Optional.empty(), ALL), "row 1 (line 2)", "ascend");
  }

  @Test
  void readsParquetInFileOrder() {
    String path = directory.resolve("t.parquet").toString();
    spark
        .range(0, 1000, 1, 5)
        .select(
            functions.col("id").cast("double").alias("f"),
            functions.array(functions.col("id"), functions.lit(1.5)).alias("v"),
            functions.col("id").alias("key"),
            functions.col("id").cast("float").alias("target"))
        .write()
        .parquet(path);
    TrainingSet rows = read(path, Optional.of(path), columns(List.of("f"), "key")).onDriver();
    assertThat(rows.rows()).isEqualTo(1000);
    for (int i = 0; i < 1000; i++) {
      assertThat(rows.features().get(i, 0)).isEqualTo(i);
      assertThat(rows.ids().get(i)).isEqualTo((long) i);
    }
    TrainingSet vectors = read(path, Optional.of(path), columns(List.of("v"), "")).onDriver();
    assertThat(vectors.features().row(7)).containsExactly(7, 1.5);
    assertFault(() -> read(path, Optional.empty(), ALL), "column \"v\"", "data.features=v");
  }

  @Test
  void faultsInParquetAreNamed() {
    String path = directory.resolve("n.parquet").toString();
    spark
        .range(0, 10, 1, 1)
        .selectExpr("if(id = 6, null, double(id)) f", "double(id) target")
        .write()
        .parquet(path);
    assertFault(() -> read(path, Optional.empty(), ALL), "row 6: column \"f\" is empty");
  }

  @Test
  void holdsRowsOutWhateverTheirOrderOfReading() throws IOException {
    StringBuilder text = new StringBuilder("f,target\n");
    for (int i = 0; i < 100; i++) {
      text.append(i).append(",1\n");
    }
    String path = file("t.csv", text.toString());
    OpenedData data = read(path, Optional.empty(), ALL);
    List<Long> held = data.test().rows().map(DataRow::number).collect();
    assertThat(held).hasSize(20).doesNotContainAnyElementsOf(data.onDriver().numbers());
    assertThat(data.onDriver().rows()).isEqualTo(80);
    assertThat(data.onDriver().numbers()).isSortedAccordingTo(Comparator.naturalOrder());
    OpenedData subset =
        read(config(path, Optional.empty(), ALL, OptionalInt.of(10), OptionalInt.of(5)));
    assertThat(subset.onDriver().rows()).isEqualTo(10);
    assertThat(data.onDriver().numbers()).containsAll(subset.onDriver().numbers());
    assertThat(held).containsAll(subset.test().rows().map(DataRow::number).collect());
    DataConfig tooMany =
        config(path, Optional.empty(), ALL, OptionalInt.of(81), OptionalInt.empty());
    assertFault(() -> read(tooMany), "data.train-rows=81", "80");
  }

  @Test
  void readsClasses() throws IOException {
    Columns label = new Columns(List.of(), NO_TARGETS, Optional.of("c"), Optional.empty());
    String train = file("t.csv", "f,c\n1,9\n2,10\n3,9\n");
    OpenedData data = read(train, Optional.of(file("u.csv", "f\n5\n")), label);
    assertThat(data.onDriver().schema().outputNames()).containsExactly("9", "10");
    assertThat(data.onDriver().targets().row(1)).containsExactly(-0.5, 0.5);
    assertThat(data.test().scored()).isFalse();
    String single = file("s.csv", "f,c\n1,a\n2,a\n");
    assertFault(() -> read(single, Optional.of(single), label), "class a");
  }

  @Test
  void flowReadsInputsOnly() throws IOException {
    String path = file("x.csv", "a,target\n1,not a number\n");
    TrainingSet inputs = reader(config(path, Optional.empty(), ALL)).openInputs().onDriver();
    assertThat(inputs.features().data()).containsExactly(1);
    assertThat(inputs.schema().outputs()).isZero();
  }

  @Test
  void mistakesInFilesAreNamed() throws IOException {
    assertFault(() -> read(glob("none.csv"), Optional.empty(), ALL), "data.train", "no such file");
    assertFault(() -> read(glob("no*.csv"), Optional.empty(), ALL), "no such file");
    assertFault("a,b\n1,2\n1,2\n", "no column \"target\"", "columns present: a, b");
    assertFault("1,2\n1,2\n1,2\n", "header line");
    assertFault("a,a,target\n1,2,3\n", "two columns");
    assertFault("target\n1\n2\n", "no feature columns");
    assertFault("a,target\n1,2\nx,3\n", "row 1 (line 3)", "\"a\"", "\"x\"");
    assertFault("a,target\n1,2\nNaN,3\n", "row 1 (line 3)", "\"a\"", "NaN");
    assertFault("a,target\n1,2\n\n4,\n", "row 1 (line 4)", "\"target\"", "empty");
    assertFault("a,target\n1,2\n1,2,3\n", "row 1 (line 3)", "3 cells");
    assertFault("a,target\n", "no rows");
    assertFault("", "no rows");
    assertFault("a,target\n1,2\n", "1 row");
    String one = file("one.csv", "a,target\n1,2\n");
    assertFault(() -> read(one, Optional.of(one), ALL), "one row");
    String test = file("test.csv", "b\n1\n");
    String train = file("train.csv", "a,target\n1,2\n2,3\n");
    assertFault(() -> read(train, Optional.of(test), ALL), "test.csv", "no column \"a\"");
  }

  private static final Targets NO_TARGETS = new Targets(List.of(), false);

  /** A null component of a row, and a null vector, where rows may lack numbers. */
  @Test
  void parquetRowsThatLackNumbers() {
    StructType schema =
        new StructType()
            .add("key", DataTypes.StringType)
            .add("x", SQLDataTypes.VectorType())
            .add("when", DataTypes.TimestampType)
            .add("target", DataTypes.DoubleType);
    Timestamp when = Timestamp.valueOf("2020-02-02 02:02:02");
    String path = directory.resolve("holes.parquet").toString();
    spark
        .createDataFrame(
            List.of(
                RowFactory.create("a", Vectors.dense(1, 2), when, 1.0),
                RowFactory.create("b", null, when, 1.0),
                RowFactory.create("c", Vectors.dense(Double.NaN, 2), null, 1.0),
                RowFactory.create("d", Vectors.dense(0, 0), when, null),
                RowFactory.create(
                    "e", Vectors.sparse(2, new int[] {1}, new double[] {3}), when, 2.0)),
            schema)
        .coalesce(1)
        .write()
        .parquet(path);
    TestSet kept = lenient(path, InvalidRows.KEEP, List.of("*"));
    assertThat(kept.incomplete()).isEqualTo(3);
    assertThat(kept.carried().fieldNames()).containsExactly("x", "when");
    List<DataRow> rows = new ArrayList<>(kept.rows().collect());
    rows.sort(Comparator.comparingLong(DataRow::number));
    assertThat(rows).extracting(DataRow::id).containsExactly("a", "b", "c", "d", "e");
    assertThat(rows)
        .extracting(DataRow::isComplete)
        .containsExactly(true, false, false, false, true);
    assertThat(rows.get(1).carried()).containsExactly(null, when);
    assertThat(rows.get(4).features()).containsExactly(0, 3);
    TestSet skipped = lenient(path, InvalidRows.SKIP, List.of("when"));
    assertThat(skipped.rows().collect())
        .extracting(DataRow::id)
        .containsExactlyInAnyOrder("a", "e");
    assertThat(skipped.carried().apply("when").dataType()).isEqualTo(DataTypes.TimestampType);
    assertFault(() -> lenient(path, InvalidRows.ERROR, List.of()), "row 1", "\"x\" is empty");
    assertFault(
        () -> lenient(path, InvalidRows.KEEP, List.of("where")), "\"where\" (predict.columns)");
  }

  private static TestSet lenient(String path, InvalidRows invalid, List<String> carried) {
    DataConfig config = config(path, Optional.of(path), columns(List.of("x"), "key"));
    DataFiles files = DataFiles.locate(spark.sparkContext().hadoopConfiguration(), config);
    return new DataReader(
            spark, config, files, RowRules.ofPredict(false, invalid, carried, Reading.standard()))
        .readForPredict(List.of("x"), 2);
  }

  private void assertFault(String text, String... parts) throws IOException {
    String path = file("bad.csv", text);
    assertFault(() -> read(path, Optional.empty(), ALL), parts);
  }

  private static void assertFault(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable reading, String... parts) {
    assertThatThrownBy(reading)
        .isInstanceOf(DataException.class)
        .message()
        .contains(parts)
        .doesNotContain("\n");
  }

  private OpenedData read(String train, Optional<String> test, Columns columns) {
    return read(config(train, test, columns));
  }

  private static OpenedData read(DataConfig config) {
    return reader(config).openForFit();
  }

  private static DataReader reader(DataConfig config) {
    DataFiles files = DataFiles.locate(spark.sparkContext().hadoopConfiguration(), config);
    return new DataReader(spark, config, files, FeatureScaling.STANDARDIZE);
  }

  private static DataConfig config(String train, Optional<String> test, Columns columns) {
    return config(train, test, columns, OptionalInt.empty(), OptionalInt.empty());
  }

  private static DataConfig config(
      String train,
      Optional<String> test,
      Columns columns,
      OptionalInt trainRows,
      OptionalInt testRows) {
    return DataConfigs.of(train, test, columns, 0.2, trainRows, testRows, 7);
  }

  private static Columns columns(List<String> features, String id) {
    return new Columns(
        features,
        new Targets(List.of("target"), false),
        Optional.empty(),
        Optional.of(id).filter(name -> !name.isEmpty()));
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private String glob(String pattern) {
    return directory.resolve(pattern).toString();
  }
}
