package finitewidth.data.scale;

import finitewidth.data.DataRow;
import finitewidth.data.TestSet;
import finitewidth.data.TrainingData;
import finitewidth.data.TrainingSet;
import finitewidth.inducing.TrainingBlock;
import finitewidth.linalg.Matrix;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/** The scalers of a job, fitted on its training rows. */
public record Preprocessing(FeatureScaler features, TargetScaler targets) implements Serializable {

  /**
   * Fits both scalers, the features' to columns that are not constant.
   *
   * @throws finitewidth.data.DataException naming constant columns where there are no others
   */
  public static Preprocessing fit(
      FeatureScaling features, TargetScaling targets, TrainingData training) {
    return fit(features, targets, ConstantColumns.DROP, training);
  }

  /**
   * Fits both scalers.
   *
   * @throws finitewidth.data.DataException naming constant columns that are refused
   */
  public static Preprocessing fit(
      FeatureScaling features,
      TargetScaling targets,
      ConstantColumns constants,
      TrainingData training) {
    return new Preprocessing(
        FeatureScaler.fit(features, constants, training), TargetScaler.fit(targets, training));
  }

  /** What a user should know of features that are ignored. */
  public List<String> warnings(TrainingData training) {
    return features.warnings(training.schema().featureNames(), training.count());
  }

  /** The preprocessed design matrix, rows × inputs. */
  public Matrix design(TrainingSet training) {
    return features.forward(training.features());
  }

  /** The preprocessed targets, rows × outputs. */
  public Matrix targets(TrainingSet training) {
    return targets.forward(training.targets());
  }

  /** A preprocessed block of training rows. */
  public TrainingBlock block(TrainingBlock raw) {
    return new TrainingBlock(
        raw.number(), features.forward(raw.inputs()), targets.forward(raw.targets()));
  }

  /**
   * Test rows with preprocessed features, where they have any; their targets stay in the target's
   * units.
   */
  public JavaRDD<DataRow> inputs(TestSet test) {
    FeatureScaler scaler = features;
    return test.rows()
        .map(row -> row.isComplete() ? row.withFeatures(scaler.forward(row.features())) : row);
  }
}
