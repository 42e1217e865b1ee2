package finitewidth.data;

/** What {@code preprocess.target} may be. */
public enum TargetScaling {
  NONE,
  STANDARDIZE
}
