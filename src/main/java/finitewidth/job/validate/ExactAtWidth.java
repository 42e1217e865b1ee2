package finitewidth.job.validate;

import finitewidth.inference.ChainReport;
import finitewidth.inference.comparison.Truth;
import finitewidth.inference.ensemble.EnsembleEstimate;
import finitewidth.report.summary.Validation;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The exact posterior at one width, and the way to it.
 *
 * @param drawn if it was that of draws
 * @param chained if it was that of chains
 * @param logDensities of the test rows that have targets; empty of draws, which know moments alone
 */
record ExactAtWidth(
    Truth truth,
    Optional<EnsembleEstimate> drawn,
    Optional<ChainReport> chained,
    Optional<double[]> logDensities) {

  static ExactAtWidth of(EnsembleEstimate drawn) {
    return new ExactAtWidth(drawn, Optional.of(drawn), Optional.empty(), Optional.empty());
  }

  static ExactAtWidth of(Truth truth, ChainReport chained, double[] logDensities) {
    return new ExactAtWidth(
        truth, Optional.empty(), Optional.of(chained), Optional.of(logDensities));
  }

  /** Networks that were drawn, or states that chains have been at. */
  long draws() {
    return drawn
        .map(EnsembleEstimate::draws)
        .or(() -> chained.map(some -> (long) some.chains() * some.iterations()))
        .orElseThrow();
  }

  OptionalDouble largestWeight() {
    return drawn.stream().mapToDouble(EnsembleEstimate::largestWeight).findFirst();
  }

  OptionalDouble noiseReduction() {
    return drawn.stream().mapToDouble(EnsembleEstimate::noiseReduction).findFirst();
  }

  Optional<Validation.Convergence> convergence() {
    return chained.map(
        some ->
            new Validation.Convergence(
                some.chains(),
                some.iterations(),
                some.end().name().toLowerCase(Locale.ROOT),
                some.worstRhat(),
                some.isConverged(),
                some.allFailures()));
  }

  /** How good it is, in words. */
  String line() {
    String draws =
        String.format(Locale.ROOT, "effective draws %.0f of %d", truth.effectiveDraws(), draws());
    return chained
        .map(some -> String.format(Locale.ROOT, "%s  R-hat %.3f", draws, some.worstRhat()))
        .orElse(draws);
  }
}
