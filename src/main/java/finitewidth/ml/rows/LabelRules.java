package finitewidth.ml.rows;

import finitewidth.data.Classes;
import finitewidth.data.DataException;
import java.io.Serializable;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.BinaryAttribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * Labels of classes: 0 … C − 1, where C comes from the column's metadata or is one more than the
 * largest.
 *
 * @param known C, or 0 where the metadata do not say
 */
record LabelRules(String column, int known) implements Serializable {
  private static final int MOST_CLASSES = 10_000;

  static LabelRules of(StructType schema, String column) {
    Attribute attribute = Attribute.fromStructField(schema.apply(column));
    if (attribute instanceof BinaryAttribute) {
      return new LabelRules(column, 2);
    }
    if (attribute instanceof NominalAttribute nominal) {
      Option<Object> count = nominal.getNumValues();
      return new LabelRules(column, count.isDefined() ? (Integer) count.get() : 0);
    }
    return new LabelRules(column, 0);
  }

  /**
   * The class of a row.
   *
   * @throws DataException naming the row, if its label is none
   */
  int classOf(LearntRow row) {
    double label = row.label()[0];
    boolean fits = label >= 0 && label == Math.rint(label) && label < MOST_CLASSES;
    if (!fits || (known > 0 && label >= known)) {
      throw new DataException(
          """
          row %s has the label %s in column %s; classes are 0, 1, … %s, as StringIndexer makes them\
          """
              .formatted(row.number(), label, column, known > 0 ? known - 1 : "C - 1"));
    }
    return (int) label;
  }

  /** All classes, where the largest is this. */
  Classes upTo(int largest) {
    int count = Math.max(known, largest + 1);
    if (count < 2) {
      throw new DataException(
          "all rows are of class 0 in column " + column + "; at least 2 classes are needed");
    }
    return Classes.restore(IntStream.range(0, count).mapToObj(Integer::toString).toList());
  }
}
