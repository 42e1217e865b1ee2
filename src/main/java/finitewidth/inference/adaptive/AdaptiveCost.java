package finitewidth.inference.adaptive;

import finitewidth.inference.ConditioningShape;
import finitewidth.inference.Cost;

/** What adapting a kernel costs beside contractions. */
final class AdaptiveCost {
  /** In operations of a product, what an eigendecomposition takes of P³. */
  private static final double EIGEN = 25;

  /** Evaluations of a search from all its starts, as seen. */
  private static final double EVALUATIONS = 200;

  /** Of a feature of a pair of rows, by plain loops. */
  private static final double FEATURE_SECONDS = 1e-9;

  /** Nodes of the scale. */
  private static final double NODES = 25;

  private AdaptiveCost() {}

  /** Seconds of a search: factor and inverse, kernels there and back, products with features. */
  static double search(ConditioningShape on) {
    double p = on.size();
    double r = Math.min(p, on.features() + 1.0);
    double once =
        Cost.products(p * p * p + 4 * p * p * r)
            + Cost.pairs(p * p * on.layers())
            + FEATURE_SECONDS * 2 * p * p * r;
    return EVALUATIONS * once + Cost.products(2 * (EIGEN + 4) * p * p * p);
  }

  /** Seconds of rows: products with bases, and Gaussians at nodes of the scale. */
  static double rows(ConditioningShape on, int networks, double rows) {
    double p = on.size();
    return rows
        * networks
        * (Cost.products(6 * p * p + 4 * NODES * p * on.outputs()) + Cost.pairs(p * on.layers()));
  }

  /** Bytes of a network: its basis, the state of what is left, and matrices on the way. */
  static double bytes(ConditioningShape on, int networks) {
    return (6.0 * networks + 6 + on.layers()) * on.matrix();
  }

  /** Seconds of a search for Gram matrices of all layers. */
  static double deepSearch(ConditioningShape on) {
    double p = on.size();
    double layer =
        Cost.products(10 * p * p * p) + Cost.pairs(p * p) + FEATURE_SECONDS * 2 * p * p * p;
    return EVALUATIONS * on.layers() * layer;
  }

  /** Seconds of rows by deep kernel machines: a triangular solve and a product a layer. */
  static double deepRows(ConditioningShape on, int networks, double rows) {
    double p = on.size();
    double layer = 4 * FEATURE_SECONDS * p * p + Cost.pairs(p);
    return rows * networks * on.layers() * layer;
  }

  /** Bytes of deep kernel machines: factor, root and inputs of each layer. */
  static double deepBytes(ConditioningShape on, int networks) {
    return (3.0 * networks + 8) * on.layers() * on.matrix();
  }
}
