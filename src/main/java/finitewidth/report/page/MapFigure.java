package finitewidth.report.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Heat maps of pairs of training rows, sorted. */
public final class MapFigure {
  private final String order;
  private final double[] values;

  /**
   * @param order what rows are sorted by
   * @param values of that, by row
   */
  public MapFigure(String order, double[] values) {
    this.order = order;
    this.values = values;
  }

  /** Colours from the least to the largest of some maps. */
  public static double[] range(double[]... maps) {
    return new double[] {
      Arrays.stream(maps).mapToDouble(MapFigure::least).min().orElse(Double.NaN),
      Arrays.stream(maps).mapToDouble(MapFigure::most).max().orElse(Double.NaN)
    };
  }

  /** Colours that have zero in their middle. */
  public static double[] aroundZero(double[]... maps) {
    double[] range = range(maps);
    double most = Math.max(Math.abs(range[0]), Math.abs(range[1]));
    return new double[] {-most, most};
  }

  public static double least(double[] map) {
    return Arrays.stream(map).filter(Double::isFinite).min().orElse(Double.POSITIVE_INFINITY);
  }

  public static double most(double[] map) {
    return Arrays.stream(map).filter(Double::isFinite).max().orElse(Double.NEGATIVE_INFINITY);
  }

  /**
   * A map.
   *
   * @param map row by row
   * @param range of the colours
   */
  public Figure of(String id, String title, String caption, double[] map, double[] range) {
    int n = values.length;
    List<String> columns = new ArrayList<>(List.of("Place", order));
    for (int j = 0; j < n; j++) {
      columns.add("to " + (j + 1));
    }
    Table.Builder table = new Table.Builder(columns);
    for (int i = 0; i < n; i++) {
      List<Object> cells = new ArrayList<>(List.of(i + 1, values[i]));
      for (int j = 0; j < n; j++) {
        cells.add(map[i * n + j]);
      }
      table.row(cells.toArray());
    }
    return new Figure(
        id,
        title,
        caption,
        Plot.square(
            Axis.linear("By " + order),
            Axis.linear("By " + order),
            List.of(
                new Mark.Cells(
                    n, n, Numbers.rounded(map), range[0], range[1], false, List.of(), List.of()))),
        table.table());
  }
}
