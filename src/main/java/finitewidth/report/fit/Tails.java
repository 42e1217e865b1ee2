package finitewidth.report.fit;

import java.util.List;

/**
 * Predictive distributions beyond mean and variance.
 *
 * @param probabilities of the quantiles
 * @param ofTargets whether they are of targets, noise included, and not of the latent function
 * @param rows those of {@link FitResults#rows}, one for one
 */
public record Tails(List<Double> probabilities, boolean ofTargets, List<RowTails> rows) {
  public Tails {
    probabilities = List.copyOf(probabilities);
    rows = List.copyOf(rows);
  }
}
