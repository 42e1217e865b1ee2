package finitewidth.data;

import finitewidth.data.DataFiles.InputFiles;
import finitewidth.spark.Parcels;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Opens csv and libsvm files as tables. */
final class TextTables {
  static final String CARRIED = "predict.columns";
  private static final String LIBSVM_TARGET = "label";
  private static final String LIBSVM_FEATURES = "features";

  private TextTables() {}

  /** A table of comma-separated values; every file has its own header, columns go by name. */
  static Table csv(
      JavaSparkContext spark, InputFiles input, Columns columns, Need need, RowRules rules) {
    Map<String, LineParser> parsers = new HashMap<>();
    Layout first = null;
    Columns wanted = columns;
    List<String> carried = List.of();
    for (Path file : input.files()) {
      String name = Paths.shown(file.toString());
      List<String> header = header(spark.hadoopConfiguration(), file, name, rules.encoding());
      Layout layout = Layout.resolve(name, header, wanted, need);
      if (first == null) {
        first = layout;
        carried = rules.carried(layout);
        wanted = columns.withFeatures(layout.featureNames());
      } else if (first.hasTargets() != layout.hasTargets()) {
        throw new DataException(
            name + " and " + input.files().get(0) + " differ: only one of them has targets");
      }
      parsers.put(
          file.toString(), new CsvParser(layout, layout.indices(name, carried, CARRIED), rules));
    }
    TextTable table = new TextTable(spark, input, parsers, rules, carried.size());
    TextScan scan = table.scan();
    boolean hasId = first.id() >= 0;
    return new Table(
        input.given(),
        first.featureNames(),
        first.featureNames(),
        first.targetNames(),
        first.label() >= 0,
        scan.count(),
        scan.incomplete(),
        hasId ? scan.types().get(0).sql() : DataTypes.LongType,
        scan.types().get(1),
        carried(carried, scan),
        first.leftOut().isEmpty()
            ? List.of()
            : List.of(RowIndices.warning(input.given(), first.leftOut())),
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
      RowRules rules) {
    checkLibsvm(input.given(), columns);
    if (!rules
        .carried(new Layout(List.of(), new int[0], new int[0], -1, -1, List.of()))
        .isEmpty()) {
      throw new DataException(
          input.given() + " has no columns that " + CARRIED + " could carry along; leave it out");
    }
    boolean classes = columns.label().isPresent();
    int width = features.orElseGet(() -> largestIndex(spark, input, rules.encoding()));
    if (width == 0) {
      throw new DataException(input.given() + " has no features; rows are label index:value …");
    }
    Map<String, LineParser> parsers = new HashMap<>();
    input.files().forEach(f -> parsers.put(f.toString(), new LibsvmParser(width, classes, rules)));
    TextTable table = new TextTable(spark, input, parsers, rules, 0);
    TextScan scan = table.scan();
    return new Table(
        input.given(),
        List.of(LIBSVM_FEATURES),
        vectorNames(LIBSVM_FEATURES, width),
        classes ? List.of() : List.of(LIBSVM_TARGET),
        classes,
        scan.count(),
        scan.incomplete(),
        DataTypes.LongType,
        scan.types().get(1),
        new StructType(),
        List.of(),
        table.rows(scan, false));
  }

  private static StructType carried(List<String> names, TextScan scan) {
    StructType schema = new StructType();
    for (int k = 0; k < names.size(); k++) {
      schema = schema.add(names.get(k), scan.types().get(TextScan.CARRIED + k).sql(), true);
    }
    return schema;
  }

  /** Names for the components of a vector column. */
  static List<String> vectorNames(String column, int width) {
    return IntStream.range(0, width).mapToObj(i -> column + "[" + i + "]").toList();
  }

  private static int largestIndex(JavaSparkContext spark, InputFiles input, Encoding encoding) {
    return Parcels.aggregate(
        TextTable.lines(spark, input, encoding)
            .map(line -> LibsvmParser.largestIndex(line._2().toString())),
        0,
        Math::max,
        Math::max);
  }

  private static void checkLibsvm(String file, Columns columns) {
    columns.label().ifPresent(name -> onlyColumn(file, "data.label", name, LIBSVM_TARGET));
    columns.id().ifPresent(name -> onlyColumn(file, "data.id", name, "none"));
    if (columns.targets().named()) {
      columns.targets().names().forEach(n -> onlyColumn(file, "data.target", n, LIBSVM_TARGET));
    }
    columns.features().forEach(n -> onlyColumn(file, "data.features", n, LIBSVM_FEATURES));
    columns.except().forEach(n -> onlyColumn(file, "data.features.all-but", n, "none"));
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

  private static List<String> header(
      Configuration hadoop, Path file, String name, Encoding encoding) {
    try (BufferedReader reader =
        new BufferedReader(encoding.reader(EncodedLines.open(hadoop, file)))) {
      String line = reader.readLine();
      if (line == null || line.isBlank()) {
        throw new DataException(name + " has no rows: its first line must hold column names");
      }
      byte[] plain = EncodedLines.utf8(line, true);
      List<String> cells = CsvLine.split(Encoding.UTF_8.text(plain, plain.length));
      for (int k = 0; k < cells.size(); k++) {
        if (Encoding.isTorn(cells.get(k))) {
          throw encoding.refuse("the name of column " + (k + 1), cells.get(k));
        }
        if (cells.get(k).indexOf('\0') >= 0) {
          throw new BadRow(
              "the name of column "
                  + (k + 1)
                  + " has a NUL in it, as in UTF-16 read as "
                  + encoding.charset()
                  + "; say with data.options.encoding what the file is written in, such as"
                  + " utf-16le");
        }
      }
      return cells.stream().map(String::strip).toList();
    } catch (BadRow e) {
      throw new DataException(name + ", header (line 1): " + e.getMessage(), e);
    } catch (IOException e) {
      throw new DataException(name + " cannot be read: " + e.getMessage(), e);
    }
  }
}
