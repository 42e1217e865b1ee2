package finitewidth.report.summary;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The four-point contraction, training and test rows together.
 *
 * @param engine exact or sampled, or the method
 * @param moments four-point moments; empty where there were none
 * @param draws of all layers together; empty for the exact engine, as are the rest
 * @param effectiveDraws what draws of whole networks are worth, at the widths that have fewest
 * @param drawsByLayer from the first hidden layer on
 * @param standardError of the corrected mean at the network's widths, in NNGP posterior standard
 *     deviations: 95 % of the test rows have less
 * @param tolerance that it was to reach
 * @param stoppedBy tolerance or max-draws
 * @param deltaLogEvidenceStandardError at the network's widths
 */
public record ContractionSummary(
    String engine,
    Optional<Long> moments,
    Optional<Long> draws,
    OptionalDouble effectiveDraws,
    List<Long> drawsByLayer,
    double seconds,
    OptionalDouble momentsPerSecondPerCore,
    OptionalDouble standardError,
    OptionalDouble tolerance,
    Optional<String> stoppedBy,
    OptionalDouble deltaLogEvidenceStandardError) {

  public static ContractionSummary exact(long moments, double seconds, double rate) {
    return new ContractionSummary(
        "exact",
        Optional.of(moments),
        Optional.empty(),
        OptionalDouble.empty(),
        List.of(),
        seconds,
        OptionalDouble.of(rate),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalDouble.empty());
  }

  /** Of what needs none. */
  public static ContractionSummary none(String engine, double seconds) {
    return new ContractionSummary(
        engine,
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        List.of(),
        seconds,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalDouble.empty());
  }

  /** Of kernels that adapt. */
  public static ContractionSummary adapted(String engine, double seconds, double evidenceError) {
    return new ContractionSummary(
        engine,
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        List.of(),
        seconds,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalDouble.of(evidenceError));
  }

  /** Of draws of whole networks. */
  public static ContractionSummary networks(
      String engine, double effectiveDraws, double seconds, double evidenceError) {
    return new ContractionSummary(
        engine,
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.of(effectiveDraws),
        List.of(),
        seconds,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalDouble.of(evidenceError));
  }

  public static ContractionSummary sampled(
      long[] draws,
      double seconds,
      double standardError,
      double tolerance,
      String stoppedBy,
      double evidenceError) {
    return new ContractionSummary(
        "sampled",
        Optional.empty(),
        Optional.of(Arrays.stream(draws).sum()),
        OptionalDouble.empty(),
        Arrays.stream(draws).boxed().toList(),
        seconds,
        OptionalDouble.empty(),
        OptionalDouble.of(standardError),
        OptionalDouble.of(tolerance),
        Optional.of(stoppedBy),
        OptionalDouble.of(evidenceError));
  }
}
