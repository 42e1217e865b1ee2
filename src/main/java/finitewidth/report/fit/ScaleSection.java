package finitewidth.report.fit;

import finitewidth.report.page.Numbers;
import finitewidth.report.page.Section;
import finitewidth.report.page.Table;
import finitewidth.report.summary.FitSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What integrating the scale of the output's kernel found, and how far it is to be trusted. */
final class ScaleSection {
  private ScaleSection() {}

  static Optional<Section> of(FitSummary summary) {
    List<FitSummary.Scale> scales = summary.scales();
    if (scales.isEmpty()) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    words.add(
        "The scale of the output's kernel is integrated exactly, and only the rest of what finite"
            + " width does"
            + (summary.metrics().isEmpty() ? "" : ", beyond what the kernel has learnt,")
            + " is left to first order. The norm of that rest says how far to trust the"
            + " result: below 0.2 it is fine, up to 0.8 usable with larger errors. Above, it is"
            + " essentially that of the scale alone, and above 1.6 neither variances nor the log"
            + " evidence are to be trusted.");
    words.add(
        "The scale is the factor on the prior's variance that the data ask for, with the standard"
            + " deviation of its logarithm."
            + (summary.firstOrder().isEmpty() ? "" : " First order stands beside it."));
    return Optional.of(Section.of("scale", "Scale of the output", words, table(summary)));
  }

  private static Table table(FitSummary summary) {
    if (summary.firstOrder().isEmpty()) {
      return withoutFirstOrder(summary.scales());
    }
    Table.Builder table =
        Table.of(
            "Widths",
            "Norm of the rest",
            "Range",
            "Scale",
            "Deviation of log scale",
            "First order: RMSE",
            "First order: nlpd",
            "First order: log evidence");
    for (FitSummary.Scale scale : summary.scales()) {
      Optional<FitSummary.FirstOrder> first =
          summary.firstOrder().stream()
              .filter(one -> one.widths().equals(scale.widths()))
              .findFirst();
      table.row(
          Numbers.widths(scale.widths()),
          scale.rho(),
          scale.range().replace('-', ' '),
          scale.scale(),
          scale.logScaleDeviation(),
          first.map(one -> one.rmse().orElse(Double.NaN)).orElse(Double.NaN),
          first.map(one -> one.nlpd().orElse(Double.NaN)).orElse(Double.NaN),
          first.map(FitSummary.FirstOrder::logEvidence).orElse(Double.NaN));
    }
    return table.table();
  }

  private static Table withoutFirstOrder(List<FitSummary.Scale> scales) {
    Table.Builder table =
        Table.of("Widths", "Norm of the rest", "Range", "Scale", "Deviation of log scale");
    for (FitSummary.Scale scale : scales) {
      table.row(
          Numbers.widths(scale.widths()),
          scale.rho(),
          scale.range().replace('-', ' '),
          scale.scale(),
          scale.logScaleDeviation());
    }
    return table.table();
  }
}
