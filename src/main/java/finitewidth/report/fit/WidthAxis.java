package finitewidth.report.fit;

import finitewidth.report.page.Axis;
import finitewidth.report.page.Colour;
import finitewidth.report.page.Mark;
import java.util.ArrayList;
import java.util.List;

/** The axis of 1/n, from infinite width on, and what is marked along it. */
final class WidthAxis {
  private static final String LABEL = "1 / width of the hidden layers (0: infinite width)";

  private WidthAxis() {}

  /** A width in words, from 1/n. */
  static String width(double inverse) {
    return inverse == 0 ? "∞" : Long.toString(Math.round(1 / inverse));
  }

  /** Ticks at powers of two, wide gaps first. */
  static Axis of(double most) {
    List<Axis.Tick> ticks = new ArrayList<>();
    ticks.add(new Axis.Tick(0, "0"));
    for (int n = 1; n <= 1 << 24; n *= 2) {
      if (1.0 / n <= most * 1.0001 && ticks.size() < 12) {
        ticks.add(new Axis.Tick(1.0 / n, "1/" + n));
      }
    }
    return Axis.linear(LABEL).within(-0.02 * most, 1.02 * most).ticked(ticks);
  }

  /** The part of a plot that is not to be trusted; none if all of it is. */
  static List<Mark> shade(MethodWords words, WidthCurve curve) {
    double last = curve.inverse()[curve.inverse().length - 1];
    return curve.trusted() < last
        ? List.of(
            new Mark.Shade(
                words.name() + " is not to be trusted",
                Colour.WARNING,
                curve.trusted(),
                Double.NaN,
                Double.NaN,
                Double.NaN))
        : List.of();
  }
}
