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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parquet as others write it: types that Spark does not read, bytes for text, damage. */
class ParquetFilesTest {
  private static final String PLAIN = "double x; double target;";

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int64 t (TIMESTAMP(NANOS,false))",
        "int64 t (TIMESTAMP(NANOS,true))",
        "int64 t (TIME(NANOS,false))",
        "int32 t (TIME(MILLIS,false))",
        "fixed_len_byte_array(2) t (FLOAT16)",
        "fixed_len_byte_array(22) t (DECIMAL(50,2))",
        "fixed_len_byte_array(12) t (INTERVAL)",
        "fixed_len_byte_array(16) t (UUID)"
      })
  void aTypeStopsOnlyWhoUsesIt(String column) throws IOException {
    List<Object[]> rows = List.of(new Object[] {1, 2, null}, new Object[] {3, 4, null});
    OddParquet.write(directory.resolve("t.parquet"), PLAIN + column + ";", rows);
    assertThat(read("t.parquet", columns(List.of("x"))).features().data()).containsExactly(1, 3);
    assertFault(
        () -> read("t.parquet", columns(List.of())), "t.parquet: column \"t\"", "data.features");
    assertFault(() -> read("t.parquet", columns(List.of("x", "t"))), "column \"t\"", "of type ");
  }

  @Test
  void nanosecondsHaveACure() throws IOException {
    List<Object[]> rows = List.of(new Object[] {1, 2, 3}, new Object[] {3, 4, 5});
    OddParquet.write(
        directory.resolve("t.parquet"), PLAIN + "int64 when (TIMESTAMP(NANOS,false));", rows);
    assertFault(
        () -> read("t.parquet", columns(List.of())),
        "column \"when\" (data.features) is of type INT64 (TIMESTAMP(NANOS,false))",
        "coerce_timestamps=\"us\"",
        "leave it out of data.features");
  }

  @Test
  void labelsAndIdsOfBytesAreTexts() throws IOException {
    List<Object[]> rows = new ArrayList<>();
    for (String text : List.of("thé", "thè", "thé", "01")) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      rows.add(new Object[] {rows.size(), 1, bytes});
    }
    OddParquet.write(directory.resolve("l.parquet"), PLAIN + "binary l;", rows);
    TrainingSet classes = read("l.parquet", label("l"));
    assertThat(classes.schema().outputNames()).contains("thé", "thè").hasSize(3);
    TrainingSet ids = read("l.parquet", id("l"));
    assertThat(ids.ids()).containsExactly("thé", "thè", "thé", "01");
    assertThat(reader("l.parquet", id("l")).openForFit().test().idType())
        .isEqualTo(DataTypes.StringType);
    rows.add(new Object[] {9, 1, new byte[] {'t', (byte) 0xe9}});
    OddParquet.write(directory.resolve("b.parquet"), PLAIN + "binary l;", rows);
    for (Columns columns : List.of(label("l"), id("l"))) {
      assertFault(() -> read("b.parquet", columns), "b.parquet, row 4: column \"l\"", "UTF-8");
    }
  }

  @Test
  void labelsAndIdsThatAreNoTextsAreRefused() {
    write(
        "t",
        "array(id) list",
        "named_struct('a', id) struct",
        "map('a', id) map",
        "id % 2 = 0 flag",
        "date_add(date'2024-01-30', int(id % 2)) day",
        "timestamp_millis(86400000 * (id % 2)) time",
        "cast(id % 2 as decimal(20,2)) + 0.50 price");
    for (String column : List.of("list", "struct", "map")) {
      String accepted = "column \"" + column + "\" is of type ";
      assertFault(() -> read("t", label(column)), accepted, "text, numbers, booleans, dates");
      assertFault(() -> read("t", id(column)), accepted);
    }
    assertThat(classes("flag")).containsExactly("false", "true");
    assertThat(classes("day")).containsExactly("2024-01-30", "2024-01-31");
    assertThat(classes("time")).containsExactly("1970-01-01T00:00:00Z", "1970-01-02T00:00:00Z");
    assertThat(classes("price")).containsExactly("0.5", "1.5");
  }

  private List<String> classes(String column) {
    return read("t", label(column)).schema().outputNames();
  }

  @Test
  void damageIsNamed() throws IOException {
    OddParquet.write(directory.resolve("ok.parquet"), PLAIN, 1, 2);
    byte[] whole = Files.readAllBytes(directory.resolve("ok.parquet"));
    int end = whole.length;
    damaged("is empty");
    damaged("damaged or cut off", Arrays.copyOf(whole, end / 2));
    damaged("damaged or cut off", Arrays.copyOf(whole, end - 1));
    damaged("damaged or cut off", Arrays.copyOf(whole, 4));
    damaged("is no Parquet file, for it begins with \"x,ta\"", 'x', ',', 't', 'a', 'r');
    damaged("is no Parquet file, for it begins with other bytes", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    byte[] magic = whole.clone();
    magic[end - 1] = '2';
    damaged("damaged or cut off", magic);
    for (int length : new int[] {-5, end, 1 << 30}) {
      byte[] footer = whole.clone();
      ByteBuffer.wrap(footer).order(ByteOrder.LITTLE_ENDIAN).putInt(end - 8, length);
      damaged("damaged or cut off", footer);
    }
    byte[] thrift = whole.clone();
    Arrays.fill(thrift, end - 60, end - 8, (byte) 0xaa);
    damaged("cannot be read", thrift);
    byte[] pages = whole.clone();
    Arrays.fill(pages, 4, 60, (byte) 0);
    damaged("and may be damaged", pages);
    byte[] bit = whole.clone();
    int value = indexOf(bit, ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(2));
    bit[value] ^= 1;
    damaged("CRC", bit);
  }

  private static int indexOf(byte[] bytes, ByteBuffer wanted) {
    for (int i = 0; ; i++) {
      if (Arrays.equals(bytes, i, i + 8, wanted.array(), 0, 8)) {
        return i;
      }
    }
  }

  private void damaged(String part, int... bytes) throws IOException {
    byte[] copy = new byte[bytes.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = (byte) bytes[i];
    }
    damaged(part, copy);
  }

  /** Alone, and among others that are whole. */
  private void damaged(String part, byte[] bytes) throws IOException {
    Files.write(directory.resolve("bad.parquet"), bytes);
    assertFault(() -> read("bad.parquet", columns(List.of())), "/bad.parquet cannot be read", part);
    if (bytes.length > 0) {
      assertFault(() -> read("*.parquet", columns(List.of())), "/bad.parquet cannot be read", part);
    }
  }

  @Test
  void columnsGoByNameInEveryFile() throws IOException {
    part("a", "double x; double y; double target;", 1, 2, 3);
    part("b", "float target; int64 y; int32 x; int64 t (TIMESTAMP(NANOS,true));", 6, 5, 4, 0);
    part("c", "double X; double y; double target;", 7, 8, 9);
    TrainingSet all = read("d.parquet", columns(List.of()));
    assertThat(all.features().data()).containsExactly(1, 2, 4, 5, 7, 8);
    assertThat(all.targets().data()).containsExactly(3, 6, 9);
    assertThat(all.numbers()).containsExactly(0L, 1L, 2L);
    part("c", "double x; double target;", 7, 9);
    assertFault(() -> read("d.parquet", columns(List.of())), "d.parquet/c has no column \"y\"");
    part("c", "double x; binary y; double target;", 7);
    assertFault(() -> read("d.parquet", columns(List.of())), "d.parquet/c: column \"y\"", "binary");
    part("c", "int64 x; int64 y; int64 target;", 7, 8, 9);
    assertFault(() -> read("d.parquet", id("x")), "/a and ", "/b differ: column \"x\"", "double");
  }

  @Test
  void namesThatDifferByCaseAreOthers() throws IOException {
    OddParquet.write(directory.resolve("x.parquet"), "double x; double X; double target;", 1, 2, 3);
    assertThat(reader("x.parquet", columns(List.of("X"))).openInputs().onDriver().features().data())
        .containsExactly(2);
    assertThat(reader("x.parquet", columns(List.of())).openInputs().onDriver().features().data())
        .containsExactly(1, 2);
  }

  @Test
  void aTargetOfTextsIsALabel() {
    write("t", "string(id) text");
    Columns text =
        new Columns(
            List.of("x"), new Targets(List.of("text"), true), Optional.empty(), Optional.empty());
    assertFault(() -> read("t", text), "\"text\" is of type string", "data.label=text");
    assertFault(() -> read("t", columns(List.of())), "\"text\"", "leave it out of data.features");
  }

  private void write(String name, String... columns) {
    List<String> all = new ArrayList<>(List.of("double(id) x", "double(id) target"));
    all.addAll(List.of(columns));
    spark
        .range(0, 4, 1, 1)
        .selectExpr(all.toArray(String[]::new))
        .write()
        .parquet(directory.resolve(name + ".parquet").toString());
  }

  private void part(String name, String columns, double... row) throws IOException {
    Path file = directory.resolve("d.parquet").resolve(name);
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    OddParquet.write(file, columns, row);
  }

  private static void assertFault(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable reading, String... parts) {
    assertThatThrownBy(reading)
        .isInstanceOf(DataException.class)
        .message()
        .contains(parts)
        .doesNotContain("\n", "awaitResult", "Job aborted");
  }

  private TrainingSet read(String name, Columns columns) {
    return reader(name, columns).openForFit().onDriver();
  }

  private DataReader reader(String name, Columns columns) {
    String path = directory + "/" + (name.endsWith(".parquet") ? name : name + ".parquet");
    DataConfig config =
        DataConfigs.of(
            path, Optional.of(path), columns, 0.2, OptionalInt.empty(), OptionalInt.empty(), 7);
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    return new DataReader(
        spark, config, DataFiles.locate(hadoop, config), FeatureScaling.STANDARDIZE);
  }

  private static Columns columns(List<String> features) {
    return new Columns(
        features, new Targets(List.of("target"), false), Optional.empty(), Optional.empty());
  }

  private static Columns label(String name) {
    return new Columns(
        List.of("x"), new Targets(List.of(), false), Optional.of(name), Optional.empty());
  }

  private static Columns id(String name) {
    return new Columns(
        List.of("x"), new Targets(List.of("target"), false), Optional.empty(), Optional.of(name));
  }
}
