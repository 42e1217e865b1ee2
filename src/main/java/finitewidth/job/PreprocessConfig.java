package finitewidth.job;

import finitewidth.data.FeatureScaling;
import finitewidth.data.TargetScaling;

/** How features and targets are scaled before the network sees them. */
public record PreprocessConfig(FeatureScaling features, TargetScaling target) {}
