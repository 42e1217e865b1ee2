package finitewidth.data;

import finitewidth.runtime.Parcels;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * The rows to predict; they stay distributed.
 *
 * @param rows features in the order of the training features, not yet scaled
 * @param count number of rows
 * @param incomplete how many rows lacked numbers, whether or not they are among these
 * @param idType type of the ids
 * @param labelType type that holds all labels
 * @param carried columns that are carried along
 * @param scored whether rows carry targets or labels to score against
 * @param warnings what the user should know of them
 */
public record TestSet(
    JavaRDD<DataRow> rows,
    long count,
    long incomplete,
    DataType idType,
    IdType labelType,
    StructType carried,
    boolean scored,
    List<String> warnings) {

  /**
   * Refuses numbers as labels that cannot be written beside those of the training rows, such as 1.5
   * among whole ones. Texts can: {@link Classes#holding}.
   *
   * @throws DataException naming the first that is found
   */
  public void requireClasses(Optional<Classes> trained) {
    if (!scored || labelType != IdType.NONE || trained.isEmpty()) {
      return;
    }
    Classes classes = trained.get();
    Parcels.first(
            rows.map(DataRow::label).filter(label -> !label.isEmpty() && !classes.hasType(label)))
        .ifPresent(classes::value);
  }
}
