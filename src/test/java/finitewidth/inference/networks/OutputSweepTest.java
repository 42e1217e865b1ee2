package finitewidth.inference.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.inference.work.RandomStream;
import finitewidth.oracle.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Noise and the variances of the output layer, moved by what is known of the last features. */
class OutputSweepTest {
  private static final int ROWS = 12;

  private static NetworkProblem problem(int layers, int outputs, HyperparameterPrior prior) {
    return NetworkProblem.of(
        Problems.network("relu", layers),
        Problems.gaussian(ROWS, 3, 1),
        Problems.gaussian(ROWS, outputs, 2),
        0.07,
        prior);
  }

  private static double[] draw(NetworkShape shape, long seed) {
    double[] u = new double[shape.coordinates()];
    new RandomStream(seed, 0, 0, 0, 0).fill(u);
    return u;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theLikelihoodIsKnownWithoutTheRows(int outputs) {
    for (int[] widths : new int[][] {{1}, {5}, {20}, {4, 6}}) {
      NetworkProblem problem = problem(widths.length, outputs, HyperparameterPrior.weak(true));
      HyperparameterSpace space = problem.space().orElseThrow();
      NetworkShape shape = problem.shape(widths);
      List<Readout> forms =
          List.of(
              new DenseReadout(problem, shape.features()),
              new WoodburyReadout(problem, shape.features()));
      double[] u = draw(shape, 3);
      double[] other = draw(shape, 4);
      for (Readout form : forms) {
        CollapsedLikelihood likelihood = new CollapsedLikelihood(problem, shape, form);
        OutputLikelihood known = likelihood.outputs(u);
        double[] moved = u.clone();
        for (int k = 0; k < space.size(); k++) {
          if (!space.isOfHiddenLayers(k)) {
            moved[shape.weights() + k] = other[shape.weights() + k];
          }
        }
        StateVariances then = space.at(moved, shape.weights());
        double value = likelihood.value(moved);
        assertThat(known.at(then)).isCloseTo(value, within(1e-11 * Math.abs(value)));
        if (known instanceof FeatureSums sums) {
          LastLayer last = LastLayer.of(sums.with(then));
          assertThat(last.logLikelihood()).isCloseTo(value, within(1e-11 * Math.abs(value)));
          // What a last layer was made from can be had back.
          double again = last.sums(then).at(space.at(u, shape.weights()));
          double first = likelihood.value(u);
          assertThat(again).isCloseTo(first, within(1e-11 * Math.abs(first)));
        }
      }
    }
  }

  /**
   * Of the noise alone, with its density integrated on a grid. 40 batches of 250 draws: the means
   * are within five standard errors, which a t distribution of 39 degrees of freedom leaves once in
   * 80,000 times; six figures, so a false alarm once in 13,000 seeds.
   */
  @ParameterizedTest
  @CsvSource({"1, false", "1, true", "0.3, false"})
  void drawsAreThoseOfTheDensity(double tau, boolean reversed) {
    NetworkProblem problem = problem(1, 1, new HyperparameterPrior(2, 0, 0, 1e-4));
    HyperparameterSpace space = problem.space().orElseThrow();
    assertThat(space.size()).isEqualTo(1);
    NetworkShape shape = problem.shape(5);
    double[] u = draw(shape, 5);
    OutputLikelihood likelihood = new CollapsedLikelihood(problem, shape).outputs(u);
    double[] moments = moments(space, likelihood, tau);
    OutputSweep sweep = new OutputSweep(space);
    double[] theta = {u[shape.weights()]};
    int batches = 40;
    int each = 250;
    double[][] means = new double[2][batches];
    for (int b = 0; b < batches; b++) {
      for (int i = 0; i < each; i++) {
        sweep.move(theta, likelihood, tau, reversed, new RandomStream(11, b, i, 0, 0));
        means[0][b] += theta[0] / each;
        means[1][b] += theta[0] * theta[0] / each;
      }
    }
    for (int k = 0; k < 2; k++) {
      BetweenChains found = BetweenChains.of(means[k]);
      assertThat(found.mean()).isCloseTo(moments[k], within(5 * found.error()));
    }
  }

  private static double[] moments(
      HyperparameterSpace space, OutputLikelihood likelihood, double tau) {
    double[] sums = new double[3];
    double largest = Double.NEGATIVE_INFINITY;
    for (int pass = 0; pass < 2; pass++) {
      for (double theta = -8; theta <= 8; theta += 1.0 / 256) {
        double log = tau * likelihood.at(space.at(new double[] {theta}, 0)) - 0.5 * theta * theta;
        if (pass == 0) {
          largest = Math.max(largest, log);
        } else {
          double density = Math.exp(log - largest);
          sums[0] += density;
          sums[1] += density * theta;
          sums[2] += density * theta * theta;
        }
      }
    }
    return new double[] {sums[1] / sums[0], sums[2] / sums[0]};
  }

  /** With the step of the place where it should be a trajectory would take for ever from there. */
  @Test
  void aNoiseThatIsFarOffComesSoon() {
    NetworkProblem problem =
        NetworkProblem.of(
            Problems.network("relu", 1),
            Problems.gaussian(5000, 3, 1),
            Problems.gaussian(5000, 1, 2),
            0.07,
            HyperparameterPrior.weak(false));
    HyperparameterSpace space = problem.space().orElseThrow();
    NetworkShape shape = problem.shape(4);
    double[] u = draw(shape, 6);
    OutputLikelihood likelihood = new CollapsedLikelihood(problem, shape).outputs(u);
    double[] theta = new double[space.size()];
    theta[0] = -3;
    for (int move = 0; move < 20; move++) {
      new OutputSweep(space).move(theta, likelihood, 1, false, new RandomStream(1, move, 3, 4, 5));
    }
    // Targets that nothing explains have a variance of 1 within 2 % or so.
    assertThat(space.at(theta, 0).noise()).isBetween(0.9, 1.1);
  }
}
