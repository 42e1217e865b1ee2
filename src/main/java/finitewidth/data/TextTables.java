package finitewidth.data;

import finitewidth.data.DataFiles.InputFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.types.DataTypes;

/** Opens csv and libsvm files as tables. */
final class TextTables {
  private static final String LIBSVM_TARGET = "label";
  private static final String LIBSVM_FEATURES = "features";

  private TextTables() {}

  /** A table of comma-separated values; every file has its own header, columns go by name. */
  static Table csv(
      JavaSparkContext spark, InputFiles input, Columns columns, Need need, boolean refuseZero) {
    Map<String, LineParser> parsers = new HashMap<>();
    Layout first = null;
    Columns wanted = columns;
    for (Path file : input.files()) {
      String name = Paths.shown(file.toString());
      List<String> header = header(spark.hadoopConfiguration(), file, name);
      Layout layout = Layout.resolve(name, header, wanted, need);
      if (first == null) {
        first = layout;
        wanted = columns.withFeatures(layout.featureNames());
      } else if (first.hasTargets() != layout.hasTargets()) {
        throw new DataException(
            name + " and " + input.files().get(0) + " differ: only one of them has targets");
      }
      parsers.put(file.toString(), new CsvParser(layout));
    }
    TextTable table = new TextTable(spark, input, parsers, refuseZero);
    TextScan scan = table.scan();
    boolean hasId = first.id() >= 0;
    return new Table(
        input.given(),
        first.featureNames(),
        first.featureNames(),
        first.targetNames(),
        first.label() >= 0,
        scan.count(),
        hasId ? scan.idType().sql() : DataTypes.LongType,
        table.rows(scan, hasId));
  }

  /**
   * A table of libsvm rows: a number or class called {@code label}, then {@code features}.
   *
   * @param features number of features; the largest index in the files if empty
   */
  static Table libsvm(
      JavaSparkContext spark,
      InputFiles input,
      Columns columns,
      OptionalInt features,
      boolean refuseZero) {
    checkLibsvm(input.given(), columns);
    boolean classes = columns.label().isPresent();
    int width = features.orElseGet(() -> largestIndex(spark, input));
    if (width == 0) {
      throw new DataException(input.given() + " has no features; rows are label index:value …");
    }
    Map<String, LineParser> parsers = new HashMap<>();
    input.files().forEach(f -> parsers.put(f.toString(), new LibsvmParser(width, classes)));
    TextTable table = new TextTable(spark, input, parsers, refuseZero);
    TextScan scan = table.scan();
    return new Table(
        input.given(),
        List.of(LIBSVM_FEATURES),
        vectorNames(LIBSVM_FEATURES, width),
        classes ? List.of() : List.of(LIBSVM_TARGET),
        classes,
        scan.count(),
        DataTypes.LongType,
        table.rows(scan, false));
  }

  /** Names for the components of a vector column. */
  static List<String> vectorNames(String column, int width) {
    return IntStream.range(0, width).mapToObj(i -> column + "[" + i + "]").toList();
  }

  private static int largestIndex(JavaSparkContext spark, InputFiles input) {
    return TextTable.lines(spark, input)
        .map(line -> LibsvmParser.largestIndex(line._2().toString()))
        .fold(0, Math::max);
  }

  private static void checkLibsvm(String file, Columns columns) {
    columns.label().ifPresent(name -> onlyColumn(file, "data.label", name, LIBSVM_TARGET));
    columns.id().ifPresent(name -> onlyColumn(file, "data.id", name, "none"));
    if (columns.targets().named()) {
      columns.targets().names().forEach(n -> onlyColumn(file, "data.target", n, LIBSVM_TARGET));
    }
    columns.features().forEach(n -> onlyColumn(file, "data.features", n, LIBSVM_FEATURES));
  }

  private static void onlyColumn(String file, String key, String name, String accepted) {
    if (!name.equals(accepted)) {
      throw new DataException(
          file
              + " has no column \""
              + name
              + "\" ("
              + key
              + "); a libsvm file has the columns label, features");
    }
  }

  private static List<String> header(Configuration hadoop, Path file, String name) {
    try {
      FileSystem fs = file.getFileSystem(hadoop);
      CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
      try (InputStream raw = fs.open(file);
          InputStream in = codec == null ? raw : codec.createInputStream(raw);
          BufferedReader reader =
              new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        String line = reader.readLine();
        if (line == null || line.isBlank()) {
          throw new DataException(name + " has no rows: its first line must hold column names");
        }
        String plain = line.startsWith("\uFEFF") ? line.substring(1) : line;
        return CsvLine.split(plain).stream().map(String::strip).toList();
      }
    } catch (BadRow e) {
      throw new DataException(name + ", header (line 1): " + e.getMessage(), e);
    } catch (IOException e) {
      throw new DataException(name + " cannot be read: " + e.getMessage(), e);
    }
  }
}
