package finitewidth.report.fit;

import finitewidth.report.page.Numbers;
import finitewidth.report.page.Section;
import finitewidth.report.page.Table;
import finitewidth.report.summary.FitSummary;
import java.util.List;
import java.util.Optional;

/** What a kernel that adapts to the data has learnt: features as bars, scales in a table. */
final class MetricSection {
  private MetricSection() {}

  static Optional<Section> of(FitSummary summary) {
    List<FitSummary.Metric> metrics = summary.metrics();
    if (metrics.isEmpty()) {
      return Optional.empty();
    }
    FitSummary.Metric own = own(summary);
    return Optional.of(
        new Section(
            "metric",
            "What the kernel has learnt",
            List.of(
                "The relevance of a feature is the factor by which the data stretch the variance of"
                    + " the weights from it: 1 is the prior, and 0 a feature that the network has"
                    + " learnt to look away from. The bars are those of the network with hidden"
                    + " widths "
                    + Numbers.widths(own.widths())
                    + ".",
                "The largest stretch is that along the direction of the inputs that is learnt most,"
                    + " which may be no feature by itself. Scales are the same factors for the"
                    + " layers above, the last being that of the output."),
            Optional.of(table(metrics)),
            List.of(
                FeatureFigure.of(
                    own.features().stream()
                        .map(
                            one ->
                                new FeatureFigure.Bar(
                                    one.feature(),
                                    one.relevance(),
                                    one.relevance(),
                                    one.relevance()))
                        .toList(),
                    "relevance",
                    "relevance",
                    false))));
  }

  /** Of the network itself, or of the first where it has none. */
  private static FitSummary.Metric own(FitSummary summary) {
    List<Double> widths = summary.network().hiddenWidths().stream().map(Long::doubleValue).toList();
    return summary.metrics().stream()
        .filter(one -> one.widths().equals(widths))
        .findFirst()
        .orElse(summary.metrics().get(0));
  }

  private static Table table(List<FitSummary.Metric> metrics) {
    Table.Builder table =
        Table.of("Widths", "Search settled", "Largest stretch", "Scales", "Most relevant");
    for (FitSummary.Metric metric : metrics) {
      table.row(
          Numbers.widths(metric.widths()),
          metric.settled() ? "yes" : "no",
          metric.largest(),
          String.join(", ", metric.scales().stream().map(Numbers::shown).toList()),
          metric.features().stream()
              .reduce((one, other) -> other.relevance() > one.relevance() ? other : one)
              .map(FitSummary.Relevance::feature)
              .orElse(""));
    }
    return table.table();
  }
}
