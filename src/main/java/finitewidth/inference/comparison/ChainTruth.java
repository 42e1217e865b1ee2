package finitewidth.inference.comparison;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * The exact posterior by Markov chains that know nothing of one another.
 *
 * <p>Standard errors of means, variances and distances are those of the jackknife that leaves out a
 * chain at a time: they hold whatever correlations there are within a chain. As chains are few,
 * their errors are uncertain, and a difference counts from as many of them on as Student's t with
 * chains − 1 degrees of freedom asks for in place of a Gaussian's two. The log evidence comes as a
 * number with an error, being no average of chains.
 */
public final class ChainTruth implements Truth {
  private final int chains;
  private final int outputs;
  private final List<ChainMoments> rows;
  private final double[][] groups;
  private final Evidence evidence;
  private final double effectiveDraws;
  private final boolean converged;
  private final WeightedMoments posterior;

  /** log p(Y) in nats, and its standard error. */
  public record Evidence(double value, double error) {}

  /**
   * What chains say of all test points.
   *
   * @param rows the test points, one or more, each by the same chains, at least two
   * @param effectiveDraws of all chains together
   * @param converged whether the chains have
   */
  public ChainTruth(
      List<ChainMoments> rows, Evidence evidence, double effectiveDraws, boolean converged) {
    this.rows = List.copyOf(rows);
    this.evidence = evidence;
    this.effectiveDraws = effectiveDraws;
    this.converged = converged;
    chains = rows.get(0).means().length;
    outputs = rows.get(0).centre().length;
    int each = rows.size() * outputs;
    groups = new double[chains][1 + 2 * each];
    for (int c = 0; c < chains; c++) {
      for (int k = 0; k < each; k++) {
        ChainMoments row = rows.get(k / outputs);
        groups[c][1 + k] = row.means()[c][k % outputs];
        groups[c][1 + each + k] = row.squares()[c][k % outputs];
      }
    }
    Jackknife moments = Jackknife.of(groups, this::all);
    posterior =
        new WeightedMoments(
            table(Comparison.Quantity.MEAN.of(moments.value())),
            table(Comparison.Quantity.VARIANCE.of(moments.value())),
            evidence.value(),
            table(Comparison.Quantity.MEAN.of(moments.error())),
            table(Comparison.Quantity.VARIANCE.of(moments.error())),
            evidence.error());
  }

  /** Means and variances from averages over chains, with a place for the log evidence. */
  private double[] all(double[] average) {
    int each = rows.size() * outputs;
    double[] all = new double[1 + 2 * each];
    for (int k = 0; k < each; k++) {
      double shift = average[1 + k];
      all[1 + k] = rows.get(k / outputs).centre()[k % outputs] + shift;
      all[1 + each + k] = average[1 + each + k] - shift * shift;
    }
    return all;
  }

  private double[][] table(double[] numbers) {
    double[][] table = new double[rows.size()][outputs];
    for (int k = 0; k < numbers.length; k++) {
      table[k / outputs][k % outputs] = numbers[k];
    }
    return table;
  }

  @Override
  public WeightedMoments posterior() {
    return posterior;
  }

  @Override
  public double effectiveDraws() {
    return effectiveDraws;
  }

  @Override
  public Optional<Trust> silence() {
    return converged ? Optional.empty() : Optional.of(Trust.NOT_CONVERGED);
  }

  /** As improbable by chance as two of a Gaussian. */
  @Override
  public double significant() {
    double probability = new NormalDistribution().cumulativeProbability(Distance.SIGNIFICANT);
    return new TDistribution(chains - 1).inverseCumulativeProbability(probability);
  }

  @Override
  public Jackknife functions(Comparison.Quantity quantity, UnaryOperator<double[]> functions) {
    return quantity == Comparison.Quantity.LOG_EVIDENCE
        ? Jackknife.ofGaussian(evidence.value(), evidence.error(), functions)
        : Jackknife.of(groups, average -> functions.apply(quantity.of(all(average))));
  }
}
