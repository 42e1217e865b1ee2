package finitewidth.data.table;

import finitewidth.data.BadRow;
import finitewidth.data.DataException;
import finitewidth.data.FileFormat;
import finitewidth.data.FileOptions;
import finitewidth.data.RowFault;
import java.io.Serializable;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * Makes rows to learn from of those that Spark reads, or says where something is wrong; on the
 * driver and in tasks.
 *
 * @param given as configured, for rows of tables
 */
record RowReader(String given, FileFormat format, RowCells cells, RowRules rules)
    implements Serializable {

  /**
   * The row, without its number.
   *
   * @throws BadRow saying what is wrong with it
   */
  ParsedRow parse(ReadRow row) {
    RowFault fault = row.fault(cells.texts());
    if (!fault.isNone()) {
      throw new BadRow(fault.kind(), fault.what());
    }
    return cells.parse(row.cells(), rules).checked(rules);
  }

  /** A path as it is called, of one as Spark gives it: a URI. */
  static Path path(String uri) {
    return new Path(uri.isEmpty() ? URI.create("/") : URI.create(uri));
  }

  /**
   * The refusal of a row.
   *
   * @param uri of its file; "" for a table
   * @param row counted from 0 in its file
   */
  DataException refuse(String uri, long row, RowFault fault) {
    if (uri.isEmpty()) {
      return new DataException(
          given + ", row " + row + " in the order of its values: " + fault.what());
    }
    FileOptions options = rules.reading().options();
    boolean lines = format.equals(FileFormat.JSON) && !options.multiLine();
    if (!format.isText() && !lines) {
      return new DataException(
          Paths.shown(path(uri).toString()) + ", row " + row + ": " + fault.what());
    }
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf());
    // A record of json is a line as one of libsvm is.
    return new TextFile(hadoop, path(uri), lines ? FileFormat.LIBSVM : format, options)
        .refuse(row, fault);
  }
}
