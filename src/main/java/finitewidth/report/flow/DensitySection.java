package finitewidth.report.flow;

import finitewidth.report.page.Axis;
import finitewidth.report.page.Colour;
import finitewidth.report.page.Figure;
import finitewidth.report.page.Mark;
import finitewidth.report.page.Numbers;
import finitewidth.report.page.Plot;
import finitewidth.report.page.Section;
import finitewidth.report.page.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Prior densities of one output: exact, to first order, Gaussian, and of sampled networks. */
final class DensitySection {
  /** Inputs that have plots. */
  private static final int MOST_INPUTS = 3;

  /** Peaks of the Gaussian that a plot shows: at zero the density may be infinite. */
  private static final double MOST_PEAKS = 3;

  private DensitySection() {}

  static Section of(List<FlowResults.PriorDensity> densities) {
    List<String> words = new ArrayList<>();
    words.add(
        "How one output at one input is distributed over networks of these widths, before any"
            + " target is seen.");
    FlowResults.PriorDensity first = densities.get(0);
    first
        .of()
        .exactMissing()
        .ifPresent(reason -> words.add("There is no exact density here: " + reason + "."));
    if (densities.size() > MOST_INPUTS) {
      words.add("Of " + densities.size() + " inputs, the first " + MOST_INPUTS + ".");
    }
    List<Figure> figures = new ArrayList<>();
    for (int k = 0; k < Math.min(MOST_INPUTS, densities.size()); k++) {
      figures.add(whole(k + 1, densities.get(k)));
      figures.add(tails(k + 1, densities.get(k)));
    }
    return Section.of("prior-density", "Prior density", words, figures);
  }

  private static Figure whole(int place, FlowResults.PriorDensity density) {
    double[] values = density.values();
    double half = 0.5 * density.of().binWidth();
    List<Mark> marks = new ArrayList<>();
    marks.add(
        new Mark.Bars(
            "sampled networks",
            Colour.MUTED,
            false,
            Arrays.stream(values).map(v -> v - half).toArray(),
            Arrays.stream(values).map(v -> v + half).toArray(),
            density.drawn()));
    marks.addAll(curves(density));
    double peak = most(density.gaussian());
    boolean cut = Math.max(most(density.exact()), most(density.drawn())) > MOST_PEAKS * peak;
    StringBuilder caption = new StringBuilder();
    caption
        .append("Over ")
        .append(density.of().draws())
        .append(" sampled networks. ")
        .append(
            density.of().edgeworthPositive()
                ? "To first order the density is nowhere negative."
                : "To first order the density is negative somewhere: first order does not hold"
                    + " there.");
    if (density.of().atom() > 0 || density.of().drawnZeros() > 0) {
      caption
          .append(" Beside what is drawn, the output is exactly zero with probability ")
          .append(Numbers.shown(density.of().atom()))
          .append("; of the sampled networks ")
          .append(Numbers.percent((double) density.of().drawnZeros() / density.of().draws()))
          .append(" have that.");
    }
    if (cut) {
      caption
          .append(" The plot is cut above ")
          .append(Numbers.shown(MOST_PEAKS))
          .append(" times the Gaussian's peak.");
    }
    return new Figure(
        "prior-density-" + place,
        "Prior density at input " + density.of().id(),
        caption.toString(),
        Plot.of(
            Axis.linear("Output, preprocessed units"),
            Axis.linear("Probability density").within(0, cut ? MOST_PEAKS * peak : Double.NaN),
            marks),
        table(density));
  }

  private static Figure tails(int place, FlowResults.PriorDensity density) {
    List<Mark> marks = new ArrayList<>();
    double[] low = density.drawn().clone();
    double[] high = density.drawn().clone();
    for (int i = 0; i < low.length; i++) {
      // An axis of logarithms has no place for an error that reaches zero.
      low[i] = Math.max(low[i] - 2 * density.error()[i], 0.2 * low[i]);
      high[i] += 2 * density.error()[i];
    }
    marks.add(
        new Mark.Spans(
            "sampled networks ± 2 standard errors", Colour.MUTED, density.values(), low, high));
    marks.addAll(curves(density));
    double edge = density.gaussian()[0];
    int last = density.values().length - 1;
    return new Figure(
        "prior-tails-" + place,
        "Tails of the prior density at input " + density.of().id(),
        "The same density on a logarithmic scale. Six standard deviations out the Gaussian has "
            + Numbers.shown(edge)
            + ", first order "
            + Numbers.shown(density.edgeworth()[last])
            + (Double.isNaN(density.exact()[last])
                ? "."
                : " and the exact density " + Numbers.shown(density.exact()[last]) + "."),
        Plot.of(
            Axis.linear("Output, preprocessed units"),
            Axis.log("Probability density").within(edge, Double.NaN),
            marks),
        table(density));
  }

  private static List<Mark> curves(FlowResults.PriorDensity density) {
    List<Mark> marks = new ArrayList<>();
    double[] values = density.values();
    if (!Double.isNaN(density.exact()[0])) {
      marks.add(new Mark.Line("exact", Colour.TRUTH, false, values, density.exact()));
    }
    marks.add(
        new Mark.Line(
            "first order (Edgeworth)", Colour.CORRECTED, false, values, density.edgeworth()));
    marks.add(new Mark.Line("infinite width", Colour.NNGP, true, values, density.gaussian()));
    return marks;
  }

  private static double most(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).max().orElse(0);
  }

  private static Table table(FlowResults.PriorDensity density) {
    return Table.of("Output", "Exact", "First order", "Infinite width", "Sampled", "Standard error")
        .columns(
            density.values(),
            density.exact(),
            density.edgeworth(),
            density.gaussian(),
            density.drawn(),
            density.error())
        .table();
  }
}
