package finitewidth.report.summary;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Several ways to the posterior beside the exact one, for validate.json.
 *
 * @param methods infinite width among them, in the order of the configuration
 * @param widths what is to be said of each width, in increasing order
 * @param verdict in words
 */
public record Refereed(List<Method> methods, List<AtWidth> widths, String verdict) {

  /**
   * A way to the posterior.
   *
   * @param method as posterior.method has it
   * @param engine of first order exact or sampled, otherwise the method
   * @param seconds of wall-clock time for all widths; empty of infinite width where that is but
   *     what the others start from
   * @param widths one for each width
   * @param slopes how distances fall with the width, by quantity: mean, variance, log_evidence
   */
  public record Method(
      String method,
      String engine,
      OptionalDouble seconds,
      List<MethodAtWidth> widths,
      Map<String, Optional<Validation.Slope>> slopes) {}

  /**
   * A way to the posterior at one width.
   *
   * @param verdict as that of the width in validate.json
   * @param distance from the exact posterior by quantity: mean, variance, log_evidence
   * @param logEvidence in nats
   * @param density empty where test rows have no targets
   */
  public record MethodAtWidth(
      int width,
      String verdict,
      Map<String, Validation.Distance> distance,
      double logEvidence,
      double logEvidenceStandardError,
      Optional<Density> density) {

    /**
     * The distance in one quantity.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Validation.Distance in(String quantity) {
      Validation.Distance found = distance.get(quantity);
      if (found == null) {
        throw new IllegalArgumentException("no distance in " + quantity);
      }
      return found;
    }
  }

  /**
   * The log predictive density of the test rows' targets, noise included, in nats per row; higher
   * is better.
   *
   * @param gain over infinite width, row by row
   * @param gainStandardError of that over rows
   */
  public record Density(double logDensity, double gain, double gainStandardError) {}

  /**
   * What is to be said of one width.
   *
   * @param said whether the exact posterior allows any of it
   * @param nearest methods by quantity: the nearest first, then those that cannot be told from it
   * @param use the method whose mean squares of distances in mean and in variance have the least
   *     sum; empty where nothing is said
   * @param exactDensity of the exact posterior; empty of draws, and where rows have no targets
   */
  public record AtWidth(
      int width,
      boolean said,
      Map<String, List<String>> nearest,
      Optional<String> use,
      Optional<Density> exactDensity) {}
}
