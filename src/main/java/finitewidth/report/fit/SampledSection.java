package finitewidth.report.fit;

import finitewidth.report.page.Axis;
import finitewidth.report.page.Colour;
import finitewidth.report.page.Figure;
import finitewidth.report.page.Mark;
import finitewidth.report.page.Numbers;
import finitewidth.report.page.Plot;
import finitewidth.report.page.Section;
import finitewidth.report.page.Table;
import finitewidth.report.summary.ChainsSummary;
import finitewidth.report.summary.FitSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Hyperparameters that chains have sampled; scales of features as bars. */
final class SampledSection {
  private static final double HALF = 0.35;

  /** Beyond, names of features do not fit beneath their bars. */
  private static final int MOST_BARS = 40;

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
            .sorted(Comparator.comparingDouble(one -> -one.mean()))
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
    List<ChainsSummary.Sampled> shown = scales.subList(0, Math.min(MOST_BARS, scales.size()));
    int count = shown.size();
    double[] at = new double[count];
    double[] from = new double[count];
    double[] to = new double[count];
    double[] mean = new double[count];
    double[] low = new double[count];
    double[] high = new double[count];
    List<Axis.Tick> ticks = new ArrayList<>();
    Table.Builder table = Table.of("Feature", "Scale", "5 %", "95 %");
    for (int k = 0; k < count; k++) {
      ChainsSummary.Sampled one = shown.get(k);
      String feature = one.feature().orElseThrow();
      at[k] = k + 1;
      from[k] = k + 1 - HALF;
      to[k] = k + 1 + HALF;
      mean[k] = one.mean();
      low[k] = one.lower();
      high[k] = one.upper();
      ticks.add(new Axis.Tick(k + 1, feature));
      table.row(feature, one.mean(), one.lower(), one.upper());
    }
    return new Figure(
        "feature-relevance",
        "Relevance of features",
        shown.get(0).feature().orElseThrow()
            + " has the largest scale, "
            + Numbers.shown(mean[0])
            + ", and "
            + shown.get(count - 1).feature().orElseThrow()
            + (count < scales.size() ? " the smallest of those shown, " : " the smallest, ")
            + Numbers.shown(mean[count - 1])
            + ". Lines are intervals of 90 %.",
        Plot.of(
            Axis.linear("Feature").within(0.5, count + 0.5).ticked(ticks),
            Axis.linear("Scale of the feature").within(0, Double.NaN),
            List.of(
                new Mark.Bars("posterior mean", Colour.CORRECTED, false, from, to, mean),
                new Mark.Spans("90 %", Colour.MUTED, at, low, high))),
        table.table());
  }
}
