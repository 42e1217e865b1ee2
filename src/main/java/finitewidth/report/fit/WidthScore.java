package finitewidth.report.fit;

import finitewidth.report.page.Axis;
import finitewidth.report.page.Colour;
import finitewidth.report.page.Figure;
import finitewidth.report.page.Mark;
import finitewidth.report.page.Numbers;
import finitewidth.report.page.Plot;
import finitewidth.report.page.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One score along 1/n.
 *
 * @param most whether more of it is better
 */
record WidthScore(
    String id,
    String title,
    String label,
    double[] values,
    boolean most,
    Optional<double[]> errors) {

  /** So few places within the expansion say nothing of a range. */
  private static final int FEW = 4;

  /** Some of what the curve does, however far it goes. */
  private double[] aroundInfinite() {
    double[] known = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    double most = known[known.length - 1];
    double step = Math.max(2 * Math.abs(values[0]), 0.15 * (most - known[0]));
    double low = Math.max(known[0], values[0] - step);
    double high = Math.min(most, values[0] + step);
    double margin = 0.05 * Math.max(high - low, 1e-3 * Math.abs(high));
    return margin > 0 ? new double[] {low - margin, high + margin} : new double[0];
  }

  /**
   * @param firstOrder to stand beside what is shown; empty where it is that, or is not known
   */
  Figure figure(FitResults results, ReportedScores reported, ReportedScores firstOrder) {
    WidthCurve curve = results.curve();
    double[] inverse = curve.inverse();
    int best = best(curve);
    List<Mark> marks = new ArrayList<>(WidthAxis.shade(results.words(), curve));
    errors.ifPresent(
        e ->
            marks.add(
                new Mark.Ribbon(
                    "± 2 standard errors", Colour.CORRECTED, inverse, plus(e, -2), plus(e, 2))));
    marks.add(new Mark.Rule("infinite width (NNGP)", Colour.NNGP, false, values[0]));
    if (firstOrder.value().length > 0) {
      marks.add(
          new Mark.Line(
              "first order in 1/width", Colour.S3, true, firstOrder.inverse(), firstOrder.value()));
    }
    marks.add(new Mark.Line(results.words().name(), Colour.CORRECTED, false, inverse, values));
    marks.add(
        new Mark.Dots(
            "widths that the job reports",
            Colour.CORRECTED,
            Mark.Shape.CIRCLE,
            true,
            reported.inverse(),
            reported.value(),
            List.of()));
    if (best >= 0) {
      String place = best == 0 ? "infinite width" : "width " + WidthAxis.width(inverse[best]);
      marks.add(
          new Mark.Dots(
              "best " + results.words().within() + ": " + place,
              Colour.S2,
              Mark.Shape.DIAMOND,
              new double[] {inverse[best]},
              new double[] {values[best]}));
    }
    Axis y = Axis.linear(label);
    double[] range = range(curve, reported);
    if (range.length > 0) {
      y = y.within(range[0], range[1]);
    }
    Table.Builder table =
        errors.isPresent()
            ? Table.of("1/width", label, "Standard error")
            : Table.of("1/width", label);
    if (errors.isPresent()) {
      table.columns(inverse, values, errors.get());
    } else {
      table.columns(inverse, values);
    }
    return new Figure(
        id,
        title + " against 1/width",
        caption(results.words(), curve, best),
        Plot.of(WidthAxis.of(inverse[inverse.length - 1]), y, marks),
        table.table());
  }

  private double[] plus(double[] errors, double factor) {
    double[] sum = values.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * errors[i];
    }
    return sum;
  }

  private int best(WidthCurve curve) {
    if (!most) {
      return curve.least(values);
    }
    double[] negative = values.clone();
    for (int i = 0; i < negative.length; i++) {
      negative[i] = -negative[i];
    }
    return curve.least(negative);
  }

  private String caption(MethodWords words, WidthCurve curve, int best) {
    if (best < 0) {
      return title + " is not known here.";
    }
    double[] inverse = curve.inverse();
    int end = curve.trustedPlaces() - 1;
    StringBuilder caption = new StringBuilder();
    caption
        .append(title)
        .append(" is ")
        .append(Numbers.shown(values[0]))
        .append(" at infinite width");
    if (best == 0) {
      caption.append(", which no width ").append(words.within()).append(" betters");
    } else {
      caption
          .append(" and ")
          .append(most ? "highest, " : "lowest, ")
          .append(Numbers.shown(values[best]))
          .append(", at width ")
          .append(WidthAxis.width(inverse[best]));
      if (best == end) {
        caption.append(", the narrowest that can be trusted or is shown");
      }
    }
    if (Double.isFinite(curve.trusted())) {
      caption
          .append(". ")
          .append(words.capital())
          .append(" is not to be trusted ")
          .append(
              end == 0
                  ? "at any width shown"
                  : "below a width of about " + WidthAxis.width(inverse[end]));
    }
    return caption.append('.').toString();
  }

  /** What is within the expansion decides the range; the rest may leave the frame. */
  private double[] range(WidthCurve curve, ReportedScores reported) {
    if (curve.trustedPlaces() < FEW && Double.isFinite(values[0])) {
      return aroundInfinite();
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < curve.trustedPlaces(); i++) {
      if (Double.isFinite(values[i])) {
        low = Math.min(low, values[i]);
        high = Math.max(high, values[i]);
      }
    }
    for (int i = 0; i < reported.value().length; i++) {
      if (reported.inverse()[i] <= curve.trusted() && Double.isFinite(reported.value()[i])) {
        low = Math.min(low, reported.value()[i]);
        high = Math.max(high, reported.value()[i]);
      }
    }
    if (low > high) {
      return new double[0];
    }
    double span = Math.max(high - low, 0.02 * Math.abs(high));
    span = span == 0 ? 1 : span;
    boolean beyond = Double.isFinite(curve.trusted());
    return new double[] {low - (beyond ? 0.6 : 0.15) * span, high + (beyond ? 1.2 : 0.15) * span};
  }
}
