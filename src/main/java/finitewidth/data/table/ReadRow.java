package finitewidth.data.table;

import finitewidth.data.Cells;
import finitewidth.data.Fault;
import finitewidth.data.FileOptions;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;

/**
 * A row as Spark reads it, with its place.
 *
 * @param cells columns that are used, and behind them the text of a record that Spark could not
 *     read, the file, and where in it the piece begins that the task reads
 * @param index among the rows of its piece
 */
record ReadRow(Row cells, Piece piece, long index) {
  /** A part of a file that is read in one go. */
  record Piece(String uri, long start) implements Serializable {}

  /** Selects what a row has, of files. */
  static Dataset<Row> ofFiles(Dataset<Row> files, List<StructField> used, boolean corrupt) {
    Column metadata = files.metadataColumn("_metadata");
    return select(
        files,
        used,
        corrupt ? column(FileOptions.CORRUPT) : functions.lit(null).cast("string"),
        metadata.getField("file_path"),
        metadata.getField("file_block_start"));
  }

  /** The same of a table, whose rows are in no order but that of their values. */
  static Dataset<Row> ofTable(Dataset<Row> table, List<StructField> used) {
    Column[] order =
        used.stream()
            .filter(field -> RowOrdering.isOrderable(field.dataType()))
            .map(field -> column(field.name()))
            .toArray(Column[]::new);
    return select(
        table.orderBy(order),
        used,
        functions.lit(null).cast("string"),
        functions.lit(""),
        functions.spark_partition_id().cast("long"));
  }

  private static Dataset<Row> select(Dataset<Row> frame, List<StructField> used, Column... more) {
    return frame.select(
        Stream.concat(used.stream().map(field -> column(field.name())), Stream.of(more))
            .toArray(Column[]::new));
  }

  private static Column column(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  /** The text of a record that Spark could not read; null if it could. */
  private static String corrupt(Row cells) {
    return cells.getString(cells.size() - 3);
  }

  /** What is wrong with the record itself. */
  Fault fault(boolean texts) {
    String record = corrupt(cells);
    if (record == null) {
      return Fault.NONE;
    }
    return texts
        ? new Fault(Fault.Kind.SHAPE, "the row has not as many cells as there are columns")
        : new Fault(
            Fault.Kind.PLAIN, "\"" + Cells.shorten(record.strip()) + "\" is no whole record");
  }

  /**
   * The rows of a partition, without blank lines.
   *
   * @param header whether the first record of a file is no row
   */
  static Iterator<ReadRow> walk(Iterator<Row> rows, boolean header) {
    return new Walk(rows, header);
  }

  private static final class Walk implements Iterator<ReadRow> {
    private final Iterator<Row> rows;
    private final boolean header;
    private Piece piece = new Piece("", -1);
    private long index;
    private ReadRow next;

    Walk(Iterator<Row> rows, boolean header) {
      this.rows = rows;
      this.header = header;
    }

    @Override
    public boolean hasNext() {
      while (next == null && rows.hasNext()) {
        Row row = rows.next();
        String corrupt = corrupt(row);
        if (corrupt != null && corrupt.trim().isEmpty()) {
          continue;
        }
        String uri = row.getString(row.size() - 2);
        long start = row.getLong(row.size() - 1);
        if (start != piece.start() || !uri.equals(piece.uri())) {
          piece = new Piece(uri, start);
          index = start == 0 && header ? -1 : 0;
        }
        if (index >= 0) {
          next = new ReadRow(row, piece, index);
        }
        index++;
      }
      return next != null;
    }

    @Override
    public ReadRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      ReadRow here = next;
      next = null;
      return here;
    }
  }
}
