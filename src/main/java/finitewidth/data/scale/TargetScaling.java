package finitewidth.data.scale;

/** What {@code preprocess.target} may be. */
public enum TargetScaling {
  NONE,
  STANDARDIZE
}
