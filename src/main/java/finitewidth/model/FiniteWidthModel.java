package finitewidth.model;

import finitewidth.data.Classes;
import finitewidth.data.TrainingSchema;
import finitewidth.data.scale.Preprocessing;
import finitewidth.inference.Posterior;
import finitewidth.prior.Widths;
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
 * @param inducing what the points that were conditioned on stand for; empty where they are the
 *     training rows themselves
 */
public record FiniteWidthModel(
    Posterior posterior,
    Preprocessing preprocessing,
    Widths widths,
    double noiseVariance,
    SourceColumns columns,
    List<String> featureNames,
    List<String> outputNames,
    List<String> classNames,
    List<Inducing> inducing)
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

  /**
   * Training rows for which inducing points stand.
   *
   * @param rows how many there were
   * @param method greedy or k-means
   * @param approximation dtc or fitc
   * @param variationalBound below the log evidence of the NNGP conditioned on all rows
   */
  public record Inducing(long rows, String method, String approximation, double variationalBound)
      implements Serializable {}

  /** A model of these training rows. */
  public FiniteWidthModel(
      Posterior posterior,
      Preprocessing preprocessing,
      Widths widths,
      double noiseVariance,
      SourceColumns columns,
      TrainingSchema training,
      List<Inducing> inducing) {
    this(
        posterior,
        preprocessing,
        widths,
        noiseVariance,
        columns,
        training.featureNames(),
        training.outputNames(),
        training.classes().map(Classes::names).orElse(List.of()),
        inducing);
  }

  public FiniteWidthModel {
    featureNames = List.copyOf(featureNames);
    outputNames = List.copyOf(outputNames);
    classNames = List.copyOf(classNames);
    inducing = List.copyOf(inducing);
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

  /** How many training rows there were. */
  public long trainingRows() {
    return inducing.isEmpty() ? posterior.problem().size() : inducing.get(0).rows();
  }

  /** What was conditioned on, in words. */
  public String conditionedOn() {
    int size = posterior.problem().size();
    return size
        + (inducing.isEmpty() ? " training row" : " inducing point")
        + (size == 1 ? "" : "s");
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
