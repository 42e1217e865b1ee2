package finitewidth.report.summary;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * summary.json of a predict. Scores are absent where rows carry no targets or labels, and for more
 * than a hundred thousand rows.
 *
 * @param order 0 or 1
 * @param corrected absent at order 0
 * @param rowsPerSecond of scoring and writing
 * @param checkpoint empty where there was none
 */
public record PredictSummary(
    String version,
    String spark,
    String blas,
    RunSummary run,
    Model model,
    Data data,
    int order,
    Scores nngp,
    Optional<Scores> corrected,
    Optional<Long> outsideExpansion,
    double rowsPerSecond,
    Optional<CheckpointSummary> checkpoint,
    Seconds seconds,
    List<String> warnings) {

  /**
   * The model.
   *
   * @param engine exact or sampled
   * @param inducingPoints that stand for the training rows; empty where none do
   * @param hiddenWidths that were predicted for; none by a model of infinite width alone
   */
  public record Model(
      String path,
      String engine,
      long trainRows,
      Optional<Integer> inducingPoints,
      int features,
      int outputs,
      List<Double> hiddenWidths) {}

  /**
   * The rows.
   *
   * @param rows that were read
   * @param incomplete how many of them lacked a number
   * @param predictions that were written
   */
  public record Data(long rows, long incomplete, long predictions) {}

  /** How well rows are predicted, in the targets' units. */
  public record Scores(OptionalDouble rmse, OptionalDouble nlpd, OptionalDouble accuracy) {}

  /** Wall-clock seconds by phase; the total has the start of the session too. */
  public record Seconds(double load, double read, double predict, double total) {}
}
