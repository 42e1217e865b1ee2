package finitewidth.report.html;

import finitewidth.report.FitSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Scores along 1/n. */
final class WidthSection {
  private static final String X = "1 / width of the hidden layers (0: infinite width)";

  private WidthSection() {}

  static Section of(FitResults results) {
    List<Figure> figures = new ArrayList<>();
    FitSummary summary = results.summary();
    WidthCurve curve = results.curve();
    Score rmse =
        new Score(
            "rmse-by-width", "Test error", unit(results), curve.rmse(), false, Optional.empty());
    Score nlpd =
        new Score(
            "nlpd-by-width",
            "Negative log predictive density",
            "Test nlpd, nats per row (lower is better)",
            curve.nlpd(),
            false,
            Optional.empty());
    if (results.scored()) {
      figures.add(
          rmse.figure(
              results,
              of(
                  summary,
                  FitSummary.Corrected::rmse,
                  FitSummary.AtWidth::rmse,
                  summary.nngp().rmse())));
      figures.add(
          nlpd.figure(
              results,
              of(
                  summary,
                  FitSummary.Corrected::nlpd,
                  FitSummary.AtWidth::nlpd,
                  summary.nngp().nlpd())));
    }
    if (results.scored() && results.classes()) {
      Score accuracy =
          new Score(
              "accuracy-by-width",
              "Accuracy",
              "Share of test rows that are classified right",
              curve.accuracy(),
              true,
              Optional.empty());
      figures.add(
          accuracy.figure(
              results,
              of(
                  summary,
                  FitSummary.Corrected::accuracy,
                  FitSummary.AtWidth::accuracy,
                  summary.nngp().accuracy())));
    }
    figures.add(outside(curve));
    return Section.of(
        "widths",
        "By width",
        List.of(
            "One computation gives first order at every width. Where the plots are shaded it is not"
                + " to be trusted: more than 5 % of the predictions are outside the expansion, or the"
                + " log evidence moves by more than 0.1 nats a target."
                + (curve.rows() < summary.data().correctedRows()
                    ? " Curves are those of "
                        + curve.rows()
                        + " random test rows, points those of all."
                    : "")),
        figures);
  }

  private static String unit(FitResults results) {
    if (results.classes()) {
      return "Test RMSE, in units of the class code";
    }
    return "Test RMSE, in units of "
        + (results.outputs().size() == 1 ? results.outputs().get(0) : "the targets");
  }

  /** A width in words, from 1/n. */
  static String width(double inverse) {
    return inverse == 0 ? "∞" : Long.toString(Math.round(1 / inverse));
  }

  /** Scores at the places that the job reports: infinite width, the configured one, others. */
  record Reported(double[] inverse, double[] value) {}

  static Reported of(
      FitSummary summary,
      Function<FitSummary.Corrected, OptionalDouble> own,
      Function<FitSummary.AtWidth, OptionalDouble> other,
      OptionalDouble nngp) {
    List<double[]> points = new ArrayList<>();
    boolean all = summary.nngpOnCorrectedRows().isEmpty();
    if (all) {
      points.add(new double[] {0, nngp.orElse(Double.NaN)});
    }
    List<Long> widths = summary.network().hiddenWidths();
    if (widths.stream().distinct().count() == 1) {
      points.add(
          new double[] {1.0 / widths.get(0), own.apply(summary.corrected()).orElse(Double.NaN)});
    }
    for (FitSummary.AtWidth at : summary.widths()) {
      points.add(new double[] {1 / at.width(), other.apply(at).orElse(Double.NaN)});
    }
    return new Reported(
        points.stream().mapToDouble(p -> p[0]).toArray(),
        points.stream().mapToDouble(p -> p[1]).toArray());
  }

  /** Ticks at powers of two, wide gaps first. */
  static Axis axis(double most) {
    List<Axis.Tick> ticks = new ArrayList<>();
    ticks.add(new Axis.Tick(0, "0"));
    for (int n = 1; n <= 1 << 24; n *= 2) {
      if (1.0 / n <= most * 1.0001 && ticks.size() < 12) {
        ticks.add(new Axis.Tick(1.0 / n, "1/" + n));
      }
    }
    return Axis.linear(X).within(-0.02 * most, 1.02 * most).ticked(ticks);
  }

  /** The part of a plot that is not to be trusted; none if all of it is. */
  static List<Mark> shade(WidthCurve curve) {
    double last = curve.inverse()[curve.inverse().length - 1];
    return curve.trusted() < last
        ? List.of(
            new Mark.Shade(
                "first order is not to be trusted",
                Colour.WARNING,
                curve.trusted(),
                Double.NaN,
                Double.NaN,
                Double.NaN))
        : List.of();
  }

  private static Figure outside(WidthCurve curve) {
    double last = curve.inverse()[curve.inverse().length - 1];
    List<Mark> marks = new ArrayList<>(shade(curve));
    marks.add(
        new Mark.Line(
            "share of test rows", Colour.CORRECTED, false, curve.inverse(), curve.outside()));
    marks.add(new Mark.Rule("5 %", Colour.MUTED, false, 0.05));
    return new Figure(
        "outside-by-width",
        "Predictions outside the expansion",
        "Share of the test rows at which the mean moves by more than one posterior standard deviation"
            + " or the variance by more than half of itself. At the widest networks it is "
            + Numbers.percent(curve.outside()[1])
            + ", at the narrowest shown "
            + Numbers.percent(curve.outside()[curve.outside().length - 1])
            + ".",
        Plot.of(axis(last), Axis.linear("Share of test rows outside").within(0, Double.NaN), marks),
        Table.of("1/width", "Share outside").columns(curve.inverse(), curve.outside()).table());
  }

  /**
   * One score along 1/n.
   *
   * @param most whether more of it is better
   */
  record Score(
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

    Figure figure(FitResults results, Reported reported) {
      WidthCurve curve = results.curve();
      double[] inverse = curve.inverse();
      int best = best(curve);
      List<Mark> marks = new ArrayList<>(shade(curve));
      errors.ifPresent(
          e ->
              marks.add(
                  new Mark.Ribbon(
                      "± 2 standard errors", Colour.CORRECTED, inverse, plus(e, -2), plus(e, 2))));
      marks.add(new Mark.Rule("infinite width (NNGP)", Colour.NNGP, false, values[0]));
      marks.add(new Mark.Line("first order in 1/width", Colour.CORRECTED, false, inverse, values));
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
        String place = best == 0 ? "infinite width" : "width " + width(inverse[best]);
        marks.add(
            new Mark.Dots(
                "best within the expansion: " + place,
                Colour.S2,
                Mark.Shape.DIAMOND,
                false,
                new double[] {inverse[best]},
                new double[] {values[best]},
                List.of()));
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
          caption(curve, best),
          Plot.of(axis(inverse[inverse.length - 1]), y, marks),
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

    private String caption(WidthCurve curve, int best) {
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
        caption.append(", which no width within the expansion betters");
      } else {
        caption
            .append(" and ")
            .append(most ? "highest, " : "lowest, ")
            .append(Numbers.shown(values[best]))
            .append(", at width ")
            .append(width(inverse[best]));
        if (best == end) {
          caption.append(", the narrowest that can be trusted or is shown");
        }
      }
      if (Double.isFinite(curve.trusted())) {
        caption.append(
            end == 0
                ? ". First order is not to be trusted at any width shown"
                : ". First order is not to be trusted below a width of about "
                    + width(inverse[end]));
      }
      return caption.append('.').toString();
    }

    /** What is within the expansion decides the range; the rest may leave the frame. */
    private double[] range(WidthCurve curve, Reported reported) {
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
}
