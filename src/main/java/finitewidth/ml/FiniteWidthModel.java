package finitewidth.ml;

import finitewidth.data.Classes;
import finitewidth.data.Preprocessing;
import finitewidth.flow.Widths;
import finitewidth.posterior.FittedPosterior;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * A fitted posterior with all that predicting raw rows needs; what a spark.ml model holds and what
 * is saved.
 *
 * @param posterior in preprocessed units
 * @param preprocessing from raw features and back to the targets' units
 * @param widths of the hidden layers
 * @param noiseVariance in preprocessed units
 * @param columns where rows come from
 * @param featureNames one for each feature
 * @param outputNames target columns or class names
 * @param classNames in order, for a classification; empty for a regression
 */
public record FiniteWidthModel(
    FittedPosterior posterior,
    Preprocessing preprocessing,
    Widths widths,
    double noiseVariance,
    SourceColumns columns,
    List<String> featureNames,
    List<String> outputNames,
    List<String> classNames)
    implements Serializable {

  /**
   * Columns of the training data.
   *
   * @param features names of the feature columns, or of the one vector column
   * @param targets names of the target columns, or of the class column
   */
  public record SourceColumns(List<String> features, List<String> targets) implements Serializable {
    public SourceColumns {
      features = List.copyOf(features);
      targets = List.copyOf(targets);
    }
  }

  public FiniteWidthModel {
    featureNames = List.copyOf(featureNames);
    outputNames = List.copyOf(outputNames);
    classNames = List.copyOf(classNames);
  }

  /**
   * Reads what the job's {@code fit}, or a spark.ml model, has written.
   *
   * @throws ModelException if there is none, or it is newer than this version, incomplete or
   *     damaged
   */
  public static FiniteWidthModel load(SparkSession spark, String path) {
    return ModelFiles.read(spark, path).content();
  }

  /** The classes of a classification. */
  public Optional<Classes> classes() {
    return isClassification() ? Optional.of(Classes.restore(classNames)) : Optional.empty();
  }

  public boolean isClassification() {
    return !classNames.isEmpty();
  }

  /** n_0. */
  public int features() {
    return featureNames.size();
  }

  /** m. */
  public int outputs() {
    return outputNames.size();
  }
}
