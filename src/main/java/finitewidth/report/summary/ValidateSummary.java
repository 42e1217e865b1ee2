package finitewidth.report.summary;

import java.util.List;
import java.util.Optional;

/**
 * summary.json of a validate.
 *
 * @param draws networks of each width
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
    FitSummary.Contraction contraction,
    long draws,
    List<Width> widths,
    String verdict,
    Optional<CheckpointSummary> checkpoint,
    Seconds seconds,
    List<String> warnings) {

  /** What became of one width. */
  public record Width(int width, double effectiveSampleSize, String verdict) {}

  /** Wall-clock seconds by phase. */
  public record Seconds(double read, double correct, double draw, double total) {}
}
