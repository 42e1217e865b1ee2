package finitewidth.report.validate;

import finitewidth.report.page.Axis;
import finitewidth.report.page.Colour;
import finitewidth.report.page.Figure;
import finitewidth.report.page.Mark;
import finitewidth.report.page.Numbers;
import finitewidth.report.page.Plot;
import finitewidth.report.page.Section;
import finitewidth.report.page.Table;
import finitewidth.report.summary.Validation;
import java.util.List;

/** How many of the drawn networks count. */
final class SampleSizeSection {
  private SampleSizeSection() {}

  static Section of(Validation validation) {
    List<Validation.AtWidth> widths = validation.widths();
    double[] width = widths.stream().mapToDouble(Validation.AtWidth::width).toArray();
    double[] size = widths.stream().mapToDouble(Validation.AtWidth::effectiveSampleSize).toArray();
    double[] largest =
        widths.stream().mapToDouble(at -> at.largestWeight().orElse(Double.NaN)).toArray();
    double draws = widths.get(0).draws();
    return Section.of(
        "sample-size",
        "Effective sample size",
        List.of(
            "Networks are drawn from the prior and weighted by how well they explain the training"
                + " rows. Where only a few of them carry all the weight, nothing can be said."),
        new Figure(
            "effective-draws",
            "Effective draws by width",
            """
            Of %s networks %s count at the narrowest width and %s at the widest; below 100 no \
            verdict is given.\
            """
                .formatted(
                    Numbers.shown(draws),
                    Numbers.shown(Math.rint(size[0])),
                    Numbers.shown(Math.rint(size[size.length - 1]))),
            Plot.of(
                RemainderFigure.widthAxis(widths.stream().map(Validation.AtWidth::width).toList()),
                Axis.log("Effective number of networks").within(Double.NaN, 1.6 * draws),
                List.of(
                    new Mark.Rule("all of them", Colour.NNGP, false, draws),
                    new Mark.Rule("too few to say", Colour.WARNING, false, 100),
                    new Mark.Line("", Colour.CORRECTED, false, width, size),
                    new Mark.Dots(
                        "effective draws", Colour.CORRECTED, Mark.Shape.CIRCLE, width, size))),
            Table.of("Width", "Effective draws", "Weight of the heaviest network")
                .columns(width, size, largest)
                .table()));
  }
}
