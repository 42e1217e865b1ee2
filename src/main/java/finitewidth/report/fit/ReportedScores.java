package finitewidth.report.fit;

import finitewidth.report.summary.FitSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Scores at the places that the job reports: infinite width, the configured one, others. */
record ReportedScores(double[] inverse, double[] value) {
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
