package finitewidth.report.fit;

import finitewidth.report.page.Numbers;
import finitewidth.report.page.Section;
import finitewidth.report.page.Table;
import finitewidth.report.summary.ContractionSummary;
import finitewidth.report.summary.FitSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the time went. */
public final class TimingSection {
  private TimingSection() {}

  public static Section of(FitSummary summary) {
    FitSummary.Seconds seconds = summary.seconds();
    ContractionSummary contraction = summary.contraction();
    Map<String, Double> phases = new LinkedHashMap<>();
    phases.put("Start and reading", seconds.read());
    phases.put("Kernels of all layers", seconds.kernels());
    phases.put("Cholesky factor", seconds.factor());
    if (MethodWords.of(summary.method()).corrects()) {
      phases.put("Contraction of training rows", seconds.contraction());
      phases.put("Contraction and prediction of test rows", seconds.predict());
    } else {
      phases.put("Prediction of test rows", seconds.contraction() + seconds.predict());
    }
    List<String> words = new ArrayList<>();
    contraction
        .moments()
        .ifPresent(
            moments ->
                words.add(
                    "The exact contraction took "
                        + String.format("%,d", moments).replace(',', ' ')
                        + " four-point moments, "
                        + Numbers.shown(
                            contraction.momentsPerSecondPerCore().orElse(Double.NaN) / 1e6)
                        + " million a second and core."));
    contraction
        .draws()
        .ifPresent(
            draws ->
                words.add(
                    "The sampled contraction took "
                        + String.format("%,d", draws).replace(',', ' ')
                        + " draws; the standard error of the corrected mean is below "
                        + Numbers.shown(contraction.standardError())
                        + " posterior standard deviations for 95 % of the test rows."));
    return of(phases, seconds.total(), words);
  }

  public static Section of(Map<String, Double> phases, double total, List<String> words) {
    Table.Builder table = Table.of("Phase", "Seconds", "Share of the total");
    phases.forEach((name, value) -> table.row(name, value, Numbers.percent(value / total)));
    table.row("Total until this page", total, Numbers.percent(1));
    return Section.of("timings", "Timings", words, table.table());
  }
}
