package finitewidth.report;

import java.util.List;
import java.util.OptionalDouble;

/**
 * summary.json of a fit. Log evidences are in nats, of the preprocessed training targets with
 * noise; rmse and nlpd are per test row in the targets' units.
 *
 * @param blas which BLAS the driver used
 * @param deltaLogEvidence of the configured network
 * @param corrected the configured network
 * @param widths networks of uniform width
 */
public record FitSummary(
    String version,
    String spark,
    String blas,
    Data data,
    Network network,
    Hyperparameters hyperparameters,
    Order0 nngp,
    double deltaLogEvidence,
    Corrected corrected,
    List<AtWidth> widths,
    Contraction contraction,
    Seconds seconds,
    List<String> warnings) {

  /** Sizes. */
  public record Data(long trainRows, long testRows, int features, int outputs) {}

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

  /** How hyperparameters came about, and the noise variance in preprocessed units. */
  public record Hyperparameters(String mode, double noiseVariance) {}

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
   * The four-point contraction, training and test rows together.
   *
   * @param draws empty for the exact engine
   * @param standardError empty for the exact engine
   */
  public record Contraction(
      String engine,
      long moments,
      OptionalDouble draws,
      double seconds,
      double momentsPerSecondPerCore,
      OptionalDouble standardError) {}

  /** Wall-clock seconds by phase. */
  public record Seconds(
      double read,
      double kernels,
      double factor,
      double contraction,
      double predict,
      double total) {}
}
