package finitewidth.prior.density;

import java.io.Serializable;

/**
 * Where densities are drawn: {@value #BINS} bins of equal width over ±{@value #REACH} standard
 * deviations of the NNGP, and their centres. Zero, where the density of a ReLU network may be
 * infinite, lies between two bins.
 *
 * @param deviation √K, positive
 */
public record DensityGrid(double deviation) implements Serializable {
  /** How many bins there are. */
  public static final int BINS = 120;

  /** Standard deviations from zero to either end. */
  public static final int REACH = 6;

  /** The width of a bin. */
  public double width() {
    return 2 * REACH * deviation / BINS;
  }

  /** The centre of a bin. */
  public double centre(int bin) {
    return (bin + 0.5 - BINS / 2) * width();
  }

  /** The bin of a value; below 0 or from {@link #BINS} on outside. */
  int bin(double value) {
    double place = Math.floor(value / width()) + BINS / 2;
    return (int) Math.max(-1, Math.min(BINS, place));
  }
}
