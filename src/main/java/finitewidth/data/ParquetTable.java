package finitewidth.data;

import finitewidth.data.DataFiles.InputFiles;
import finitewidth.spark.Parcels;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * Parquet files as a table.
 *
 * <p>Spark packs parquet files into tasks by size, so rows are numbered by the file and row index
 * that Spark reports for each, never by the order in which they arrive.
 */
final class ParquetTable {
  private ParquetTable() {}

  /**
   * @param vectorSize number of features of the training data, if known
   */
  static Table read(
      SparkSession spark,
      InputFiles input,
      Columns columns,
      Need need,
      OptionalInt vectorSize,
      RowRules rules) {
    Dataset<Row> all =
        spark.read().parquet(input.files().stream().map(Path::toString).toArray(String[]::new));
    StructType schema = all.schema();
    Layout layout = Layout.resolve(input.given(), List.of(schema.fieldNames()), columns, need);
    List<String> names = rules.carried(layout);
    int[] carried = layout.indices(input.given(), names, TextTables.CARRIED);
    ParquetCells cells = ParquetCells.of(input.given(), schema, layout, carried);
    Dataset<Row> used = select(all, layout, carried);
    int width =
        cells.vector()
            ? vectorSize.orElseGet(() -> vectorSize(input.given(), used, cells))
            : layout.features().length;
    RowReader reader = new RowReader(cells.withWidth(width), rules);
    JavaRDD<Row> rows = used.toJavaRDD();
    Map<String, Long> origins = new HashMap<>();
    List<FilePart> parts = Parcels.collect(rows.mapPartitions(reader::scan));
    long count = number(parts, origins);
    boolean hasId = layout.id() >= 0;
    DataType idType =
        hasId ? schema.fields()[layout.id()].dataType() : (DataType) DataTypes.LongType;
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
        idType,
        labelType(schema, layout),
        schema(schema, names),
        layout.leftOut().isEmpty()
            ? List.of()
            : List.of(RowIndices.warning(input.given(), layout.leftOut())),
        rows.map(row -> reader.numbered(row, origins)));
  }

  /** Labels of text columns are texts whatever they look like. */
  private static IdType labelType(StructType schema, Layout layout) {
    boolean text =
        layout.label() >= 0 && !(schema.fields()[layout.label()].dataType() instanceof NumericType);
    return text ? IdType.TEXT : IdType.NONE;
  }

  private static StructType schema(StructType all, List<String> names) {
    StructType schema = new StructType();
    for (String name : names) {
      schema = schema.add(all.apply(name));
    }
    return schema;
  }

  /**
   * Features, targets, label, id and carried columns in this order, then where each row came from.
   */
  private static Dataset<Row> select(Dataset<Row> all, Layout layout, int[] carried) {
    List<Column> selected = new ArrayList<>();
    List<String> header = layout.header();
    for (int i : layout.features()) {
      selected.add(column(header.get(i)));
    }
    for (int i : layout.targets()) {
      selected.add(column(header.get(i)));
    }
    for (int i : new int[] {layout.label(), layout.id()}) {
      if (i >= 0) {
        selected.add(column(header.get(i)));
      }
    }
    for (int i : carried) {
      selected.add(column(header.get(i)));
    }
    selected.add(functions.col("_metadata.file_path"));
    selected.add(functions.col("_metadata.row_index"));
    return all.select(selected.toArray(Column[]::new));
  }

  private static Column column(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  private static int vectorSize(String file, Dataset<Row> used, ParquetCells cells) {
    List<Row> first = used.takeAsList(1);
    if (first.isEmpty()) {
      throw new DataException(file + " has no rows");
    }
    try {
      return cells.vectorSize(first.get(0));
    } catch (BadRow e) {
      throw new DataException(file + ", row 0: " + e.getMessage(), e);
    }
  }

  /** Fills in the number of rows before each file and returns the number of all. */
  private static long number(List<FilePart> parts, Map<String, Long> origins) {
    Map<String, Long> counts = new TreeMap<>();
    TreeMap<String, FilePart> faults = new TreeMap<>();
    for (FilePart part : parts) {
      counts.merge(part.path(), part.rows(), Long::sum);
      if (!part.fault().isEmpty()) {
        faults.merge(part.path(), part, (a, b) -> a.faultRow() <= b.faultRow() ? a : b);
      }
    }
    if (!faults.isEmpty()) {
      FilePart first = faults.firstEntry().getValue();
      throw fault(first.path(), first.faultRow(), first.fault());
    }
    long rows = 0;
    for (Map.Entry<String, Long> file : counts.entrySet()) {
      origins.put(file.getKey(), rows);
      rows += file.getValue();
    }
    return rows;
  }

  private static DataException fault(String path, long row, String what) {
    return new DataException(Paths.shown(path) + ", row " + row + ": " + what);
  }

  /** One task's findings in one file; an empty fault stands for none. */
  private record FilePart(String path, long rows, long incomplete, long faultRow, String fault)
      implements Serializable {}

  /** Reads rows as {@link #select} ordered them. */
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
