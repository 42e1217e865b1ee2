package finitewidth.report.flow;

import finitewidth.prior.Criticality;
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
import java.util.function.Function;

/** Inputs on their own, from layer to layer. */
final class DepthSection {
  private DepthSection() {}

  static Section of(FlowResults results) {
    List<String> words = new ArrayList<>();
    words.add(
        results.inputs().size() < results.summary().inputs()
            ? "%s of %s inputs, from the one of the smallest variance to the one of the largest."
                .formatted(results.inputs().size(), results.summary().inputs())
            : "All inputs.");
    words.add(critical(results.critical().criticality()));
    return Section.of(
        "depth",
        "By depth",
        words,
        figure(
            results, "kernel-depth", "Kernel", "Kernel K", true, FlowResults.ByDepth::kernel, ""),
        figure(
            results,
            "self-energy-depth",
            "Self-energy",
            "S / K",
            false,
            FlowResults.ByDepth::selfEnergy,
            " How far networks of these widths have another mean kernel than infinitely wide"
                + " ones."),
        figure(
            results,
            "vertex-depth",
            "Four-point vertex",
            "V / K²",
            false,
            FlowResults.ByDepth::vertex,
            " The relative variance of the kernel over networks; first order wants it well below"
                + " 1."),
        figure(
            results,
            "kurtosis-depth",
            "Kurtosis of the preactivations",
            "Excess kurtosis 3 V / K²",
            false,
            DepthSection::kurtosis,
            " How far a neuron's distribution is from a Gaussian, which has 0."));
  }

  private static String critical(Criticality criticality) {
    if (criticality instanceof Criticality.Found found) {
      return """
      Dashed: the same inputs at the critical initialisation of this activation, bias variance \
      %s and weight variance %s in every layer, at which signals neither grow nor shrink \
      exponentially with depth: %s\
      """
          .formatted(
              Numbers.shown(found.biasVariance()),
              Numbers.shown(found.weightVariance()),
              behaviour(found));
    }
    Criticality.None none = (Criticality.None) criticality;
    return "No critical initialisation of this activation was found, at which signals neither grow"
        + " nor shrink exponentially with depth"
        + (none.most() < none.least()
            ? ", as perturbations of no kernel stay finite."
            : ": none keeps a kernel K from "
                + Numbers.shown(none.least())
                + " to "
                + Numbers.shown(none.most())
                + " and perturbations of it, and none lets small kernels fall slowly to zero.");
  }

  private static String behaviour(Criticality.Found found) {
    return switch (found.kind()) {
      case ANY -> "every kernel stays.";
      case ZERO -> "kernels fall slowly to zero.";
      case FROM_ABOVE ->
          "a kernel K = "
              + Numbers.shown(found.kernel())
              + " stays, larger ones come down to it, and those a little smaller slowly leave it.";
      case FROM_BELOW ->
          "a kernel K = "
              + Numbers.shown(found.kernel())
              + " stays, smaller ones rise to it, and those a little larger slowly leave it.";
    };
  }

  private static double[] kurtosis(FlowResults.ByDepth input) {
    return Arrays.stream(input.vertex()).map(v -> 3 * v).toArray();
  }

  private static Figure figure(
      FlowResults results,
      String id,
      String title,
      String label,
      boolean log,
      Function<FlowResults.ByDepth, double[]> values,
      String meaning) {
    double[] layers = new double[results.inputs().get(0).kernel().length];
    Arrays.setAll(layers, l -> l + 1.0);
    List<Mark> marks = new ArrayList<>();
    if (!log) {
      marks.add(new Mark.Rule("", Colour.MUTED, false, 0));
    }
    List<String> columns = new ArrayList<>(List.of("Layer"));
    List<double[]> numbers = new ArrayList<>(List.of(layers));
    String name = "critical initialisation";
    for (FlowResults.ByDepth input : results.critical().inputs()) {
      marks.add(new Mark.Line(name, Colour.MUTED, true, layers, values.apply(input)));
      columns.add("input " + input.id() + ", critical");
      numbers.add(values.apply(input));
      name = "";
    }
    for (int i = 0; i < results.inputs().size(); i++) {
      FlowResults.ByDepth input = results.inputs().get(i);
      marks.add(
          new Mark.Line(
              "input " + input.id(), Colour.series(i), false, layers, values.apply(input)));
      marks.add(
          new Mark.Dots("", Colour.series(i), Mark.Shape.CIRCLE, layers, values.apply(input)));
      columns.add("input " + input.id());
      numbers.add(values.apply(input));
    }
    double[] first = values.apply(results.inputs().get(0));
    Axis y = log ? Axis.log(label) : Axis.linear(label);
    boolean positive = Arrays.stream(first).allMatch(v -> v > 0);
    return new Figure(
        id,
        title + " by depth",
        "%s of input %s goes from %s in the first layer to %s at the output, layer %s.%s"
            .formatted(
                label,
                results.inputs().get(0).id(),
                Numbers.shown(first[0]),
                Numbers.shown(first[first.length - 1]),
                first.length,
                meaning),
        Plot.of(layerAxis(layers.length), log && !positive ? Axis.linear(label) : y, marks),
        new Table.Builder(columns).columns(numbers.toArray(double[][]::new)).table());
  }

  private static Axis layerAxis(int layers) {
    List<Axis.Tick> ticks = new ArrayList<>();
    ticks.add(new Axis.Tick(1, "1"));
    ticks.add(new Axis.Tick(layers, Integer.toString(layers)));
    for (int l = 2; l < layers; l++) {
      ticks.add(new Axis.Tick(l, Integer.toString(l)));
    }
    return Axis.linear("Layer, from the first preactivations to the output").ticked(ticks);
  }
}
