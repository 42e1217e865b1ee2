package finitewidth.job.validate;

import finitewidth.inference.comparison.Comparison;
import finitewidth.inference.comparison.Trust;
import finitewidth.inference.comparison.WeightedMoments;
import finitewidth.job.config.PosteriorConfig;
import finitewidth.job.config.Words;
import finitewidth.job.score.PredictedRow;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A way to the posterior that the referee looks at.
 *
 * @param method as posterior.method has it
 * @param engine of first order exact or sampled, otherwise the method
 * @param seconds empty where it is what the others start from
 * @param widths one for each width
 */
record JudgedMethod(String method, String engine, OptionalDouble seconds, List<AtWidth> widths) {
  static final String NNGP = Words.of(PosteriorConfig.Method.NNGP);

  /**
   * What it says at one width.
   *
   * @param logDensities of test rows that have targets
   */
  record AtWidth(WeightedMoments moments, Trust trust, double[] logDensities) {}

  /**
   * What was computed for the job.
   *
   * @param rows test rows in order
   */
  static JudgedMethod of(
      String method,
      String engine,
      double seconds,
      List<ValidatedWidth> widths,
      List<PredictedRow> rows,
      TestTargets targets,
      int layers) {
    List<AtWidth> all = new ArrayList<>();
    for (ValidatedWidth width : widths) {
      all.add(
          new AtWidth(
              width.corrected(),
              width.trust(),
              targets.logDensities(at(rows, Widths.uniform(layers, width.width())))));
    }
    return new JudgedMethod(method, engine, OptionalDouble.of(seconds), all);
  }

  /**
   * Infinite width, from which the others start.
   *
   * @param widths of one of those
   * @param rows its test rows in order
   */
  static JudgedMethod infinite(
      List<ValidatedWidth> widths, List<PredictedRow> rows, TestTargets targets, int layers) {
    double[] densities =
        targets.logDensities(at(rows, Widths.uniform(layers, Double.POSITIVE_INFINITY)));
    List<AtWidth> all = new ArrayList<>();
    for (ValidatedWidth width : widths) {
      List<Comparison> alone = Comparison.of(width.exact().truth(), width.nngp(), width.nngp());
      all.add(
          new AtWidth(
              width.nngp(), Trust.ofInfiniteWidth(width.exact().truth(), alone), densities));
    }
    return new JudgedMethod(NNGP, NNGP, OptionalDouble.empty(), all);
  }

  private static List<Predictive> at(List<PredictedRow> rows, Widths widths) {
    return rows.stream().map(row -> row.prediction().at(widths)).toList();
  }
}
