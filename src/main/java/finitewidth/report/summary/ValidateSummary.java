package finitewidth.report.summary;

import java.util.List;
import java.util.Optional;

/**
 * summary.json of a validate.
 *
 * @param method how what is judged was had, as posterior.method has it
 * @param truth how the exact posterior was had: draws or chains
 * @param draws networks of each width, or states that all chains of the narrowest have been at
 * @param verdict in words, as in validate.json
 * @param checkpoint empty where there was none
 */
public record ValidateSummary(
    String version,
    String spark,
    String blas,
    RunSummary run,
    FitSummary.Data data,
    FitSummary.Network network,
    double noiseVariance,
    ContractionSummary contraction,
    String method,
    String truth,
    long draws,
    List<Width> widths,
    String verdict,
    Optional<CheckpointSummary> checkpoint,
    Seconds seconds,
    List<String> warnings) {

  /**
   * What became of one width.
   *
   * @param convergence empty of draws
   */
  public record Width(
      int width,
      double effectiveSampleSize,
      Optional<Validation.Convergence> convergence,
      String verdict) {}

  /**
   * Wall-clock seconds by phase.
   *
   * @param correct of what is judged
   * @param draw of the exact posterior
   * @param others of further methods that are held against it
   */
  public record Seconds(double read, double correct, double draw, double others, double total) {}
}
