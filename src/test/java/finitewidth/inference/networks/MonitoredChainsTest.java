package finitewidth.inference.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batch means against what all draws say, and against known chains. */
class MonitoredChainsTest {
  /** Batches lose no draw where all of them are full, or were. */
  @ParameterizedTest
  @ValueSource(ints = {4, 10, 20, 40, 160, 320})
  void rhatAndVarianceAreThoseOfAllDraws(int draws) {
    double[][] chains = new AutoregressiveChains(0.7, 2).draw(4, draws);
    chains[2] = Arrays.stream(chains[2]).map(x -> x + 0.3).toArray();
    MonitoredValue value = new MonitoredChains(batches(chains)).value(0);
    assertThat(value.rhat()).isCloseTo(SplitRhat.of(chains), within(1e-13));
    Spread all = Spread.of(Arrays.stream(chains).flatMapToDouble(Arrays::stream).toArray());
    assertThat(value.mean()).isCloseTo(all.mean(), within(1e-14));
    assertThat(value.variance()).isCloseTo(all.variance(), within(1e-13));
  }

  /** An open batch counts for means and variances. */
  @ParameterizedTest
  @ValueSource(ints = {7, 33, 47, 331, 1000})
  void anyNumberOfDraws(int draws) {
    double[][] chains = new AutoregressiveChains(0.5, 3).draw(3, draws);
    List<BatchMeans> batches = batches(chains);
    assertThat(batches.get(0).draws()).isEqualTo(draws);
    assertThat(batches.get(0).full()).isBetween(Math.min(draws, 10), BatchMeans.BATCHES);
    MonitoredValue value = new MonitoredChains(batches).value(0);
    Spread all = Spread.of(Arrays.stream(chains).flatMapToDouble(Arrays::stream).toArray());
    assertThat(value.mean()).isCloseTo(all.mean(), within(1e-14));
    assertThat(value.variance()).isCloseTo(all.variance(), within(1e-13));
    // By a tenth of the draws at most another R-hat.
    assertThat(value.rhat()).isCloseTo(SplitRhat.of(chains), within(0.05));
  }

  /**
   * 200 runs of 4 chains of 1000 draws: squared standard errors have the mean that the variance of
   * the mean has, but for their scatter, √(2/59)/√200 = 1.3 %, and the autocorrelation of batches,
   * 2 ρ/(1 − ρ²)/64 of them. 8 % are 4 standard errors beyond that, a false alarm in 10,000.
   */
  @ParameterizedTest
  @CsvSource({"0, 0", "0.6, 0.03"})
  void standardErrorsOfKnownChains(double rho, double bias) {
    AutoregressiveChains source = new AutoregressiveChains(rho, 4);
    double expected = source.varianceOfMean(1000) / 4;
    double squares = 0;
    double between = 0;
    double draws = 0;
    for (int run = 0; run < 200; run++) {
      MonitoredValue value = new MonitoredChains(batches(source.draw(4, 1000))).value(0);
      squares += value.standardError() * value.standardError() / 200;
      between += value.betweenChains().error() * value.betweenChains().error() / 200;
      draws += value.effectiveDraws() / 200;
    }
    assertThat(squares / expected).isCloseTo(1, within(0.08 + bias));
    // Three degrees of freedom: √(2/3)/√200 = 5.8 %, four times.
    assertThat(between / expected).isCloseTo(1, within(0.24));
    // The mean of inverses is 1 + 2/59 of the inverse of the mean.
    assertThat(draws * expected).isCloseTo(1 + 2.0 / 59, within(0.12));
  }

  @Test
  void chainsInModesOfTheirOwn() {
    double[][] chains = new AutoregressiveChains(0.2, 9).draw(4, 400);
    for (int c = 0; c < 4; c++) {
      int shift = c;
      chains[c] = Arrays.stream(chains[c]).map(x -> x + 10 * shift).toArray();
    }
    MonitoredValue value = new MonitoredChains(batches(chains)).value(0);
    assertThat(value.rhat()).isGreaterThan(5);
    // √(500/3) between chains, over √4.
    assertThat(value.betweenChains().error()).isCloseTo(6.45, within(0.2));
    assertThat(value.effectiveDraws()).isLessThan(100);
    assertThat(Convergence.isConverged(value)).isFalse();
  }

  @Test
  void whatDoesNotVary() {
    double[][] chains = new double[3][57];
    for (double[] chain : chains) {
      Arrays.fill(chain, 0.1);
    }
    MonitoredValue value = new MonitoredChains(batches(chains)).value(0);
    assertThat(value.rhat()).isEqualTo(1);
    assertThat(value.mean()).isEqualTo(0.1);
    assertThat(value.variance()).isZero();
    assertThat(value.standardError()).isZero();
    assertThat(value.relativeError()).isZero();
    assertThat(value.effectiveDraws()).isEqualTo(171);
  }

  @Test
  void goesOnFromItsState() {
    double[][] draws = new AutoregressiveChains(0.5, 7).draw(3, 500);
    for (int stop : new int[] {0, 1, 20, 21, 263, 500}) {
      BatchMeans whole = new BatchMeans(3);
      BatchMeans part = new BatchMeans(3);
      for (int i = 0; i < 500; i++) {
        double[] draw = {draws[0][i], draws[1][i], draws[2][i]};
        if (i == stop) {
          part = BatchMeans.restore(part.state());
        }
        whole.add(draw);
        part.add(draw);
      }
      assertThat(BatchMeans.restore(part.state()).state()).isEqualTo(whole.state());
    }
  }

  @Test
  void refuses() {
    BatchMeans three = new BatchMeans(1);
    BatchMeans four = new BatchMeans(1);
    for (int i = 0; i < 4; i++) {
      four.add(new double[] {i});
      if (i < 3) {
        three.add(new double[] {i});
      }
    }
    assertThatThrownBy(() -> new MonitoredChains(List.of(four, three)))
        .hasMessage("chains of 4 and of 3 draws are not compared");
    assertThatThrownBy(() -> new MonitoredChains(List.of(three, three)))
        .hasMessage("3 draws, and diagnostics need 4");
    assertThatThrownBy(() -> four.add(new double[2])).hasMessage("1 numbers are monitored, not 2");
  }

  static List<BatchMeans> batches(double[][] chains) {
    List<BatchMeans> all = new ArrayList<>();
    for (double[] chain : chains) {
      BatchMeans batches = new BatchMeans(1);
      for (double draw : chain) {
        batches.add(new double[] {draw});
      }
      all.add(batches);
    }
    return all;
  }
}
