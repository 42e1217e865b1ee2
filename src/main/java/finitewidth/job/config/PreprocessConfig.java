package finitewidth.job.config;

import finitewidth.data.TrainingData;
import finitewidth.data.scale.ConstantColumns;
import finitewidth.data.scale.FeatureScaler;
import finitewidth.data.scale.FeatureScaling;
import finitewidth.data.scale.Preprocessing;
import finitewidth.data.scale.TargetScaling;
import finitewidth.settings.Key;
import java.util.List;

/**
 * How features and targets are scaled before the network sees them.
 *
 * @param constants what becomes of features that are constant over the training rows
 */
public record PreprocessConfig(
    @From(Key.FEATURE_SCALING) FeatureScaling features,
    @From(Key.TARGET_SCALING) TargetScaling target,
    @From(Key.DATA_CONSTANT_COLUMNS) ConstantColumns constants) {

  /** Scalers fitted to training rows. */
  public Preprocessing fit(TrainingData training) {
    return Preprocessing.fit(features, target, constants, training);
  }

  /** What a user should know of features that a scaler ignores. */
  public List<String> warnings(FeatureScaler scaler, TrainingData training) {
    return scaler.warnings(training.schema().featureNames(), training.count()).stream()
        .map(warning -> warning + " (" + Key.DATA_CONSTANT_COLUMNS + " = drop)")
        .toList();
  }
}
