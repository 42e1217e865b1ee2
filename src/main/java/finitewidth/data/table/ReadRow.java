package finitewidth.data.table;

import finitewidth.data.BadRow;
import finitewidth.data.Cells;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.Row;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * A row as it is read, with its place.
 *
 * @param cells columns that are used: features, targets, label, id and carried ones
 * @param fault why there are none
 */
record ReadRow(Piece piece, @Nullable Row cells, @Nullable BadRow fault) {

  /**
   * A part of a file that is read in one go, or of a table.
   *
   * @param path of the file; "" for a table
   */
  record Piece(String path, long start) implements Serializable {}

  /** Values of a partition one by one. */
  static <T> Stream<T> stream(Iterator<T> partition) {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(partition, 0), false);
  }

  /**
   * Rows of a table, in the order of its partitions.
   *
   * @param files whether they are rows of files, behind whose cells stands the text of a record
   *     that Spark could not read
   */
  static Iterator<ReadRow> typed(Iterator<Row> rows, boolean files) {
    Pieces pieces = new Pieces();
    Piece table = new Piece("", TaskContext.getPartitionId());
    return stream(rows).map(row -> typed(row, files ? pieces.here() : table)).iterator();
  }

  private static ReadRow typed(Row row, Piece piece) {
    String record = row.getString(row.size() - 1);
    return record == null
        ? new ReadRow(piece, row, null)
        : new ReadRow(
            piece,
            null,
            new BadRow("\"" + Cells.shorten(record.strip()) + "\" is no whole record"));
  }

  /** Follows the pieces of files that Spark reads in this task. */
  static final class Pieces {
    private UTF8String uri = UTF8String.EMPTY_UTF8;
    private Piece piece = new Piece("", 0);

    /** That of the row that was read last. */
    Piece here() {
      // What Spark's input_file_name() gives; a column of it would cost a copy of every row.
      UTF8String now = InputFileBlockHolder.getInputFilePath();
      long start = InputFileBlockHolder.getStartOffset();
      if (start != piece.start() || !now.equals(uri)) {
        uri = now.copy();
        piece = new Piece(new Path(java.net.URI.create(uri.toString())).toString(), start);
      }
      return piece;
    }
  }
}
