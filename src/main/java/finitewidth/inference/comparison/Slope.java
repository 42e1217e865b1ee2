package finitewidth.inference.comparison;

import java.util.List;
import java.util.Optional;

/**
 * The exponent of a distance ∝ n^slope: the slope of log distance on log n by weighted least
 * squares.
 *
 * <p>A point errs by the noise of its draws and by what the next order in 1/n adds. Relative to the
 * distance the latter is about as large as the remainder is relative to what the correction
 * removes, and the two count together, independently: narrow networks, which noise hardly touches,
 * do not then decide on a law that only holds for wide ones.
 *
 * @param error standard error
 * @param points how many widths it comes from
 */
public record Slope(double value, double error, int points) {
  private static final int FEWEST = 3;

  /**
   * A width's distance.
   *
   * @param width n
   * @param next what the next order is expected to add, relative to the distance
   */
  public record Point(double width, Distance distance, double next) {}

  /**
   * @return empty if fewer than three different widths have a distance that can be told from zero
   */
  public static Optional<Slope> of(List<Point> points) {
    List<Point> resolved = points.stream().filter(p -> p.distance().isResolved()).toList();
    if (resolved.stream().mapToDouble(Point::width).distinct().count() < FEWEST) {
      return Optional.empty();
    }
    double sum = 0;
    double x = 0;
    double y = 0;
    for (Point point : resolved) {
      double weight = weight(point);
      sum += weight;
      x += weight * Math.log(point.width());
      y += weight * Math.log(point.distance().value());
    }
    double xx = 0;
    double xy = 0;
    for (Point point : resolved) {
      double weight = weight(point);
      double fromMean = Math.log(point.width()) - x / sum;
      xx += weight * fromMean * fromMean;
      xy += weight * fromMean * (Math.log(point.distance().value()) - y / sum);
    }
    return Optional.of(new Slope(xy / xx, Math.sqrt(1 / xx), resolved.size()));
  }

  private static double weight(Point point) {
    double noise = point.distance().error() / point.distance().value();
    return 1 / (noise * noise + point.next() * point.next());
  }
}
