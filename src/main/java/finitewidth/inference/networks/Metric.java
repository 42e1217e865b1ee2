package finitewidth.inference.networks;

import java.io.Serializable;
import java.util.Arrays;

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

  /** The same frequencies, another step. */
  Metric step(double other) {
    return new Metric(other, frequencies);
  }
}
