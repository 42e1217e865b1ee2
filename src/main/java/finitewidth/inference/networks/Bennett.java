package finitewidth.inference.networks;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Bennett's acceptance ratio: the log evidence z that solves Σ_f 1/(1 + exp(M − log w + z)) = Σ_r
 * 1/(1 + exp(−M + log w' − z)), M = log(n_f/n_r), where forward weights have the mean Z and
 * inverses of reverse weights the mean 1/Z. Of all estimates from the two it has the least variance
 * (Bennett, Efficient estimation of free energy differences from Monte Carlo data, 1976; Shirts,
 * Bair, Hooker, Pande, Equilibrium free energies from nonequilibrium measurements, 2003).
 */
final class Bennett {
  /** Draws of the bootstrap. */
  static final int DRAWS = 400;

  /** Tells these random numbers from others of the same seed. */
  private static final long PURPOSE = 0x62656e6e657474L;

  private final double[] forward;
  private final double[] reverse;

  private Bennett(double[] forward, double[] reverse) {
    this.forward = forward;
    this.reverse = reverse;
  }

  /**
   * The log evidence. Where there are as many forward as reverse weights they are those of the same
   * chains, and the bootstrap draws chains; else it draws either by itself.
   *
   * @param forward log weights of passes from the prior, or of populations; two or more
   * @param reverse log weights of passes back to it, two or more
   * @param seed of the bootstrap
   * @throws IllegalArgumentException where there are fewer, or one is not finite
   */
  static LogEvidence of(double[] forward, double[] reverse, long seed) {
    check(forward, "forward");
    check(reverse, "reverse");
    Bennett bennett = new Bennett(forward, reverse);
    double[] inverse = Arrays.stream(reverse).map(logarithm -> -logarithm).toArray();
    Spread down = Spread.of(forward);
    Spread up = Spread.of(reverse);
    return new LogEvidence(
        root(forward, reverse),
        bennett.bootstrap(seed),
        LogMeanExp.of(forward),
        LogMeanExp.jackknife(forward),
        -LogMeanExp.of(inverse),
        LogMeanExp.jackknife(inverse),
        down.mean(),
        up.mean(),
        down.variance(),
        up.variance());
  }

  private static void check(double[] logarithms, String way) {
    if (logarithms.length < 2) {
      throw new IllegalArgumentException(
          logarithms.length + " " + way + " log weight(s), and a standard error needs two");
    }
    for (int i = 0; i < logarithms.length; i++) {
      if (!Double.isFinite(logarithms[i])) {
        throw new IllegalArgumentException(
            "the " + way + " log weight of chain " + i + " is " + logarithms[i]);
      }
    }
  }

  /**
   * The root by halving. Logarithms of the two sums are compared, not the sums, which are both next
   * to nothing where forward and reverse weights lie far apart.
   */
  static double root(double[] forward, double[] reverse) {
    double shift = Math.log((double) forward.length / reverse.length);
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double[] logarithms : new double[][] {forward, reverse}) {
      for (double logarithm : logarithms) {
        low = Math.min(low, logarithm);
        high = Math.max(high, logarithm);
      }
    }
    // At these ends one sum is at least n/(1 + 1/r) and the other at most n'/(1 + r), r = exp|M|.
    low -= 2 * Math.abs(shift);
    high += 2 * Math.abs(shift);
    double middle = low + 0.5 * (high - low);
    while (middle > low && middle < high) {
      if (logSum(forward, shift + middle, -1) > logSum(reverse, -shift - middle, 1)) {
        low = middle;
      } else {
        high = middle;
      }
      middle = low + 0.5 * (high - low);
    }
    return middle;
  }

  /** log Σ 1/(1 + exp(shift + sign · logarithm)). */
  private static double logSum(double[] logarithms, double shift, int sign) {
    double least = Double.POSITIVE_INFINITY;
    for (double logarithm : logarithms) {
      least = Math.min(least, shift + sign * logarithm);
    }
    // exp(−(x)⁺) is a factor of every term that neither over- nor underflows at the largest term.
    double reference = Math.max(0, least);
    double sum = 0;
    for (double logarithm : logarithms) {
      double x = shift + sign * logarithm;
      sum +=
          x > 0
              ? Math.exp(reference - x) / (1 + Math.exp(-x))
              : Math.exp(reference) / (1 + Math.exp(x));
    }
    return Math.log(sum) - reference;
  }

  /** Scatter of roots over draws of chains, with the factor √(n/(n − 1)) that it is short of. */
  private double bootstrap(long seed) {
    boolean pairs = forward.length == reverse.length;
    double[] roots = new double[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      UniformRandomProvider random =
          RandomSource.PHILOX_4X64.create(new long[] {seed, 0, 0, 0, draw, PURPOSE});
      int[] chains = chains(random, forward.length);
      int[] others = pairs ? chains : chains(random, reverse.length);
      roots[draw] = root(chosen(forward, chains), chosen(reverse, others));
    }
    double fewer = Math.min(forward.length, reverse.length);
    return Spread.of(roots).deviation() * Math.sqrt(fewer / (fewer - 1));
  }

  private static int[] chains(UniformRandomProvider random, int count) {
    int[] chains = new int[count];
    for (int i = 0; i < count; i++) {
      chains[i] = random.nextInt(count);
    }
    return chains;
  }

  private static double[] chosen(double[] logarithms, int[] chains) {
    double[] chosen = new double[chains.length];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = logarithms[chains[i]];
    }
    return chosen;
  }
}
