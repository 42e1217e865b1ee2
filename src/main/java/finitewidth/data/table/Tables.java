package finitewidth.data.table;

import finitewidth.data.BadRow;
import finitewidth.data.Columns;
import finitewidth.data.DataException;
import finitewidth.data.FileFormat;
import finitewidth.data.FileOptions;
import finitewidth.data.table.DataFiles.InputFiles;
import finitewidth.data.table.Layout.Role;
import finitewidth.runtime.HeldRows;
import finitewidth.runtime.Parcels;
import finitewidth.runtime.Redaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Opens files and tables of any format that Spark reads. */
public final class Tables {
  private final SparkSession given;
  private final SparkSession spark;
  private final InputFiles input;
  private final FileFormat format;
  private final RowRules rules;
  private final FileOptions options;

  private Tables(SparkSession given, InputFiles input, RowRules rules) {
    this.given = given;
    this.spark = SparkFiles.session(given);
    this.input = input;
    this.format = input.format();
    this.rules = rules;
    options = rules.reading().options();
  }

  /**
   * Opens a table and looks at every row.
   *
   * @param width number of features of the training data, if known
   */
  public static Table open(
      org.apache.spark.sql.SparkSession given,
      InputFiles input,
      Columns columns,
      Need need,
      OptionalInt width,
      RowRules rules) {
    boolean libsvm = input.format().equals(FileFormat.LIBSVM);
    // Lines of libsvm have nothing to carry along, and all of that is nothing.
    boolean all = rules.carried().equals(List.of("*"));
    Tables tables =
        new Tables((SparkSession) given, input, libsvm && all ? rules.without() : rules);
    return tables.spark.withActive(
        () -> tables.open(libsvm ? Libsvm.columns(columns) : columns, need, width));
  }

  private Table open(Columns columns, Need need, OptionalInt width) {
    if (format.isText()) {
      UsedColumns used = used(texts(), columns, need);
      return table(used, TextRows.of(spark, format, options, used), width);
    }
    Optional<SparkFiles> files =
        format.equals(FileFormat.TABLE) ? Optional.empty() : SparkFiles.of(spark, format.name());
    if (files.isPresent()) {
      UsedColumns used = used(schemas(files.get()), columns, need);
      JavaRDD<ReadRow> rows =
          used.groups().stream()
              .map(group -> typed(frame(files.get(), group), group.used(), true))
              .reduce(JavaRDD::union)
              .orElseThrow();
      return table(used, rows, width);
    }
    Dataset<Row> table = table();
    UsedColumns used =
        used(List.of(FileSchema.of(input.given(), table.schema(), List.of())), columns, need);
    // Its rows are in no order but that of their values.
    Column[] order =
        used.types().stream()
            .filter(field -> RowOrdering.isOrderable(field.dataType()))
            .map(field -> column(field.name()))
            .toArray(Column[]::new);
    return table(used, typed(table.orderBy(order), used.types(), false), width);
  }

  private UsedColumns used(List<FileSchema> schemas, Columns columns, Need need) {
    return UsedColumns.of(input, schemas, columns, need, rules);
  }

  private static Column column(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  /** Columns that are used, and behind them what Spark could not read of a record. */
  private JavaRDD<ReadRow> typed(Dataset<Row> table, List<StructField> used, boolean files) {
    Column record =
        format.equals(FileFormat.JSON)
            ? column(FileOptions.CORRUPT)
            : functions.lit(null).cast(DataTypes.StringType);
    return table
        .select(
            Stream.concat(used.stream().map(field -> column(field.name())), Stream.of(record))
                .toArray(Column[]::new))
        .toJavaRDD()
        .mapPartitions(rows -> ReadRow.typed(rows, files));
  }

  /** A table of the catalog, or of a source that is no format of files. */
  private Dataset<Row> table() {
    if (format.equals(FileFormat.TABLE)) {
      return given.read().options(options.others()).table(input.source().table().orElseThrow());
    }
    return given
        .read()
        .format(format.name())
        .options(options.others())
        .load(input.source().paths().toArray(String[]::new));
  }

  private Configuration hadoop() {
    return DataFiles.readable(spark.sessionState().newHadoopConf(), input.files());
  }

  private List<FileSchema> schemas(SparkFiles files) {
    Configuration hadoop = hadoop();
    if (format.equals(FileFormat.PARQUET)) {
      return ParquetFile.read(hadoop, input.files()).stream()
          .map(file -> FileSchema.ofParquet(spark, file))
          .toList();
    }
    List<FileStatus> all = input.files().stream().map(file -> status(hadoop, file)).toList();
    Map<String, String> settings = options.spark(format, 0);
    // Records of json may lack columns, so that no file knows all of them.
    if (format.equals(FileFormat.JSON) || all.size() == 1) {
      return List.of(FileSchema.of(input.given(), files.schema(all, settings), all));
    }
    return all.stream()
        .map(
            file ->
                FileSchema.of(
                    DataFiles.shown(file.getPath().toString()),
                    files.schema(List.of(file), settings),
                    List.of(file)))
        .toList();
  }

  private List<FileSchema> texts() {
    Configuration hadoop = hadoop();
    List<FileSchema> schemas = new ArrayList<>();
    for (Path path : input.files()) {
      List<FileStatus> status = List.of(status(hadoop, path));
      TextFile file = new TextFile(hadoop, path, format, options);
      if (format.isCsv()) {
        file.columns()
            .ifPresent(names -> schemas.add(FileSchema.ofText(file.shown(), names, status)));
      } else {
        file.requireText();
        schemas.add(FileSchema.of(file.shown(), Libsvm.COLUMNS, status));
      }
    }
    if (schemas.isEmpty()) {
      throw new DataException(
          DataFiles.shown(input.files().get(0).toString())
              + " has no rows: its first line must hold column names");
    }
    return schemas;
  }

  private static FileStatus status(Configuration hadoop, Path file) {
    try {
      return file.getFileSystem(hadoop).getFileStatus(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Dataset<Row> frame(SparkFiles files, UsedColumns.Group group) {
    StructType columns = DataTypes.createStructType(group.used().stream().distinct().toList());
    if (format.equals(FileFormat.JSON)) {
      columns = columns.add(FileOptions.CORRUPT, DataTypes.StringType);
    }
    return files.read(group.files(), columns, options.spark(format, 0));
  }

  private Table table(UsedColumns used, JavaRDD<ReadRow> rows, OptionalInt width) {
    Layout layout = used.layout();
    int features = used.cells().features();
    if (used.cells().libsvm()) {
      features = width.orElse(RowCells.UNKNOWN);
    } else if (used.cells().vector()) {
      features = width.orElseGet(() -> vectorSize(used.cells(), rows));
    }
    RowCells cells = used.cells().withWidth(features);
    JavaRDD<RowChunk> chunks =
        HeldRows.onDisk(
                rows.mapPartitions(read -> RowChunk.of(read, cells)),
                "rows of " + Redaction.standard().text(input.given()))
            .rows();
    RowNumbers numbers = RowNumbers.of(chunks, input.given(), format, cells);
    if (cells.libsvm() && numbers.width() == 0 && numbers.count() > 0) {
      throw new DataException(input.given() + " has no features; rows are label index:value …");
    }
    boolean texts = cells.texts();
    return new Table(
        input.given(),
        layout.names(Role.FEATURE),
        cells.vector()
            ? vectorNames(layout.names(Role.FEATURE).get(0), numbers.width())
            : layout.names(Role.FEATURE),
        layout.names(Role.TARGET),
        cells.hasLabel(),
        numbers.count(),
        numbers.count(),
        numbers.incomplete(),
        texts && cells.hasId() ? numbers.id() : used.idType(),
        texts ? numbers.label() : used.labelType(),
        texts ? numbers.carried(layout.names(Role.CARRIED)) : used.carried(),
        layout.leftOut().isEmpty()
            ? List.of()
            : List.of(RowIndices.warning(input.given(), layout.leftOut())),
        chunks.flatMap(numbers::rows));
  }

  /** How many components the vector of the first row has. */
  private int vectorSize(RowCells cells, JavaRDD<ReadRow> rows) {
    String given = input.given();
    return Parcels.first(rows.map(row -> vectorSize(cells, row, given)))
        .orElseThrow(() -> new DataException(given + " has no rows"));
  }

  private static int vectorSize(RowCells cells, ReadRow row, String given) {
    try {
      if (row.fault() != null) {
        throw row.fault();
      }
      return cells.vectorSize(Objects.requireNonNull(row.cells()));
    } catch (BadRow e) {
      throw new DataException(given + ", row 0: " + e.getMessage(), e);
    }
  }

  /** Names for the components of a vector column. */
  private static List<String> vectorNames(String column, int width) {
    return IntStream.range(0, width).mapToObj(i -> column + "[" + i + "]").toList();
  }
}
