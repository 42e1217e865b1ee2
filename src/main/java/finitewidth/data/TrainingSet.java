package finitewidth.data;

import finitewidth.linalg.Matrix;
import java.util.List;

/**
 * The rows to learn from, on the driver, in file order.
 *
 * @param features rows × features, not yet scaled
 * @param targets rows × outputs: targets in their own units, or the classes' codes
 * @param numbers the rows' numbers in the file
 * @param ids the rows' ids
 */
public record TrainingSet(
    Matrix features, Matrix targets, List<Long> numbers, List<Object> ids, TrainingSchema schema)
    implements TrainingData {

  public int rows() {
    return features.rows();
  }

  @Override
  public long count() {
    return rows();
  }

  @Override
  public ColumnMoments featureMoments() {
    return ColumnMoments.of(features);
  }

  @Override
  public ColumnMoments targetMoments() {
    return ColumnMoments.of(targets);
  }
}
