package finitewidth.report.fit;

import finitewidth.report.summary.FitSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Scores at the places that the job reports: infinite width, the configured one, others. */
record ReportedScores(double[] inverse, double[] value) {
  /** No scores. */
  static ReportedScores none() {
    return new ReportedScores(new double[0], new double[0]);
  }

  /** Of first order at uniform widths, where that was a step on the way, from infinite width on. */
  static ReportedScores firstOrder(
      FitSummary summary,
      Function<FitSummary.FirstOrder, OptionalDouble> score,
      OptionalDouble nngp) {
    if (summary.firstOrder().isEmpty()) {
      return none();
    }
    List<double[]> points = new ArrayList<>();
    if (summary.nngpOnCorrectedRows().isEmpty()) {
      points.add(new double[] {0, nngp.orElse(Double.NaN)});
    }
    for (FitSummary.FirstOrder at : summary.firstOrder()) {
      if (at.widths().stream().distinct().count() == 1) {
        points.add(new double[] {1 / at.widths().get(0), score.apply(at).orElse(Double.NaN)});
      }
    }
    points.sort(Comparator.comparingDouble(point -> point[0]));
    return new ReportedScores(
        points.stream().mapToDouble(p -> p[0]).toArray(),
        points.stream().mapToDouble(p -> p[1]).toArray());
  }

  static ReportedScores of(
      FitSummary summary,
      Function<FitSummary.Corrected, OptionalDouble> own,
      Function<FitSummary.AtWidth, OptionalDouble> other,
      OptionalDouble nngp) {
    List<double[]> points = new ArrayList<>();
    boolean all = summary.nngpOnCorrectedRows().isEmpty();
    if (all) {
      points.add(new double[] {0, nngp.orElse(Double.NaN)});
    }
    List<Long> widths = summary.network().hiddenWidths();
    if (widths.stream().distinct().count() == 1) {
      points.add(
          new double[] {1.0 / widths.get(0), own.apply(summary.corrected()).orElse(Double.NaN)});
    }
    for (FitSummary.AtWidth at : summary.widths()) {
      points.add(new double[] {1 / at.width(), other.apply(at).orElse(Double.NaN)});
    }
    return new ReportedScores(
        points.stream().mapToDouble(p -> p[0]).toArray(),
        points.stream().mapToDouble(p -> p[1]).toArray());
  }
}
