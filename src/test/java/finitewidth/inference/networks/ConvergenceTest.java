package finitewidth.inference.networks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Each test of convergence, failing by itself. */
class ConvergenceTest {
  private static final int PREDICTIONS = 200;

  /** What holds all limits, to be spoilt. */
  private static final class Figures {
    double likelihoodRhat = 1.049;
    double likelihoodDraws = 100;
    Halves halves = new Halves(-100, -97, 1);
    final double[] rhats = filled(1.049);
    final double[] draws = filled(400);
    final double[] errors = filled(0.1);
    OptionalDouble acceptance = OptionalDouble.of(0.6);

    private static double[] filled(double value) {
      double[] all = new double[PREDICTIONS];
      Arrays.fill(all, value);
      return all;
    }

    Convergence verdict() {
      return Convergence.of(
          new ChainDiagnostics(
              likelihoodRhat, likelihoodDraws, halves, rhats, draws, errors, acceptance));
    }
  }

  private static List<String> failures(Consumer<Figures> spoil) {
    Figures figures = new Figures();
    spoil.accept(figures);
    Convergence verdict = figures.verdict();
    assertThat(verdict.isConverged()).isEqualTo(verdict.failures().isEmpty());
    return verdict.failures();
  }

  @Test
  void withinAllLimits() {
    assertThat(failures(figures -> {})).isEmpty();
    // Two of 200 may be above.
    assertThat(
            failures(
                figures -> {
                  Arrays.fill(figures.rhats, 0, 2, 1.0999);
                  Arrays.fill(figures.errors, 3, 5, 4);
                  Arrays.fill(figures.draws, 0, 99, 50);
                  figures.acceptance = OptionalDouble.of(0.95);
                }))
        .isEmpty();
    assertThat(failures(figures -> figures.acceptance = OptionalDouble.empty())).isEmpty();
  }

  @Test
  void logLikelihood() {
    assertThat(failures(figures -> figures.likelihoodRhat = 1.05))
        .containsExactly("R-hat of the log likelihood is 1.05, not below 1.05");
    assertThat(failures(figures -> figures.likelihoodDraws = 31.25))
        .containsExactly("the log likelihood has 31.25 effective draws, fewer than 100");
    assertThat(failures(figures -> figures.halves = new Halves(-100, -96.5, 1)))
        .containsExactly(
            "the mean log likelihoods of the two halves differ by 3.5, 3.5 standard errors, more"
                + " than 3");
  }

  @Test
  void predictions() {
    assertThat(failures(figures -> Arrays.fill(figures.rhats, 0, 3, 1.07)))
        .containsExactly("R-hat is below 1.05 for 197 of 200 predictions, fewer than 99 %");
    assertThat(failures(figures -> figures.rhats[7] = 1.312345))
        .containsExactly("the largest R-hat of a prediction is 1.312, not below 1.1");
    assertThat(failures(figures -> Arrays.fill(figures.draws, 0, 101, 399.5)))
        .containsExactly("the median prediction has 399.5 effective draws, fewer than 400");
    assertThat(failures(figures -> figures.draws[9] = 49.9))
        .containsExactly("the prediction with the fewest has 49.9 effective draws, fewer than 50");
    assertThat(failures(figures -> Arrays.fill(figures.errors, 0, 3, 0.101)))
        .containsExactly(
            "the standard error is within 0.1 posterior deviations for 197 of 200 predictions,"
                + " fewer than 99 %");
  }

  @Test
  void acceptance() {
    assertThat(failures(figures -> figures.acceptance = OptionalDouble.of(0.5)))
        .containsExactly("50 % of the trajectories were accepted, not between 60 and 95 %");
    assertThat(failures(figures -> figures.acceptance = OptionalDouble.of(0.96))).hasSize(1);
  }

  @Test
  void whatIsNoNumberFails() {
    assertThat(
            failures(
                figures -> {
                  figures.likelihoodRhat = Double.NaN;
                  figures.likelihoodDraws = Double.NaN;
                  figures.halves = new Halves(0, Double.NaN, 1);
                  Arrays.fill(figures.rhats, Double.NaN);
                  Arrays.fill(figures.draws, Double.NaN);
                  Arrays.fill(figures.errors, Double.NaN);
                  figures.acceptance = OptionalDouble.of(Double.NaN);
                }))
        .hasSize(9);
    assertThat(failures(figures -> figures.rhats[0] = Double.NaN))
        .containsExactly("the largest R-hat of a prediction is unknown, not below 1.1");
    assertThat(failures(figures -> figures.draws[0] = Double.NaN)).hasSize(1);
  }

  /**
   * 8 chains of 400 draws with few correlations pass; each chain at a place of its own does not.
   */
  @Test
  void fromChains() {
    AutoregressiveChains source = new AutoregressiveChains(0.3, 21);
    double[][] likelihoods = source.draw(8, 400);
    double[][] values = source.draw(8, 400);
    OptionalDouble acceptance = OptionalDouble.of(0.8);
    Convergence good =
        Convergence.of(
            ChainDiagnostics.of(likelihoods, MonitoredChainsTest.batches(values), acceptance));
    assertThat(good.failures()).isEmpty();
    assertThat(
            Convergence.of(ChainDiagnostics.of(likelihoods, List.of(), acceptance)).isConverged())
        .isTrue();
    for (int c = 0; c < 8; c++) {
      double shift = c;
      values[c] = Arrays.stream(values[c]).map(x -> x + shift).toArray();
    }
    assertThat(
            Convergence.of(
                    ChainDiagnostics.of(
                        likelihoods, MonitoredChainsTest.batches(values), acceptance))
                .failures())
        .anyMatch(failure -> failure.startsWith("R-hat is below 1.05 for 0 of 1 predictions"))
        .anyMatch(failure -> failure.startsWith("the largest R-hat of a prediction is "));
  }
}
