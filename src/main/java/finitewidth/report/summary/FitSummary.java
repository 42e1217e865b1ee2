package finitewidth.report.summary;

import finitewidth.inference.MetricReport;
import finitewidth.inference.ScaleReport;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * summary.json of a fit. Log evidences are in nats, of the preprocessed training targets with
 * noise; rmse and nlpd are per test row in the targets' units.
 *
 * @param blas which BLAS the driver used
 * @param inducing points that stand for the training rows; empty where none do
 * @param method by which the posterior was had
 * @param nngpOnCorrectedRows infinite width on the test rows that are corrected; empty where all
 *     are
 * @param deltaLogEvidence of the configured network; empty where infinite width is all there is
 * @param corrected the configured network by the method; the NNGP where that is the method
 * @param widths networks of uniform width
 * @param networks how the chains of the configured network went; empty but by the method networks
 * @param rho of the configured network; empty but by renormalised and adaptive
 * @param chains of every network; none but by the method networks
 * @param scales of every network whose output scale was integrated; none but by renormalised and
 *     adaptive
 * @param metrics what the kernel of every network has learnt; none but by adaptive
 * @param firstOrder what first order gives at the same widths, where it was a step on the way
 * @param hiddenKernels of every hidden layer; none where they were not asked for
 * @param checkpoint empty where there was none
 */
public record FitSummary(
    String version,
    String spark,
    String blas,
    RunSummary run,
    Data data,
    Network network,
    String method,
    Hyperparameters hyperparameters,
    Optional<Inducing> inducing,
    Order0 nngp,
    Optional<OnRows> nngpOnCorrectedRows,
    OptionalDouble deltaLogEvidence,
    Corrected corrected,
    List<AtWidth> widths,
    ContractionSummary contraction,
    Optional<OwnChains> networks,
    OptionalDouble rho,
    List<ChainsSummary> chains,
    List<Scale> scales,
    List<Metric> metrics,
    List<FirstOrder> firstOrder,
    List<HiddenKernel> hiddenKernels,
    Optional<CheckpointSummary> checkpoint,
    Seconds seconds,
    List<String> warnings) {

  /**
   * The kernel that a hidden layer makes of the training rows, as root mean squares over all pairs
   * of them; pair by pair in hidden_kernels/, where that was asked for.
   *
   * @param layer from 1
   * @param nngp of infinite width
   * @param priorShift what finite width changes in the prior's mean
   * @param posteriorShift what the data then change
   * @param posteriorShiftStandardError of that, 0 of the exact engine
   */
  public record HiddenKernel(
      int layer,
      double nngp,
      double priorShift,
      double posteriorShift,
      double posteriorShiftStandardError,
      Alignment alignment) {}

  /**
   * Cosines between the kernel that a hidden layer makes of the training rows and that of their
   * targets, YYᵀ.
   *
   * @param nngp of the kernel of infinite width
   * @param prior with the prior's shift
   * @param posterior with what the data change, too
   */
  public record Alignment(double nngp, double prior, double posterior) {}

  /**
   * Sizes.
   *
   * @param correctedRows test rows that are corrected; the others are left at order 0
   * @param classPriors share of each class in the training rows; empty for a regression
   */
  public record Data(
      long trainRows,
      long testRows,
      int features,
      int outputs,
      long correctedRows,
      Optional<Map<String, Double>> classPriors) {}

  /**
   * The network, with one variance per layer.
   *
   * @param negativeSlope empty but for a leaky ReLU
   */
  public record Network(
      String activation,
      OptionalDouble negativeSlope,
      List<Long> hiddenWidths,
      List<Double> biasVariance,
      List<Double> weightVariance) {}

  /**
   * How hyperparameters came about, and the noise variance in preprocessed units.
   *
   * @param mode fixed, evidence or sampled
   * @param noiseVariance where it was sampled its posterior mean at the network's widths
   * @param evidence the search; empty where there was none
   * @param width which width evidence and held-out rows favour; empty where none was to be chosen
   * @param networks of which one was chosen by the exact log evidence; none where none was
   */
  public record Hyperparameters(
      String mode,
      double noiseVariance,
      Optional<Evidence> evidence,
      Optional<Width> width,
      List<NetworkEvidence> networks) {}

  /**
   * A network that the exact log evidence of finite networks was to choose from.
   *
   * @param width of its hidden layers: as configured, or that of its highest log evidence
   * @param logEvidence by chains
   * @param converged whether no test of the chains and of the log evidence has failed
   * @param chosen whether it has the highest log evidence of all
   * @param separated whether the log evidence tells it from the one that was chosen: by more than a
   *     nat and by two standard errors of the difference
   */
  public record NetworkEvidence(
      String activation,
      int hiddenLayers,
      long width,
      double logEvidence,
      double standardError,
      boolean converged,
      boolean chosen,
      boolean separated) {}

  /**
   * The search for the highest log evidence of the NNGP, which sees training rows only.
   *
   * @param rows that were fitted to
   * @param noiseFloor least noise over the mean diagonal of the output's kernel
   * @param logEvidenceStart of the configured prior, its noise raised to the floor
   * @param logEvidence of the fitted prior
   * @param startsAgreeing how many starts ended within 0.01 nats of it
   * @param atBounds parameters that ended at a bound
   * @param inputScales by feature, with mean 1; empty where there are none
   * @param optima of all starts
   * @param candidates activations and depths that were tried
   */
  public record Evidence(
      long rows,
      double noiseFloor,
      boolean atNoiseFloor,
      double logEvidenceStart,
      double logEvidence,
      int evaluations,
      long startsAgreeing,
      List<String> atBounds,
      List<Double> inputScales,
      List<Optimum> optima,
      List<Candidate> candidates,
      double seconds) {}

  /** Where one start of the search ended. */
  public record Optimum(
      double logEvidence,
      int evaluations,
      List<Double> biasVariance,
      List<Double> weightVariance,
      double noiseVariance) {}

  /** An activation and a depth with the highest log evidence found for them. */
  public record Candidate(String activation, int hiddenLayers, double logEvidence) {}

  /**
   * The uniform width that the training targets favour, and the one that the test rows favour.
   *
   * @param byEvidence of the highest corrected log evidence among those that can be trusted; the
   *     widest of them where evidence does not tell
   * @param reason expansion, narrowest, widest, undetermined or none: why no other
   * @param deltaLogEvidence there
   * @param standardError of deltaLogEvidence
   * @param poorlyDetermined whether the training targets leave the width open
   * @param byNlpd of the lowest nlpd of the test rows among those that can be trusted; empty where
   *     infinite width has it, or nothing was scored
   * @param nlpdPrefersNngp whether infinite width has it
   */
  public record Width(
      double byEvidence,
      String reason,
      double deltaLogEvidence,
      double standardError,
      boolean poorlyDetermined,
      OptionalDouble byNlpd,
      Optional<Boolean> nlpdPrefersNngp) {}

  /**
   * Points that stand for the training rows.
   *
   * @param points that are conditioned on
   * @param asked how many were asked for
   * @param leftOut of those chosen, as they depend on the others to working precision
   * @param method greedy or k-means
   * @param sampleRows training rows that they were chosen from
   * @param approximation dtc or fitc
   * @param rows that were passed over
   * @param logEvidence of all training targets, as the approximation has it
   * @param variationalBound below the log evidence of the NNGP conditioned on all rows
   * @param unseenDirections of the points' space that rows do not determine, and that were given a
   *     little weight
   */
  public record Inducing(
      int points,
      int asked,
      int leftOut,
      String method,
      long sampleRows,
      String approximation,
      long rows,
      double logEvidence,
      double variationalBound,
      int unseenDirections,
      InducingSeconds seconds) {}

  /** Wall-clock seconds by phase. */
  public record InducingSeconds(
      double read, double preprocess, double choose, double evidence, double pass) {}

  /**
   * Infinite width.
   *
   * @param dataFit q = tr Yᵀφ, which the expansion wants near outputs × training rows
   */
  public record Order0(
      OptionalDouble rmse,
      OptionalDouble nlpd,
      OptionalDouble accuracy,
      double logEvidence,
      double dataFit) {}

  /** Scores on some of the test rows. */
  public record OnRows(
      long rows, OptionalDouble rmse, OptionalDouble nlpd, OptionalDouble accuracy) {}

  /** The configured network, to first order. */
  public record Corrected(
      OptionalDouble rmse,
      OptionalDouble nlpd,
      OptionalDouble accuracy,
      double logEvidence,
      long outsideExpansion) {}

  /** All hidden layers of one width, to first order. */
  public record AtWidth(
      double width,
      OptionalDouble rmse,
      OptionalDouble nlpd,
      OptionalDouble accuracy,
      double logEvidence,
      long outsideExpansion) {}

  /**
   * What integrating the scale of the output's kernel found, as {@link ScaleReport} has it.
   *
   * @param rho norm of what is left to first order
   * @param range fine, usable, outside or far-outside
   * @param scale exp of the mean of log Q given the data
   * @param logScaleDeviation standard deviation of log Q given the data
   */
  public record Scale(
      List<Double> widths, double rho, String range, double scale, double logScaleDeviation) {

    /** For summary.json. */
    public static Scale of(ScaleReport report) {
      return new Scale(
          DoubleStream.of(report.widths().toArray()).boxed().toList(),
          report.rho(),
          report.range().name().toLowerCase(Locale.ROOT).replace('_', '-'),
          report.scale(),
          report.deviation());
    }
  }

  /**
   * What a kernel has learnt, as {@link MetricReport} has it.
   *
   * @param settled whether the search has ended where the objective is flat
   * @param scales Q of each layer
   * @param largest eigenvalue of the metric
   * @param features the factor on the variance of the weights from each
   */
  public record Metric(
      List<Double> widths,
      boolean settled,
      List<Double> scales,
      double largest,
      List<Relevance> features) {

    /**
     * For summary.json.
     *
     * @param names what features are called
     */
    public static Metric of(MetricReport report, List<String> names) {
      return new Metric(
          DoubleStream.of(report.widths().toArray()).boxed().toList(),
          report.settled(),
          report.scales(),
          report.largest(),
          IntStream.range(0, names.size())
              .mapToObj(k -> new Relevance(names.get(k), report.relevance().get(k)))
              .toList());
    }
  }

  /** By how much the variance of the weights from a feature is stretched; 1 of the prior. */
  public record Relevance(String feature, double relevance) {}

  /**
   * What scripts ask of the configured network's chains; {@link ChainsSummary} has more.
   *
   * @param converged whether no test of the chains and of the log evidence has failed
   * @param stoppedBy what has ended the draws: convergence, iterations or seconds
   * @param rHat of the log likelihood
   * @param failing each failed test, a sentence
   */
  public record OwnChains(
      boolean converged,
      String stoppedBy,
      double rHat,
      double effectiveDraws,
      double logEvidence,
      double logEvidenceStandardError,
      double logEvidenceLower,
      double logEvidenceUpper,
      List<String> failing) {

    /** Of these chains. */
    public static OwnChains of(ChainsSummary chains) {
      return new OwnChains(
          chains.converged() && chains.logEvidenceConverged(),
          chains.stoppedBy(),
          chains.logLikelihoodRhat(),
          chains.effectiveDraws(),
          chains.logEvidence(),
          chains.logEvidenceStandardError(),
          chains.logEvidenceLowerBound(),
          chains.logEvidenceUpperBound(),
          Stream.concat(chains.failures().stream(), chains.logEvidenceFailures().stream())
              .toList());
    }
  }

  /** Plain first order of networks of some widths. */
  public record FirstOrder(
      List<Double> widths,
      OptionalDouble rmse,
      OptionalDouble nlpd,
      double logEvidence,
      long outsideExpansion) {}

  /** Wall-clock seconds by phase. */
  public record Seconds(
      double read,
      double kernels,
      double factor,
      double contraction,
      double predict,
      double total) {}
}
