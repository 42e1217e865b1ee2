package finitewidth.prior.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.gaussian.activations.Activations;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.FiniteNetworks;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkDrawsTest {
  private static final long DRAWS = 400_000;

  private static Architecture uniform(String activation, int hidden, double bias, double weight) {
    return Architecture.uniform(Activations.byName(activation).orElseThrow(), hidden, bias, weight);
  }

  /** Pearson's χ² of the bins has as many degrees of freedom as bins, less one. */
  @ParameterizedTest
  @CsvSource({"linear, 0", "linear, 0.2", "relu, 0", "relu, 0.2"})
  void histogramsFollowTheExactDensity(String activation, double bias) {
    Architecture network = uniform(activation, 2, bias, 1.7);
    Widths widths = Widths.of(4, 3);
    PriorDensity prior = PriorDensity.of(network, widths, 0.9).orElseThrow();
    ExactDensity exact = prior.exact().orElseThrow();
    DensityGrid grid = prior.grid();
    Histogram drawn = new NetworkDraws(network, widths).draw(grid, 0.9, 5, 0, 0, DRAWS);
    double statistic = 0;
    int bins = 0;
    for (int bin = 0; bin < DensityGrid.BINS; bin++) {
      // Around zero the density may be infinite; its neighbours are averaged by Gauss's rule.
      if (Math.abs(grid.centre(bin)) > grid.width()) {
        double expected = DRAWS * mass(exact, grid, bin);
        if (expected > 10) {
          statistic += Math.pow(drawn.bins()[bin] - expected, 2) / expected;
          bins++;
        }
      }
    }
    assertThat(bins).isGreaterThan(80);
    assertThat((statistic - bins) / Math.sqrt(2 * bins)).isBetween(-3.5, 3.5);
    double zeros = DRAWS * exact.atom();
    assertThat((double) drawn.zeros()).isCloseTo(zeros, within(4 * Math.sqrt(zeros) + 1e-9));
    assertThat(exact.atom() > 0).isEqualTo(activation.equals("relu") && bias == 0);
  }

  /** The average over a bin by three nodes of Gauss's rule, times its width. */
  private static double mass(ExactDensity exact, DensityGrid grid, int bin) {
    double offset = 0.5 * grid.width() * Math.sqrt(0.6);
    double h = grid.centre(bin);
    return grid.width()
        / 18
        * (5 * exact.at(h - offset) + 8 * exact.at(h) + 5 * exact.at(h + offset));
  }

  /** Against networks whose every layer is drawn by another piece of code. */
  @Test
  void varianceIsThatOfDrawnNetworks() {
    Architecture network = uniform("erf", 2, 0.1, 2);
    int n = 5;
    FiniteNetworks networks =
        new FiniteNetworks(network, new int[] {n, n}, Matrix.wrap(1, 1, new double[] {1.4}), 3);
    double sum = 0;
    int draws = 100_000;
    for (int draw = 0; draw < draws; draw++) {
      sum += networks.drawOutputKernel().get(0, 0);
    }
    DensityGrid grid = new DensityGrid(1);
    Histogram drawn = new NetworkDraws(network, Widths.of(n, n)).draw(grid, 1.4, 7, 0, 0, DRAWS);
    double variance = 0;
    for (int bin = 0; bin < DensityGrid.BINS; bin++) {
      variance += drawn.density(grid, bin) * grid.width() * Math.pow(grid.centre(bin), 2);
    }
    // Sheppard: a bin's spread about its centre.
    variance -= grid.width() * grid.width() / 12;
    assertThat(variance).isCloseTo(sum / draws, within(0.01 * variance));
    assertThat(drawn.outside()).isLessThan(10);
  }

  @Test
  void aBatchHasTheSameBitsAgainAndOthersNone() {
    NetworkDraws draws = new NetworkDraws(uniform("tanh", 1, 0.1, 2), Widths.of(4));
    DensityGrid grid = new DensityGrid(1);
    long[] first = draws.draw(grid, 1, 5, 2, 3, 1000).bins();
    assertThat(draws.draw(grid, 1, 5, 2, 3, 1000).bins()).isEqualTo(first);
    assertThat(draws.draw(grid, 1, 5, 2, 4, 1000).bins()).isNotEqualTo(first);
    assertThat(draws.draw(grid, 1, 5, 3, 3, 1000).bins()).isNotEqualTo(first);
    assertThat(draws.draw(grid, 1, 6, 2, 3, 1000).bins()).isNotEqualTo(first);
  }

  @Test
  void anOutputThatIsAlwaysZeroHasNoDensity() {
    assertThat(PriorDensity.of(uniform("relu", 2, 0, 2), Widths.of(4, 4), 0)).isEmpty();
    PriorDensity tanh = PriorDensity.of(uniform("tanh", 1, 0.1, 2), Widths.of(40), 1).orElseThrow();
    assertThat(tanh.exact()).isEmpty();
    assertThat(tanh.edgeworth().isPositive()).isTrue();
  }
}
