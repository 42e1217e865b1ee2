package finitewidth.prior.density;

import finitewidth.linalg.Summable;
import java.io.Serializable;

/**
 * Counts of drawn outputs over a {@link DensityGrid}.
 *
 * @param bins by bin, without zeros
 * @param zeros outputs that are exactly zero
 * @param draws all outputs, those outside the grid included
 */
public record Histogram(long[] bins, long zeros, long draws)
    implements Summable<Histogram>, Serializable {

  @Override
  public Histogram add(Histogram other) {
    long[] sums = bins.clone();
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.bins[i];
    }
    return new Histogram(sums, zeros + other.zeros, draws + other.draws);
  }

  /** The density's average over a bin. */
  public double density(DensityGrid grid, int bin) {
    return bins[bin] / (draws * grid.width());
  }

  /** Its standard error. */
  public double error(DensityGrid grid, int bin) {
    double p = (double) bins[bin] / draws;
    return Math.sqrt(p * (1 - p) / draws) / grid.width();
  }

  /** Outputs that are outside the grid. */
  public long outside() {
    long inside = zeros;
    for (long count : bins) {
      inside += count;
    }
    return draws - inside;
  }
}
