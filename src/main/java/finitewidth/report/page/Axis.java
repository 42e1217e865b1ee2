package finitewidth.report.page;

import java.util.List;

/**
 * An axis.
 *
 * @param label with the unit
 * @param log whether it is logarithmic
 * @param from least value shown; NaN if that of the marks
 * @param to largest value shown; NaN if that of the marks
 * @param ticks in order of importance: later ones give way where it gets narrow; empty for round
 *     numbers
 */
public record Axis(String label, boolean log, double from, double to, List<Tick> ticks) {
  public Axis {
    ticks = List.copyOf(ticks);
  }

  /** A place with a name. */
  public record Tick(double at, String label) {}

  public static Axis linear(String label) {
    return new Axis(label, false, Double.NaN, Double.NaN, List.of());
  }

  public static Axis log(String label) {
    return new Axis(label, true, Double.NaN, Double.NaN, List.of());
  }

  /** The same with limits; NaN leaves one to the marks. */
  public Axis within(double low, double high) {
    return new Axis(label, log, low, high, ticks);
  }

  /** The same with ticks of its own. */
  public Axis ticked(List<Tick> places) {
    return new Axis(label, log, from, to, places);
  }
}
