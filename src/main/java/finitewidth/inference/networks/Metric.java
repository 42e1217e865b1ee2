package finitewidth.inference.networks;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * How far a trajectory goes in one leap: the angle step·ω_k by which column k of the weights turns
 * about its momenta. What the softest directions turn by is the step, as the largest ω is 1.
 *
 * @param step h
 * @param frequencies ω of the columns of all layers, one over the root of a mass
 */
record Metric(double step, double[] frequencies) implements Serializable {

  /** All columns alike. */
  static Metric plain(double step, NetworkShape shape) {
    double[] ones = new double[shape.columns()];
    Arrays.fill(ones, 1);
    return new Metric(step, ones);
  }

  /** The median of each number, so that none of many is left with what one has found. */
  static Metric median(List<Metric> all) {
    double[] frequencies = new double[all.get(0).frequencies().length];
    for (int k = 0; k < frequencies.length; k++) {
      int column = k;
      frequencies[k] = median(all.stream().mapToDouble(one -> one.frequencies()[column]));
    }
    return new Metric(median(all.stream().mapToDouble(Metric::step)), frequencies);
  }

  private static double median(DoubleStream numbers) {
    double[] sorted = numbers.sorted().toArray();
    return 0.5 * (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]);
  }

  /** The same frequencies, another step. */
  Metric step(double other) {
    return new Metric(other, frequencies);
  }
}
