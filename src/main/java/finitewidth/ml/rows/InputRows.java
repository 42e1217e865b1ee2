package finitewidth.ml.rows;

import finitewidth.data.DataException;
import finitewidth.data.scale.FeatureScaler;
import finitewidth.ml.param.ParamSet;
import java.io.Serializable;
import java.util.Iterator;
import java.util.stream.StreamSupport;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/**
 * Takes the features out of rows, and does what {@code handleInvalid} says with rows that lack
 * some.
 *
 * @param column where the vector stands
 * @param size n_0
 */
public record InputRows(
    int column, String name, int size, FeatureScaler scaler, String handleInvalid)
    implements Serializable {

  /** The rows of a partition, without those that are to be left out. */
  public Iterator<Row> kept(Iterator<Row> rows) {
    if (!handleInvalid.equals(ParamSet.SKIP)) {
      return rows;
    }
    Iterable<Row> once = () -> rows;
    return StreamSupport.stream(once.spliterator(), false)
        .filter(row -> fault(row).isEmpty())
        .iterator();
  }

  /**
   * What the network sees of a row, scaled; empty where a feature is missing.
   *
   * @throws DataException where such a row is an error
   */
  double[] inputs(Row row) {
    String fault = fault(row);
    if (fault.isEmpty()) {
      return scaler.forward(((Vector) row.get(column)).toArray());
    }
    if (handleInvalid.equals(ParamSet.ERROR)) {
      throw new DataException(
          "column %s%s; set handleInvalid to skip or keep for rows that cannot be predicted"
              .formatted(name, fault));
    }
    return new double[0];
  }

  /** What keeps a row from being predicted; empty for nothing. */
  private String fault(Row row) {
    if (row.isNullAt(column)) {
      return " is null in a row";
    }
    double[] x = ((Vector) row.get(column)).toArray();
    if (x.length != size) {
      throw new DataException(
          "column %s has a vector of %s components; the model was fitted to %s"
              .formatted(name, x.length, size));
    }
    for (int i = 0; i < size; i++) {
      if (!Double.isFinite(x[i])) {
        return " has " + x[i] + " as component " + i + " of a row";
      }
    }
    return scaler.scales(x) ? "" : " has a row of zeros, which cannot be scaled onto a sphere";
  }
}
