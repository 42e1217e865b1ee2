package finitewidth.data;

import java.util.Iterator;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import scala.Tuple2;

/** Walks through the lines of a piece of a file, telling rows from the header and blank lines. */
final class LineWalk {
  private final Iterator<Tuple2<LongWritable, Text>> lines;
  private final Encoding encoding;
  private boolean header;
  private String text = "";
  private long rowsBefore = -1;
  private long linesBefore = -1;

  /**
   * @param header whether the first line that is not blank holds column names
   */
  LineWalk(Iterator<Tuple2<LongWritable, Text>> lines, Encoding encoding, boolean header) {
    this.lines = lines;
    this.encoding = encoding;
    this.header = header;
  }

  /** Goes to the next row; false, past the last line, when there is none. */
  boolean next() {
    while (lines.hasNext()) {
      Text line = lines.next()._2();
      text = encoding.text(line.getBytes(), line.getLength());
      linesBefore++;
      if (text.isBlank()) {
        continue;
      }
      if (header) {
        header = false;
      } else {
        rowsBefore++;
        return true;
      }
    }
    linesBefore++;
    rowsBefore++;
    return false;
  }

  /** The line of this row. */
  String text() {
    return text;
  }

  /** Rows of the piece before this one; at the end, all of them. */
  long rowsBefore() {
    return rowsBefore;
  }

  /** Lines of the piece before this row; at the end, all of them. */
  long linesBefore() {
    return linesBefore;
  }
}
