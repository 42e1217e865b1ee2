package finitewidth.data;

import finitewidth.data.DataFiles.InputFiles;
import finitewidth.data.TextScan.Piece;
import finitewidth.runtime.Parcels;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

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
    List<Path> read = new ArrayList<>();
    for (Path file : input.files()) {
      String name = Paths.shown(file.toString());
      Optional<List<String>> header =
          CsvHeader.read(spark.hadoopConfiguration(), file, name, rules.encoding());
      if (header.isEmpty()) {
        continue;
      }
      read.add(file);
      Layout layout = Layout.resolve(name, header.get(), wanted, need);
      if (first == null) {
        first = layout;
        carried = rules.carried(layout);
        wanted = columns.withFeatures(layout.featureNames());
      } else if (first.hasTargets() != layout.hasTargets()) {
        throw new DataException(
            name
                + " and "
                + Paths.shown(read.get(0).toString())
                + " differ: only one of them has targets");
      }
      parsers.put(
          file.toString(), new CsvParser(layout, layout.indices(name, carried, CARRIED), rules));
    }
    if (first == null) {
      throw new DataException(
          Paths.shown(input.files().get(0).toString())
              + " has no rows: its first line must hold column names");
    }
    TextTable table = new TextTable(spark, input.only(read), parsers, rules, carried.size());
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
    input.files().forEach(file -> requireText(spark.hadoopConfiguration(), file));
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

  private static void requireText(Configuration hadoop, Path file) {
    String name = Paths.shown(file.toString());
    Configuration readable = DataFiles.readable(hadoop, List.of(file));
    try (InputStream in = new BufferedInputStream(file.getFileSystem(readable).open(file))) {
      FileKind.requireText(
          in, Optional.ofNullable(new CompressionCodecFactory(hadoop).getCodec(file)), name);
    } catch (IOException e) {
      throw new DataException(name + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static int largestIndex(JavaSparkContext spark, InputFiles input, Encoding encoding) {
    return Parcels.aggregate(
        TextTable.lines(spark, input, encoding)
            .mapPartitionsWithInputSplit(
                (split, lines) ->
                    List.of(largestIndex(TextTable.piece(split), lines, encoding)).iterator(),
                true),
        0,
        Math::max,
        Math::max);
  }

  private static int largestIndex(
      Piece piece, Iterator<Tuple2<LongWritable, Text>> lines, Encoding encoding) {
    LineWalk walk = new LineWalk(lines, TextTable.ofLines(encoding), false);
    int largest = 0;
    try {
      while (walk.next()) {
        largest = Math.max(largest, LibsvmParser.largestIndex(walk.text()));
      }
      return largest;
    } catch (Exception e) { // lines come from Scala, which declares nothing that it throws
      if (e instanceof IOException damage) {
        throw Unreadable.piece(piece, walk.linesBefore() + 1, damage);
      }
      throw e;
    }
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
}
