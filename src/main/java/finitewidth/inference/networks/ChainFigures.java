package finitewidth.inference.networks;

import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.List;

/**
 * How the chains of one network have fared.
 *
 * @param widths of its hidden layers
 * @param chains how many there were
 * @param iterations of each of them
 * @param rhat the largest split R-hat, of the log likelihood, of predictions and of hyperparameters
 * @param effectiveDraws the fewest likewise
 * @param converged whether no diagnostic of the draws has failed
 * @param failures each test that has failed in a sentence, those of the log evidence last
 */
public record ChainFigures(
    Widths widths,
    int chains,
    int iterations,
    double rhat,
    double effectiveDraws,
    boolean converged,
    List<String> failures) {
  public ChainFigures {
    failures = List.copyOf(failures);
  }

  static ChainFigures of(Widths widths, NetworkRun run, LogEvidence evidence) {
    ChainDiagnostics found = run.diagnostics();
    List<String> failures = new ArrayList<>(run.convergence().failures());
    failures.addAll(evidence.failures());
    return new ChainFigures(
        widths,
        run.states().size(),
        run.draws(),
        found.allRhats().max().orElseThrow(),
        found.allDraws().min().orElseThrow(),
        run.convergence().isConverged(),
        failures);
  }
}
