package finitewidth.ml;

import finitewidth.data.DataException;
import finitewidth.data.FeatureScaler;
import finitewidth.posterior.Prediction;
import java.io.Serializable;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Takes the features out of rows, and does what {@code handleInvalid} says with rows that lack
 * some.
 *
 * @param column where the vector stands
 * @param size n_0
 */
record InputRows(int column, String name, int size, FeatureScaler scaler, String handleInvalid)
    implements Serializable {

  /**
   * A row and what the network sees of it.
   *
   * @param inputs scaled; empty where a feature is missing
   */
  record Parsed(Row row, double[] inputs) {

    /** The row with the cells of a prediction at its end. */
    Row appended(OutputColumns.Cells cells, Prediction prediction) {
      int width = row.size();
      Object[] all = new Object[width + cells.columns().columns().size()];
      for (int i = 0; i < width; i++) {
        all[i] = row.get(i);
      }
      cells.write(prediction, all, width);
      return RowFactory.create(all);
    }
  }

  /** The rows of a partition. */
  Iterator<Parsed> parse(Iterator<Row> rows) {
    Iterable<Row> once = () -> rows;
    Stream<Parsed> parsed = StreamSupport.stream(once.spliterator(), false).map(this::parse);
    return handleInvalid.equals(ParamSet.SKIP)
        ? parsed.filter(row -> row.inputs().length > 0).iterator()
        : parsed.iterator();
  }

  private Parsed parse(Row row) {
    String fault = fault(row);
    if (fault.isEmpty()) {
      return new Parsed(row, scaler.forward(((Vector) row.get(column)).toArray()));
    }
    if (handleInvalid.equals(ParamSet.ERROR)) {
      throw new DataException(
          "column "
              + name
              + fault
              + "; set handleInvalid to skip or keep for rows that cannot be predicted");
    }
    return new Parsed(row, new double[0]);
  }

  /** What keeps a row from being predicted; empty for nothing. */
  private String fault(Row row) {
    if (row.isNullAt(column)) {
      return " is null in a row";
    }
    double[] x = ((Vector) row.get(column)).toArray();
    if (x.length != size) {
      throw new DataException(
          "column "
              + name
              + " has a vector of "
              + x.length
              + " components; the model was fitted to "
              + size);
    }
    for (int i = 0; i < size; i++) {
      if (!Double.isFinite(x[i])) {
        return " has " + x[i] + " as component " + i + " of a row";
      }
    }
    return scaler.scales(x) ? "" : " has a row of zeros, which cannot be scaled onto a sphere";
  }
}
