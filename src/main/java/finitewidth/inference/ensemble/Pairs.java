package finitewidth.inference.ensemble;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.PairIndex;
import java.io.Serializable;

/**
 * The pairs of points that a posterior looks at, as places in one array: all points with the
 * training points, row by row, the training points being first; then every test point with itself.
 * The array is filled up to whole rows, so that several of them make one matrix of P columns.
 *
 * @param training P
 * @param tests T
 */
record Pairs(int training, int tests) implements Serializable {

  /** M, all points. */
  int points() {
    return training + tests;
  }

  /** Without what fills the array up. */
  int used() {
    return points() * training + tests;
  }

  /** Rows of P numbers. */
  int rows() {
    return points() + (tests + training - 1) / training;
  }

  /** The length of the array. */
  int count() {
    return rows() * training;
  }

  /** The place of point a with training point b. */
  int at(int a, int b) {
    return a * training + b;
  }

  /** The place of point a with itself. */
  int own(int a) {
    return a < training ? at(a, a) : points() * training + a - training;
  }

  /**
   * The pairs of training points, each once, in the order of {@link PairIndex}.
   *
   * @param from where the array begins
   */
  double[] triangle(double[] elements, int from) {
    double[] triangle = new double[PairIndex.count(training)];
    triangle(elements, from, triangle, 0);
    return triangle;
  }

  /** The same into an array, from a place on. */
  void triangle(double[] elements, int from, double[] out, int to) {
    for (int a = 0, pair = to; a < training; pair += ++a) {
      System.arraycopy(elements, from + at(a, 0), out, pair, a + 1);
    }
  }

  /** The elements of a symmetric M × M matrix. */
  double[] of(Matrix full) {
    double[] elements = new double[count()];
    for (int a = 0; a < points(); a++) {
      System.arraycopy(full.data(), a * points(), elements, at(a, 0), training);
      elements[own(a)] = full.get(a, a);
    }
    return elements;
  }
}
