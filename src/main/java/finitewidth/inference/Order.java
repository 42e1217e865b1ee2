package finitewidth.inference;

/** To which order in 1/width rows are predicted. */
public enum Order {
  /** The NNGP posterior alone: cheap, O(P²) a row. */
  NNGP,
  /** With the correction, by the engine that conditioned. */
  CORRECTED,
  /** And with third and fourth cumulants. */
  CUMULANTS
}
