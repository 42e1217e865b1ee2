package finitewidth.ensemble;

import java.io.Serializable;

/**
 * The numbers that a draw is asked for, as places in one array: its weight; then, for every test
 * point and output, its mean's distance from that of infinite width; then its variance's distance
 * plus the square of the mean's.
 *
 * <p>Their weighted averages are those of the exact posterior: mean = μ₀ + ⟨μ − μ₀⟩ and variance =
 * c₀ + ⟨c − c₀ + (μ − μ₀)²⟩ − ⟨μ − μ₀⟩².
 *
 * @param tests T
 * @param outputs m
 */
record Quantities(int tests, int outputs) implements Serializable {
  static final int WEIGHT = 0;

  int count() {
    return 1 + 2 * tests * outputs;
  }

  int mean(int x, int i) {
    return 1 + x * outputs + i;
  }

  int square(int x, int i) {
    return 1 + (tests + x) * outputs + i;
  }
}
