package finitewidth.data;

import finitewidth.linalg.Matrix;
import java.util.List;
import java.util.Optional;

/**
 * The rows to learn from, on the driver, in file order.
 *
 * @param features rows × features, not yet scaled
 * @param targets rows × outputs: targets in their own units, or the classes' codes
 * @param numbers the rows' numbers in the file
 * @param ids the rows' ids
 * @param columns names of the columns that the features come from, one if it is a vector
 * @param featureNames one per column of {@code features}
 * @param outputNames target columns, or class names
 * @param classes present for a classification
 */
public record TrainingSet(
    Matrix features,
    Matrix targets,
    List<Long> numbers,
    List<Object> ids,
    List<String> columns,
    List<String> featureNames,
    List<String> outputNames,
    Optional<Classes> classes) {

  public int rows() {
    return features.rows();
  }

  public int outputs() {
    return targets.cols();
  }
}
