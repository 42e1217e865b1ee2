package finitewidth.data.scale;

/** What {@code preprocess.features} may be. */
public enum FeatureScaling {
  NONE,
  STANDARDIZE,
  UNIT_SPHERE
}
