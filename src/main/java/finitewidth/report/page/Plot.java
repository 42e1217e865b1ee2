package finitewidth.report.page;

import java.util.List;

/**
 * A plot as data: axes and marks, later ones above earlier ones.
 *
 * @param square whether it is as high as it is wide
 */
public record Plot(Axis x, Axis y, boolean square, List<Mark> marks) {
  public Plot {
    marks = List.copyOf(marks);
  }

  public static Plot of(Axis x, Axis y, List<? extends Mark> marks) {
    return new Plot(x, y, false, List.copyOf(marks));
  }

  public static Plot square(Axis x, Axis y, List<? extends Mark> marks) {
    return new Plot(x, y, true, List.copyOf(marks));
  }
}
