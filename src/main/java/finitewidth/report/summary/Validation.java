package finitewidth.report.summary;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * validate.json: the exact posterior of finite networks, the corrected one and that of infinite
 * width, row by row, and how far they are apart.
 *
 * @param truth how the exact posterior was had: draws or chains
 * @param widths in increasing order
 * @param slopes by quantity: mean, variance, log_evidence
 * @param hiddenKernelSlopes by layer; absent where hidden kernels were not asked for
 * @param hiddenKernelRows what rows and columns of hidden kernels are; likewise
 * @param verdict in words
 * @param referee which of several methods is nearest; empty where there is one alone
 */
public record Validation(
    String version,
    FitSummary.Data data,
    Network network,
    double noiseVariance,
    Corrected corrected,
    String truth,
    List<AtWidth> widths,
    Map<String, Slopes> slopes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Slopes> hiddenKernelSlopes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<KernelRow> hiddenKernelRows,
    String verdict,
    Optional<Refereed> referee) {

  /** The prior but for its widths. */
  public record Network(
      String activation,
      OptionalDouble negativeSlope,
      int hiddenLayers,
      List<Double> biasVariance,
      List<Double> weightVariance) {}

  /**
   * How what is judged was computed.
   *
   * @param method as posterior.method has it
   * @param engine of first order exact or sampled, otherwise the method
   */
  public record Corrected(String method, String engine) {}

  /** Whether there is anything to judge beside infinite width. */
  public boolean corrects() {
    return !corrected.method().equals("nngp");
  }

  /**
   * What became of chains.
   *
   * @param iterations of each of them
   * @param stoppedBy what has ended them: convergence, iterations or seconds
   * @param rHat the largest, of the log likelihood and of predictions
   * @param converged whether no diagnostic of their states has failed
   * @param failures each test that has failed in a sentence, those of the log evidence too
   */
  public record Convergence(
      int chains,
      int iterations,
      String stoppedBy,
      double rHat,
      boolean converged,
      List<String> failures) {}

  /**
   * One width of all hidden layers.
   *
   * @param draws networks that were drawn, or states that all chains have been at
   * @param effectiveSampleSize (Σw)²/Σw² of the draws' weights, or the fewest that chains have
   * @param largestWeight the part of all weight that one draw has; empty of chains
   * @param noiseReduction how many times as many draws the same errors would have taken without
   *     control variates; empty of chains
   * @param convergence empty of draws
   * @param outsideExpansion test rows that are flagged as outside the expansion
   * @param verdict trustworthy, nearer, farther, apart, undecided, too-few-draws, not-converged
   * @param remainder by quantity: mean, variance, log_evidence
   * @param hiddenKernels of every hidden layer; absent where they were not asked for
   */
  public record AtWidth(
      int width,
      long draws,
      double effectiveSampleSize,
      OptionalDouble largestWeight,
      OptionalDouble noiseReduction,
      Optional<Convergence> convergence,
      long outsideExpansion,
      String verdict,
      LogEvidence logEvidence,
      Map<String, Remainder> remainder,
      List<TestRow> points,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<HiddenKernel> hiddenKernels) {}

  /**
   * The kernel that a hidden layer makes of the training rows, in preprocessed units: lower
   * triangles, row by row.
   *
   * @param layer from 1
   * @param remainder distances from the exact posterior mean, root mean square over all pairs, in
   *     units of the root mean square of K
   * @param nngp K
   * @param priorShift S
   * @param posteriorShift what the data add to first order
   * @param corrected K + S and what the data add
   * @param exact the posterior mean of the networks that were drawn
   */
  public record HiddenKernel(
      int layer,
      Remainder remainder,
      List<double[]> nngp,
      List<double[]> priorShift,
      List<double[]> posteriorShift,
      List<double[]> corrected,
      List<double[]> exact,
      List<double[]> exactStandardError) {}

  /**
   * A training row.
   *
   * @param target by output: targets in their own units, or a class's code
   */
  public record KernelRow(Object id, double[] target) {}

  /** Of the preprocessed training targets with noise, in nats. */
  public record LogEvidence(
      double nngp,
      double corrected,
      double correctedStandardError,
      double exact,
      double exactStandardError) {}

  /**
   * Distances from the exact posterior, root mean square over rows and outputs: means in standard
   * deviations of the posterior of infinite width, variances in units of its variance.
   */
  public record Remainder(Distance corrected, Distance nngp) {}

  /**
   * A distance, freed from what noise adds to squares.
   *
   * @param bound what it is below, at two standard errors
   * @param resolved whether it can be told from zero, by two standard errors
   */
  public record Distance(double value, double standardError, double bound, boolean resolved) {}

  /** A test row; means and variances of the latent function by output, in the target's units. */
  public record TestRow(
      Object id,
      double[] nngpMean,
      double[] nngpVariance,
      double[] correctedMean,
      double[] correctedMeanStandardError,
      double[] correctedVariance,
      double[] correctedVarianceStandardError,
      double[] exactMean,
      double[] exactMeanStandardError,
      double[] exactVariance,
      double[] exactVarianceStandardError,
      boolean withinExpansion) {}

  /** How distances fall with the width; absent where fewer than three are resolved. */
  public record Slopes(Optional<Slope> corrected, Optional<Slope> nngp) {}

  /**
   * The exponent of n.
   *
   * @param widths how many widths it comes from
   */
  public record Slope(double value, double standardError, int widths) {}
}
