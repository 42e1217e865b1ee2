package finitewidth.inference.ensemble;

import finitewidth.linalg.PairIndex;
import java.io.Serializable;

/**
 * The numbers that a draw is asked for, as places in one array: its weight; then, for every test
 * point and output, its mean's distance from that of infinite width; then its variance's distance
 * plus the square of the mean's; then, where hidden kernels are wanted, their distances from K for
 * every hidden layer and pair of training points.
 *
 * <p>Their weighted averages are those of the exact posterior: mean = μ₀ + ⟨μ − μ₀⟩, variance = c₀
 * + ⟨c − c₀ + (μ − μ₀)²⟩ − ⟨μ − μ₀⟩² and hidden kernel = K + ⟨Ĝ − K⟩.
 *
 * @param tests T
 * @param outputs m
 * @param training P
 * @param kernels hidden layers whose kernels are wanted: all or none
 */
record Quantities(int tests, int outputs, int training, int kernels) implements Serializable {
  static final int WEIGHT = 0;

  int count() {
    return posterior() + kernels * pairs();
  }

  /** Without hidden kernels. */
  int posterior() {
    return 1 + 2 * tests * outputs;
  }

  int mean(int x, int i) {
    return 1 + x * outputs + i;
  }

  int square(int x, int i) {
    return 1 + (tests + x) * outputs + i;
  }

  /** P(P+1)/2. */
  int pairs() {
    return PairIndex.count(training);
  }

  /** The first pair of hidden layer h; pairs follow in the order of {@link PairIndex}. */
  int kernel(int h) {
    return posterior() + h * pairs();
  }
}
