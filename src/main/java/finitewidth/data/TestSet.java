package finitewidth.data;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The rows to predict; they stay distributed.
 *
 * @param rows features in the order of the training features, not yet scaled
 * @param count number of rows
 * @param incomplete how many rows lacked numbers, whether or not they are among these
 * @param idType type of the ids
 * @param carried columns that are carried along
 * @param scored whether rows carry targets or labels to score against
 */
public record TestSet(
    JavaRDD<DataRow> rows,
    long count,
    long incomplete,
    DataType idType,
    StructType carried,
    boolean scored) {

  /**
   * Refuses labels that cannot be written beside those of the training rows: text among numbers.
   *
   * @throws DataException naming the first that is found
   */
  public void requireClasses(Optional<Classes> trained) {
    if (!scored || trained.isEmpty() || trained.get().type().equals(DataTypes.StringType)) {
      return;
    }
    Classes classes = trained.get();
    List<String> others =
        rows.map(DataRow::label)
            .filter(label -> !label.isEmpty() && !classes.hasType(label))
            .take(1);
    others.forEach(classes::value);
  }
}
