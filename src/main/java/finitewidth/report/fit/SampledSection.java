package finitewidth.report.fit;

import finitewidth.report.page.Figure;
import finitewidth.report.page.Numbers;
import finitewidth.report.page.Section;
import finitewidth.report.page.Table;
import finitewidth.report.summary.ChainsSummary;
import finitewidth.report.summary.FitSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hyperparameters that chains have sampled; scales of features as bars. */
final class SampledSection {
  private SampledSection() {}

  static Optional<Section> of(FitSummary summary) {
    List<ChainsSummary> sampled =
        summary.chains().stream().filter(one -> !one.hyperparameters().isEmpty()).toList();
    if (sampled.isEmpty()) {
      return Optional.empty();
    }
    List<ChainsSummary.Sampled> scales =
        own(summary, sampled).hyperparameters().stream()
            .filter(one -> one.feature().isPresent())
            .toList();
    List<String> words = new ArrayList<>();
    words.add(
        "Chains have moved noise and variances together with the weights, so the log evidence is"
            + " that with these integrated out, and predictions know that they are not known. The"
            + " noise is that of targets as they were scaled.");
    if (!scales.isEmpty()) {
      words.add(
          "Scales of features have the mean 1: a feature of scale 2 moves the fields of the first"
              + " layer by twice the variance of one that counts as much as the average.");
    }
    return Optional.of(
        new Section(
            "hyperparameters",
            "Hyperparameters",
            words,
            Optional.of(table(sampled)),
            scales.isEmpty() ? List.of() : List.of(bars(scales))));
  }

  /** The chains of the network itself, or those of the first where it has none. */
  private static ChainsSummary own(FitSummary summary, List<ChainsSummary> sampled) {
    List<Double> widths = summary.network().hiddenWidths().stream().map(Long::doubleValue).toList();
    return sampled.stream()
        .filter(one -> one.widths().equals(widths))
        .findFirst()
        .orElse(sampled.get(0));
  }

  private static Table table(List<ChainsSummary> sampled) {
    Table.Builder table =
        Table.of("Widths", "Hyperparameter", "Mean", "Deviation", "5 %", "95 %", "R-hat", "Draws");
    for (ChainsSummary chains : sampled) {
      for (ChainsSummary.Sampled one : chains.hyperparameters()) {
        table.row(
            Numbers.widths(chains.widths()),
            one.feature().map(feature -> "input scale, " + feature).orElse(one.name()),
            one.mean(),
            one.standardDeviation(),
            one.lower(),
            one.upper(),
            one.rhat(),
            one.effectiveDraws());
      }
    }
    return table.table();
  }

  private static Figure bars(List<ChainsSummary.Sampled> scales) {
    return FeatureFigure.of(
        scales.stream()
            .map(
                one ->
                    new FeatureFigure.Bar(
                        one.feature().orElseThrow(), one.mean(), one.lower(), one.upper()))
            .toList(),
        "scale",
        "posterior mean",
        true);
  }
}
