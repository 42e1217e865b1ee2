package finitewidth.inference.montecarlo;

/**
 * Where the quantities are that a batch estimates: the evidence, then by row and output the mean
 * and the variance, then by row what it has along further directions, then the shift of the
 * output's kernel over the training samples.
 *
 * @param rows further rows
 * @param outputs m
 * @param variance whether corrections of variances are wanted
 * @param directions K
 * @param triangle P(P + 1)/2 where shifts are wanted, or 0
 */
record Quantities(int rows, int outputs, boolean variance, int directions, int triangle) {

  /** Of a problem. */
  static Quantities of(SampledProblem problem, int rows, boolean shifts) {
    return new Quantities(
        rows,
        problem.outputs(),
        problem.contraction().variance(),
        problem.directions().cols(),
        shifts ? triangle(problem.size()) : 0);
  }

  /** Pairs of so many training samples. */
  static int triangle(int size) {
    return Math.toIntExact((long) size * (size + 1) / 2);
  }

  /** How many there are. */
  int count() {
    return triangle == 0 ? shifts() : Math.addExact(shifts() + 1, triangle);
  }

  /** Of the evidence's coefficient. */
  static int evidence() {
    return 0;
  }

  /** Of δμ of row x, output i. */
  int mean(int x, int i) {
    return 1 + x * outputs + i;
  }

  /** Of δc of row x, output i. */
  int variance(int x, int i) {
    return mean(rows + x, i);
  }

  /** Of M_x̃R D of row x, direction k. */
  int along(int x, int k) {
    return Math.addExact(1, Math.multiplyExact(rows, (variance ? 2 : 1) * outputs))
        + x * directions
        + k;
  }

  /** Of V:ΦΦ, after which M follows, its lower triangle row by row. */
  int shifts() {
    return Math.addExact(along(0, 0), Math.multiplyExact(rows, directions));
  }
}
