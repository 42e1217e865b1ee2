package finitewidth.data;

import finitewidth.data.DataFiles.InputFiles;
import finitewidth.runtime.Parcels;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * Parquet files as a table.
 *
 * <p>Spark packs parquet files into tasks by size, so rows are numbered by the file and row index
 * that Spark reports for each, never by the order in which they arrive.
 */
final class ParquetTable {
  private final SparkSession spark;
  private final InputFiles input;
  private final ParquetLayouts layouts;
  private final RowRules rules;

  private ParquetTable(
      SparkSession spark, InputFiles input, ParquetLayouts layouts, RowRules rules) {
    this.spark = spark;
    this.input = input;
    this.layouts = layouts;
    this.rules = rules;
  }

  /**
   * @param vectorSize number of features of the training data, if known
   */
  static Table read(
      org.apache.spark.sql.SparkSession given,
      InputFiles input,
      Columns columns,
      Need need,
      OptionalInt vectorSize,
      RowRules rules) {
    // Columns go by their exact names, as in csv.
    SparkSession spark = (SparkSession) given.newSession();
    spark.conf().set("spark.sql.caseSensitive", true);
    Configuration hadoop = DataFiles.readable(spark.sessionState().newHadoopConf(), input.files());
    List<ParquetSchema> schemas =
        ParquetFile.read(hadoop, input.files()).stream()
            .map(file -> ParquetSchema.of(spark, file))
            .toList();
    ParquetLayouts layouts = ParquetLayouts.of(input, schemas, columns, need, rules);
    return new ParquetTable(spark, input, layouts, rules).table(vectorSize);
  }

  private Table table(OptionalInt vectorSize) {
    List<Dataset<Row>> frames = layouts.groups().stream().map(this::frame).toList();
    ParquetCells cells = layouts.cells();
    Layout layout = layouts.first();
    int width =
        cells.vector() ? vectorSize.orElseGet(() -> vectorSize(frames)) : layout.features().length;
    RowReader reader = new RowReader(cells.withWidth(width), rules);
    JavaRDD<Row> rows = rows(frames);
    List<FilePart> parts = Parcels.collect(rows.mapPartitions(reader::scan));
    Map<String, Long> origins = new HashMap<>();
    long count = number(parts, origins);
    return new Table(
        input.given(),
        layout.featureNames(),
        cells.vector()
            ? TextTables.vectorNames(layout.featureNames().get(0), width)
            : layout.featureNames(),
        layout.targetNames(),
        layout.label() >= 0,
        count,
        parts.stream().mapToLong(FilePart::incomplete).sum(),
        layouts.idType(),
        layouts.labelType(),
        layouts.carried(),
        layout.leftOut().isEmpty()
            ? List.of()
            : List.of(RowIndices.warning(input.given(), layout.leftOut())),
        rows.map(row -> reader.numbered(row, origins)));
  }

  /** The columns that are used, in the order of their roles, then where each row came from. */
  private Dataset<Row> frame(ParquetLayouts.Group group) {
    Map<String, StructField> fields = new LinkedHashMap<>();
    group.used().forEach(field -> fields.put(field.name(), field));
    Dataset<Row> frame =
        GivenParquet.read(
            spark,
            group.files().stream().map(ParquetFile::status).toList(),
            DataTypes.createStructType(List.copyOf(fields.values())));
    List<Column> selected = new ArrayList<>();
    group.used().forEach(field -> selected.add(column(field.name())));
    Column metadata = frame.metadataColumn("_metadata");
    selected.add(metadata.getField("file_path"));
    selected.add(metadata.getField("row_index"));
    return frame.select(selected.toArray(Column[]::new));
  }

  private static Column column(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  private static JavaRDD<Row> rows(List<Dataset<Row>> frames) {
    return frames.stream().map(Dataset::toJavaRDD).reduce(JavaRDD::union).orElseThrow();
  }

  private int vectorSize(List<Dataset<Row>> frames) {
    for (Dataset<Row> frame : frames) {
      List<Row> first = frame.takeAsList(1);
      if (!first.isEmpty()) {
        try {
          return layouts.cells().vectorSize(first.get(0));
        } catch (BadRow e) {
          throw new DataException(input.given() + ", row 0: " + e.getMessage(), e);
        }
      }
    }
    throw new DataException(input.given() + " has no rows");
  }

  /** Fills in the number of rows before each file, by Spark's name for it; returns that of all. */
  private long number(List<FilePart> parts, Map<String, Long> origins) {
    Map<String, List<FilePart>> byFile =
        parts.stream().collect(Collectors.groupingBy(part -> path(part.path())));
    long rows = 0;
    for (Path file : input.files()) {
      List<FilePart> own = byFile.getOrDefault(file.toString(), List.of());
      Optional<FilePart> fault =
          own.stream()
              .filter(part -> !part.fault().isEmpty())
              .min(Comparator.comparingLong(FilePart::faultRow));
      if (fault.isPresent()) {
        throw fault(fault.get().path(), fault.get().faultRow(), fault.get().fault());
      }
      for (FilePart part : own) {
        origins.put(part.path(), rows);
      }
      rows += own.stream().mapToLong(FilePart::rows).sum();
    }
    return rows;
  }

  /** A path as it is called, of one as Spark gives it: a URI. */
  private static String path(String uri) {
    return new Path(URI.create(uri)).toString();
  }

  private static DataException fault(String uri, long row, String what) {
    return new DataException(Paths.shown(path(uri)) + ", row " + row + ": " + what);
  }

  /** One task's findings in one file; an empty fault stands for none. */
  private record FilePart(String path, long rows, long incomplete, long faultRow, String fault)
      implements Serializable {}

  /** Reads rows as {@link #frame} ordered them. */
  private record RowReader(ParquetCells cells, RowRules rules) implements Serializable {
    Iterator<FilePart> scan(Iterator<Row> rows) {
      Map<String, FilePart> parts = new HashMap<>();
      while (rows.hasNext()) {
        Row row = rows.next();
        String fault = "";
        long incomplete = 0;
        try {
          ParsedRow parsed = cells.parse(row, rules).checked(rules);
          incomplete = parsed.isIncomplete() ? 1 : 0;
        } catch (BadRow e) {
          fault = rules.sentence(e);
        }
        String path = row.getString(row.size() - 2);
        FilePart here = new FilePart(path, 1, incomplete, row.getLong(row.size() - 1), fault);
        parts.merge(
            path,
            here,
            (a, b) -> {
              FilePart kept = a.fault().isEmpty() ? b : a;
              return new FilePart(
                  path,
                  a.rows() + 1,
                  a.incomplete() + b.incomplete(),
                  kept.faultRow(),
                  kept.fault());
            });
      }
      return parts.values().iterator();
    }

    DataRow numbered(Row row, Map<String, Long> origins) {
      String path = row.getString(row.size() - 2);
      long index = row.getLong(row.size() - 1);
      try {
        ParsedRow parsed = cells.parse(row, rules).checked(rules);
        long number = origins.get(path) + index;
        Object id = cells.hasId() ? parsed.id() : Long.valueOf(number);
        return new DataRow(
            number, id, parsed.features(), parsed.targets(), parsed.label(), parsed.carried());
      } catch (BadRow e) {
        throw fault(path, index, rules.sentence(e));
      }
    }
  }
}
