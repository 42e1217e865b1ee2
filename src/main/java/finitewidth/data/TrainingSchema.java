package finitewidth.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What training rows are made of, wherever they are.
 *
 * @param columns names of the columns that the features come from, one if it is a vector
 * @param featureNames one per feature
 * @param outputNames target columns, or class names
 * @param classes present for a classification
 * @param classRows training rows of each class, in their order; empty for a regression
 */
public record TrainingSchema(
    List<String> columns,
    List<String> featureNames,
    List<String> outputNames,
    Optional<Classes> classes,
    List<Long> classRows) {
  public TrainingSchema {
    columns = List.copyOf(columns);
    featureNames = List.copyOf(featureNames);
    outputNames = List.copyOf(outputNames);
    classRows = List.copyOf(classRows);
  }

  /** Rows of a regression. */
  public static TrainingSchema regression(
      List<String> columns, List<String> featureNames, List<String> targets) {
    return new TrainingSchema(columns, featureNames, targets, Optional.empty(), List.of());
  }

  /**
   * Rows of a classification.
   *
   * @param classRows training rows of each class, in their order
   */
  public static TrainingSchema classification(
      List<String> columns, List<String> featureNames, Classes classes, List<Long> classRows) {
    return new TrainingSchema(
        columns, featureNames, classes.names(), Optional.of(classes), classRows);
  }

  /** Whether every feature is a column of its own. */
  public boolean hasNamedFeatures() {
    return columns.equals(featureNames);
  }

  /** The same without some features, each a column of its own. */
  public TrainingSchema without(int[] ignored) {
    List<String> kept =
        IntStream.range(0, featureNames.size())
            .filter(j -> Arrays.binarySearch(ignored, j) < 0)
            .mapToObj(featureNames::get)
            .toList();
    return new TrainingSchema(kept, kept, outputNames, classes, classRows);
  }

  /** How many features there are. */
  public int features() {
    return featureNames.size();
  }

  /** m. */
  public int outputs() {
    return outputNames.size();
  }

  /** The share of each class in the training rows; empty for a regression. */
  public List<Double> classPriors() {
    double rows = classRows.stream().mapToLong(Long::longValue).sum();
    return classRows.stream().map(count -> count / rows).toList();
  }
}
