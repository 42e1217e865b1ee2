package finitewidth.report.fit;

import finitewidth.report.page.Axis;
import finitewidth.report.page.Colour;
import finitewidth.report.page.Figure;
import finitewidth.report.page.Mark;
import finitewidth.report.page.Plot;
import finitewidth.report.page.Section;
import finitewidth.report.page.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One input: mean, band and correction as curves. */
final class InputSection {
  private InputSection() {}

  static Section of(FitResults results, InputCurve curve) {
    String output = results.outputs().get(0);
    Axis x = Axis.linear(curve.input());
    boolean corrected = Arrays.stream(curve.mean()).anyMatch(Double::isFinite);
    List<Mark> marks = new ArrayList<>();
    marks.add(
        new Mark.Ribbon(
            "± 2 standard deviations, NNGP",
            Colour.NNGP,
            curve.x(),
            band(curve.nngpMean(), curve.nngpDeviation(), -2),
            band(curve.nngpMean(), curve.nngpDeviation(), 2)));
    if (corrected) {
      marks.add(
          new Mark.Ribbon(
              "± 2 standard deviations, corrected",
              Colour.CORRECTED,
              curve.x(),
              band(curve.mean(), curve.deviation(), -2),
              band(curve.mean(), curve.deviation(), 2)));
    }
    marks.add(new Mark.Line("mean, NNGP", Colour.NNGP, true, curve.x(), curve.nngpMean()));
    if (corrected) {
      marks.add(new Mark.Line("mean, corrected", Colour.CORRECTED, false, curve.x(), curve.mean()));
    }
    marks.add(
        new Mark.Dots(
            "training rows", Colour.TRUTH, Mark.Shape.CIRCLE, curve.trainX(), curve.trainY()));
    Figure means =
        new Figure(
            "curve",
            "Prediction of " + output + " along " + curve.input(),
            "Mean and band of the latent function, without noise, at infinite width"
                + (corrected ? ", and " + results.words().way() + "." : "."),
            Plot.of(x, Axis.linear(output), marks),
            table(curve, corrected));
    List<Figure> figures = new ArrayList<>(List.of(means));
    if (corrected) {
      figures.add(correction(results.words(), curve, output, x));
    }
    return Section.of(
        "curve-section",
        "Along the input",
        results.outputs().size() > 1
            ? List.of("Of the " + results.outputs().size() + " outputs, the first one.")
            : List.of(),
        figures);
  }

  private static Table table(InputCurve curve, boolean corrected) {
    return corrected
        ? Table.of(curve.input(), "NNGP mean", "NNGP deviation", "Mean", "Deviation")
            .columns(
                curve.x(), curve.nngpMean(), curve.nngpDeviation(), curve.mean(), curve.deviation())
            .table()
        : Table.of(curve.input(), "NNGP mean", "NNGP deviation")
            .columns(curve.x(), curve.nngpMean(), curve.nngpDeviation())
            .table();
  }

  private static Figure correction(MethodWords words, InputCurve curve, String output, Axis x) {
    double[] shift = new double[curve.x().length];
    double[] widening = new double[shift.length];
    for (int i = 0; i < shift.length; i++) {
      shift[i] = curve.mean()[i] - curve.nngpMean()[i];
      widening[i] = curve.deviation()[i] - curve.nngpDeviation()[i];
    }
    return new Figure(
        "curve-correction",
        "Correction along " + curve.input(),
        "What %s adds to the mean and to the standard deviation."
            .formatted(words.atAllWidths() ? words.name() : "finite width"),
        Plot.of(
            x,
            Axis.linear("Change of " + output),
            List.of(
                new Mark.Rule("", Colour.MUTED, false, 0),
                new Mark.Line("of the mean", Colour.CORRECTED, false, curve.x(), shift),
                new Mark.Line("of the standard deviation", Colour.S1, true, curve.x(), widening))),
        Table.of(curve.input(), "Change of the mean", "Change of the deviation")
            .columns(curve.x(), shift, widening)
            .table());
  }

  private static double[] band(double[] mean, double[] deviation, double factor) {
    double[] band = new double[mean.length];
    Arrays.setAll(band, i -> mean[i] + factor * deviation[i]);
    return band;
  }
}
