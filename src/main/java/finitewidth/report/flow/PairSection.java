package finitewidth.report.flow;

import finitewidth.report.page.Axis;
import finitewidth.report.page.Colour;
import finitewidth.report.page.Figure;
import finitewidth.report.page.Mark;
import finitewidth.report.page.Plot;
import finitewidth.report.page.Section;
import finitewidth.report.page.Table;
import java.util.ArrayList;
import java.util.List;

/** Pairs of inputs by the angle between them. */
final class PairSection {
  private PairSection() {}

  static Section of(FlowResults.Pairs pairs) {
    return Section.of(
        "pairs",
        "Pairs by angle",
        List.of(
            "Two inputs as long as the median input, at angles from 0° to 180°, in some of the"
                + " layers."),
        figure(
            pairs,
            "pair-kernel",
            "Correlation",
            "K_ab / √(K_aa K_bb)",
            pairs.correlation(),
            "How alike two inputs are to a layer. The flatter a line, the less of the angle the"
                + " layer still knows."),
        figure(
            pairs,
            "pair-self-energy",
            "Self-energy of pairs",
            "S_ab / √(K_aa K_bb)",
            pairs.selfEnergy(),
            "How far networks of these widths have another mean kernel than infinitely wide ones."),
        figure(
            pairs,
            "pair-vertex",
            "Vertex of pairs",
            "V_(ab)(ab) / (K_aa K_bb)",
            pairs.vertex(),
            "The relative variance of the kernel between the two inputs over networks."));
  }

  private static Figure figure(
      FlowResults.Pairs pairs,
      String id,
      String title,
      String label,
      double[][] values,
      String caption) {
    List<Mark> marks = new ArrayList<>();
    List<String> columns = new ArrayList<>(List.of("Angle in degrees"));
    List<double[]> numbers = new ArrayList<>(List.of(pairs.degrees()));
    for (int k = 0; k < pairs.layers().length; k++) {
      String name = "layer " + pairs.layers()[k];
      marks.add(new Mark.Line(name, Colour.series(k), k % 2 == 1, pairs.degrees(), values[k]));
      columns.add(name);
      numbers.add(values[k]);
    }
    List<Axis.Tick> ticks = new ArrayList<>();
    for (int degrees : new int[] {0, 180, 90, 45, 135}) {
      ticks.add(new Axis.Tick(degrees, degrees + "°"));
    }
    return new Figure(
        id,
        title + " by angle",
        caption,
        Plot.of(Axis.linear("Angle between the inputs").ticked(ticks), Axis.linear(label), marks),
        new Table.Builder(columns).columns(numbers.toArray(double[][]::new)).table());
  }
}
