package finitewidth.report.summary;

import finitewidth.inference.ChainReport;
import finitewidth.inference.SampledHyperparameter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * The Markov chains of one network, as {@link ChainReport} has them.
 *
 * @param stoppedBy what has stopped the draws: convergence, iterations or seconds
 * @param converged whether no test of the chains has failed
 * @param logEvidenceConverged whether no test of the log evidence has failed
 */
public record ChainsSummary(
    List<Double> widths,
    int chains,
    int iterations,
    String stoppedBy,
    int states,
    boolean converged,
    List<String> failures,
    double logLikelihoodRhat,
    OptionalDouble largestRhat,
    double effectiveDraws,
    OptionalDouble medianEffectiveDraws,
    OptionalDouble acceptance,
    double logEvidence,
    double logEvidenceStandardError,
    double logEvidenceLowerBound,
    double logEvidenceUpperBound,
    boolean logEvidenceConverged,
    List<String> logEvidenceFailures,
    double information,
    List<Sampled> hyperparameters) {

  /**
   * For summary.json.
   *
   * @param features what they are called
   */
  public static ChainsSummary of(ChainReport report, List<String> features) {
    return new ChainsSummary(
        DoubleStream.of(report.widths().toArray()).boxed().toList(),
        report.chains(),
        report.iterations(),
        report.end().name().toLowerCase(Locale.ROOT),
        report.states(),
        report.isConverged(),
        report.failures(),
        report.rhat(),
        report.largestRhat(),
        report.effectiveDraws(),
        report.medianDraws(),
        report.acceptance(),
        report.logEvidence(),
        report.logEvidenceError(),
        report.lower(),
        report.upper(),
        report.evidenceFailures().isEmpty(),
        report.evidenceFailures(),
        report.information(),
        report.hyperparameters().stream().map(one -> Sampled.of(one, features)).toList());
  }

  /**
   * A hyperparameter that chains have sampled, as {@link SampledHyperparameter} has it.
   *
   * @param feature whose scale it is; empty where it is another one
   */
  public record Sampled(
      String name,
      Optional<String> feature,
      double mean,
      double standardDeviation,
      double lower,
      double upper,
      double rhat,
      double effectiveDraws) {

    private static Sampled of(SampledHyperparameter one, List<String> features) {
      return new Sampled(
          one.name(),
          one.feature().stream().mapToObj(features::get).findFirst(),
          one.mean(),
          one.deviation(),
          one.lower(),
          one.upper(),
          one.rhat(),
          one.effectiveDraws());
    }
  }
}
