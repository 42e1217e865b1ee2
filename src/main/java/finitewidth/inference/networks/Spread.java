package finitewidth.inference.networks;

/**
 * Mean and variance of numbers. Numbers that are all the same have exactly that mean and the
 * variance 0, so that what does not vary is known not to.
 *
 * @param mean average
 * @param variance sum of squared distances from it over n − 1
 */
record Spread(double mean, double variance) {

  static Spread of(double[] values) {
    return of(values, 0, values.length);
  }

  /** Of the numbers from one index to before another. */
  static Spread of(double[] values, int from, int to) {
    int count = to - from;
    double first = values[from];
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i] - first;
    }
    double mean = first + sum / count;
    double squares = 0;
    for (int i = from; i < to; i++) {
      squares += (values[i] - mean) * (values[i] - mean);
    }
    return new Spread(mean, squares / (count - 1));
  }

  double deviation() {
    return Math.sqrt(variance);
  }
}
