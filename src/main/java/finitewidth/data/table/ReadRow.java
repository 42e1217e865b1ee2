package finitewidth.data.table;

import finitewidth.data.Cells;
import finitewidth.data.FileOptions;
import finitewidth.data.RowFault;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A row as Spark reads it, with its place.
 *
 * @param cells columns that are used, and behind them the text of a record that Spark could not
 *     read
 * @param index among the rows of its piece
 */
record ReadRow(Row cells, Piece piece, long index) {
  /**
   * A part of a file that is read in one go, or of a table.
   *
   * @param uri of the file; "" for a table
   */
  record Piece(String uri, long start) implements Serializable {}

  /** Selects what a row has, of files. */
  static Dataset<Row> ofFiles(Dataset<Row> files, List<StructField> used, boolean corrupt) {
    Column record =
        corrupt ? column(FileOptions.CORRUPT) : functions.lit(null).cast(DataTypes.StringType);
    return files.select(
        Stream.concat(used.stream().map(field -> column(field.name())), Stream.of(record))
            .toArray(Column[]::new));
  }

  /** The same of a table, whose rows are in no order but that of their values. */
  static Dataset<Row> ofTable(Dataset<Row> table, List<StructField> used) {
    Column[] order =
        used.stream()
            .filter(field -> RowOrdering.isOrderable(field.dataType()))
            .map(field -> column(field.name()))
            .toArray(Column[]::new);
    return ofFiles(table.orderBy(order), used, false);
  }

  private static Column column(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  /** The text of a record that Spark could not read; null if it could. */
  private static String corrupt(Row cells) {
    return cells.getString(cells.size() - 1);
  }

  /** What is wrong with the record itself. */
  RowFault fault(boolean texts) {
    String record = corrupt(cells);
    if (record == null) {
      return RowFault.NONE;
    }
    return texts
        ? new RowFault(RowFault.Kind.SHAPE, "the row has not as many cells as there are columns")
        : new RowFault(
            RowFault.Kind.PLAIN, "\"" + Cells.shorten(record.strip()) + "\" is no whole record");
  }

  /**
   * The rows of a partition, without blank lines.
   *
   * @param files whether they are of files, and not of a table
   * @param header whether the first record of a file is no row
   */
  static Iterator<ReadRow> walk(Iterator<Row> rows, boolean files, boolean header) {
    return new Walk(rows, files, header);
  }

  private static final class Walk implements Iterator<ReadRow> {
    private final Iterator<Row> rows;
    private final boolean files;
    private final boolean header;
    private UTF8String uri = UTF8String.EMPTY_UTF8;
    private Piece piece = new Piece("", TaskContext.getPartitionId());
    private long index;
    private Optional<Row> next = Optional.empty();

    Walk(Iterator<Row> rows, boolean files, boolean header) {
      this.rows = rows;
      this.files = files;
      this.header = header;
    }

    @Override
    public boolean hasNext() {
      while (next.isEmpty() && rows.hasNext()) {
        Row row = rows.next();
        String corrupt = corrupt(row);
        if (corrupt != null && corrupt.trim().isEmpty()) {
          continue;
        }
        boolean first = files && turn();
        if (!first || !header || piece.start() > 0) {
          next = Optional.of(row);
        }
      }
      return next.isPresent();
    }

    /** Whether the row that was read last is the first of its piece. */
    private boolean turn() {
      // What Spark's input_file_name() gives; a column of it would cost a copy of every row.
      UTF8String here = InputFileBlockHolder.getInputFilePath();
      long start = InputFileBlockHolder.getStartOffset();
      if (start == piece.start() && here.equals(uri)) {
        return false;
      }
      uri = here.copy();
      piece = new Piece(uri.toString(), start);
      index = 0;
      return true;
    }

    @Override
    public ReadRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      ReadRow here = new ReadRow(next.orElseThrow(), piece, index);
      next = Optional.empty();
      index++;
      return here;
    }
  }
}
