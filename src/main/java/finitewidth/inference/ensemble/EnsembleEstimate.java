package finitewidth.inference.ensemble;

import finitewidth.inference.comparison.Comparison;
import finitewidth.inference.comparison.Distance;
import finitewidth.inference.comparison.Jackknife;
import finitewidth.inference.comparison.Trust;
import finitewidth.inference.comparison.Truth;
import finitewidth.inference.comparison.WeightedMoments;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The exact posterior at some widths, as far as draws tell it.
 *
 * <p>With averages D of weights and N of weighted quantities, log p = log D and ⟨·⟩ = N/D. Standard
 * errors are the jackknife's over {@value #GROUPS} batches, so the ratio and the regression on
 * controls are in them. They miss what no draw has met: where few draws carry all the weight,
 * {@link #effectiveDraws} says that nothing here can be relied on.
 */
public final class EnsembleEstimate implements Truth {
  /** Batches that a width is drawn in. */
  public static final int GROUPS = 64;

  private final EnsembleProblem problem;
  private final GroupMeans means;
  private final long draws;
  private final double effectiveDraws;
  private final double largestWeight;
  private final WeightedMoments posterior;
  private final double noiseReduction;
  private final List<HiddenEstimate> hiddenKernels;

  /**
   * @param batches {@value #GROUPS} of equal size, in order
   */
  public EnsembleEstimate(EnsembleProblem problem, List<DrawSums> batches) {
    this.problem = problem;
    means = GroupMeans.of(batches);
    DrawSums total = DrawSums.total(batches);
    double weights = total.y[Quantities.WEIGHT];
    draws = total.draws;
    effectiveDraws = weights * weights / total.squares;
    largestWeight = 1 / weights;
    Jackknife jackknife = Jackknife.of(means.controlled(), this::flat);
    posterior = posterior(jackknife.value(), jackknife.error());
    hiddenKernels = HiddenEstimate.of(problem, means);
    noiseReduction = ratio(Jackknife.of(means.plain(), this::flat).error(), jackknife.error());
  }

  /** Of sums of squares: how many times as many draws it would have taken without controls. */
  private static double ratio(double[] plain, double[] controlled) {
    double above = 0;
    double below = 0;
    for (int k = 0; k < plain.length; k++) {
      above += plain[k] * plain[k];
      below += controlled[k] * controlled[k];
    }
    return above / below;
  }

  /** Log evidence, means, variances, in the places of {@link Quantities}. */
  double[] flat(double[] average) {
    Quantities quantities = problem.quantities();
    Reference reference = problem.reference();
    double[] flat = new double[quantities.posterior()];
    double weight = average[Quantities.WEIGHT];
    flat[Quantities.WEIGHT] = reference.logEvidence() + means.logUnit() + Math.log(weight);
    for (int x = 0; x < quantities.tests(); x++) {
      for (int i = 0; i < quantities.outputs(); i++) {
        double shift = average[quantities.mean(x, i)] / weight;
        flat[quantities.mean(x, i)] = reference.mean().get(x, i) + shift;
        flat[quantities.square(x, i)] =
            reference.variance()[x] + average[quantities.square(x, i)] / weight - shift * shift;
      }
    }
    return flat;
  }

  private WeightedMoments posterior(double[] value, double[] error) {
    return new WeightedMoments(
        table(value, false),
        table(value, true),
        value[Quantities.WEIGHT],
        table(error, false),
        table(error, true),
        error[Quantities.WEIGHT]);
  }

  private double[][] table(double[] flat, boolean squares) {
    Quantities quantities = problem.quantities();
    double[][] table = new double[quantities.tests()][quantities.outputs()];
    for (int x = 0; x < table.length; x++) {
      for (int i = 0; i < table[x].length; i++) {
        table[x][i] = flat[squares ? quantities.square(x, i) : quantities.mean(x, i)];
      }
    }
    return table;
  }

  EnsembleProblem problem() {
    return problem;
  }

  GroupMeans means() {
    return means;
  }

  /** How many networks were drawn. */
  public long draws() {
    return draws;
  }

  /** (Σw)² / Σw². */
  @Override
  public double effectiveDraws() {
    return effectiveDraws;
  }

  /** The part of all weight that one draw has. */
  public double largestWeight() {
    return largestWeight;
  }

  /** Means, variances and log evidence; not numbers where a draw or two have all the weight. */
  @Override
  public WeightedMoments posterior() {
    return posterior;
  }

  @Override
  public Optional<Trust> silence() {
    return Trust.silence(effectiveDraws);
  }

  @Override
  public double significant() {
    return Distance.SIGNIFICANT;
  }

  @Override
  public Jackknife functions(Comparison.Quantity quantity, UnaryOperator<double[]> functions) {
    return Jackknife.of(means.controlled(), average -> functions.apply(quantity.of(flat(average))));
  }

  /** Of every hidden layer, if they were asked for. */
  public List<HiddenEstimate> hiddenKernels() {
    return hiddenKernels;
  }

  /** How many times as many draws the same errors would have taken without controls. */
  public double noiseReduction() {
    return noiseReduction;
  }
}
