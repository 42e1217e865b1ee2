package finitewidth.data;

import finitewidth.inducing.TrainingBlock;
import finitewidth.linalg.Matrix;
import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;

/** The scalers of a job, fitted on its training rows. */
public record Preprocessing(FeatureScaler features, TargetScaler targets) implements Serializable {

  /**
   * Fits both scalers.
   *
   * @throws DataException naming constant columns that cannot be standardized
   */
  public static Preprocessing fit(
      FeatureScaling features, TargetScaling targets, TrainingData training) {
    return new Preprocessing(
        FeatureScaler.fit(features, training), TargetScaler.fit(targets, training));
  }

  /** The preprocessed design matrix, rows × features. */
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
