package finitewidth.data.table;

import finitewidth.data.BadRow;
import finitewidth.data.Columns;
import finitewidth.data.DataException;
import finitewidth.data.FileFormat;
import finitewidth.data.FileOptions;
import finitewidth.data.table.DataFiles.InputFiles;
import finitewidth.runtime.Parcels;
import finitewidth.runtime.Redaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

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
    this.spark = ReadSession.of(given);
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
    Optional<org.apache.spark.sql.execution.datasources.FileFormat> files =
        ReadSession.format(spark, format);
    if (files.isEmpty()) {
      Dataset<Row> table = table();
      FileSchema schema = FileSchema.of(input.given(), table.schema(), List.of());
      UsedColumns used = UsedColumns.of(input, List.of(schema), columns, need, rules);
      return table(used, List.of(ReadRow.ofTable(table, used.types())), width);
    }
    UsedColumns used = UsedColumns.of(input, schemas(files.get()), columns, need, rules);
    return table(
        used, used.groups().stream().map(group -> frame(files.get(), group)).toList(), width);
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

  private List<FileSchema> schemas(org.apache.spark.sql.execution.datasources.FileFormat files) {
    Configuration hadoop = DataFiles.readable(spark.sessionState().newHadoopConf(), input.files());
    if (format.equals(FileFormat.PARQUET)) {
      return ParquetFile.read(hadoop, input.files()).stream()
          .map(file -> FileSchema.ofParquet(spark, file))
          .toList();
    }
    if (format.isCsv()) {
      return texts(hadoop);
    }
    List<FileStatus> all = input.files().stream().map(file -> status(hadoop, file)).toList();
    if (format.equals(FileFormat.LIBSVM)) {
      input.files().forEach(file -> new TextFile(hadoop, file, format, options).requireText());
      return List.of(FileSchema.of(input.given(), Libsvm.COLUMNS, all));
    }
    // Records of json may lack columns, so that no file knows all of them.
    if (format.equals(FileFormat.JSON) || all.size() == 1) {
      return List.of(FileSchema.of(input.given(), inferred(files, all), all));
    }
    return all.stream()
        .map(
            file ->
                FileSchema.of(
                    Paths.shown(file.getPath().toString()),
                    inferred(files, List.of(file)),
                    List.of(file)))
        .toList();
  }

  private StructType inferred(
      org.apache.spark.sql.execution.datasources.FileFormat reader, List<FileStatus> files) {
    return reader
        .inferSchema(
            spark,
            GivenFiles.immutable(options.spark(format, 0)),
            CollectionConverters.asScala(files).toSeq())
        .getOrElse(StructType::new);
  }

  private List<FileSchema> texts(Configuration hadoop) {
    List<FileSchema> schemas = new ArrayList<>();
    for (Path path : input.files()) {
      TextFile file = new TextFile(hadoop, path, format, options);
      file.columns()
          .ifPresent(names -> schemas.add(FileSchema.ofText(file, names, status(hadoop, path))));
    }
    if (schemas.isEmpty()) {
      throw new DataException(
          Paths.shown(input.files().get(0).toString())
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

  private Dataset<Row> frame(
      org.apache.spark.sql.execution.datasources.FileFormat reader, UsedColumns.Group group) {
    boolean libsvm = format.equals(FileFormat.LIBSVM);
    boolean corrupt = format.isText() || format.equals(FileFormat.JSON);
    StructType columns = libsvm ? Libsvm.LINE : group.all();
    return ReadRow.ofFiles(
        GivenFiles.read(
            spark,
            reader,
            group.files(),
            corrupt ? columns.add(FileOptions.CORRUPT, DataTypes.StringType) : columns,
            options.spark(format, columns.size())),
        libsvm ? List.of(columns.fields()) : group.used(),
        corrupt);
  }

  private Table table(UsedColumns used, List<Dataset<Row>> frames, OptionalInt width) {
    Layout layout = used.layout();
    RowCells cells = used.cells();
    boolean header = options.hasHeader(format);
    boolean files = !used.groups().get(0).files().isEmpty();
    JavaRDD<ReadRow> read =
        frames.stream()
            .map(Dataset::toJavaRDD)
            .reduce(JavaRDD::union)
            .orElseThrow()
            .setName("rows of " + Redaction.standard().text(input.given()))
            .mapPartitions(rows -> ReadRow.walk(rows, files, header));
    int features =
        cells.vector() ? width.orElseGet(() -> vectorSize(cells, read)) : layout.features().length;
    RowReader reader = new RowReader(input.given(), format, cells.withWidth(features), rules);
    RowNumbers numbers = RowNumbers.of(read, reader);
    boolean texts = cells.texts();
    return new Table(
        input.given(),
        layout.featureNames(),
        cells.vector()
            ? vectorNames(layout.featureNames().get(0), features)
            : layout.featureNames(),
        layout.targetNames(),
        layout.label() >= 0,
        numbers.count(),
        numbers.count(),
        numbers.incomplete(),
        texts && cells.hasId() ? numbers.id() : used.idType(),
        texts ? numbers.label() : used.labelType(),
        texts ? numbers.carried(rules.carried(layout)) : used.carried(),
        layout.leftOut().isEmpty()
            ? List.of()
            : List.of(RowIndices.warning(input.given(), layout.leftOut())),
        read.map(numbers::number));
  }

  private int vectorSize(RowCells cells, JavaRDD<ReadRow> rows) {
    if (cells.libsvm()) {
      int largest =
          Parcels.aggregate(
              rows.map(row -> Libsvm.largestIndex(row.cells())), 0, Math::max, Math::max);
      if (largest == 0) {
        throw new DataException(input.given() + " has no features; rows are label index:value …");
      }
      return largest;
    }
    String given = input.given();
    return Parcels.first(rows.map(row -> vectorSize(cells, row, given)))
        .orElseThrow(() -> new DataException(given + " has no rows"));
  }

  private static int vectorSize(RowCells cells, ReadRow row, String given) {
    try {
      return cells.vectorSize(row.cells());
    } catch (BadRow e) {
      throw new DataException(given + ", row 0: " + e.getMessage(), e);
    }
  }

  /** Names for the components of a vector column. */
  private static List<String> vectorNames(String column, int width) {
    return IntStream.range(0, width).mapToObj(i -> column + "[" + i + "]").toList();
  }
}
