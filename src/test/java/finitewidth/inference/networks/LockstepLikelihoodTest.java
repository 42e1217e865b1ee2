package finitewidth.inference.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.inducing.TrainingBlock;
import finitewidth.inference.work.RandomStream;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The likelihood by passes over blocks is that of all rows at once. */
class LockstepLikelihoodTest {
  private static final int ROWS = 150;
  private static final Matrix X = Problems.gaussian(ROWS, 3, 1);
  private static final Matrix Y = Problems.gaussian(ROWS, 2, 2);
  private static final int[][] WIDTHS = {{5}, {20}, {4, 6}, {7, 3, 12}};

  private static NetworkProblem whole(String activation, int hidden) {
    return NetworkProblem.of(Problems.network(activation, hidden), X, Y, 0.07);
  }

  /** In the coordinates of the other, as eigenvectors have no sign. */
  private static LockstepProblem same(NetworkProblem whole) {
    return new LockstepProblem(
        whole.architecture(),
        whole.derivative(),
        whole.rotation(),
        whole.outputs(),
        whole.noise(),
        whole.hasScales(),
        whole.space().orElse(null));
  }

  private static double[] draw(NetworkShape shape, long seed) {
    double[] u = new double[shape.coordinates()];
    new RandomStream(seed, 0, 0, 0, 0).fill(u);
    return u;
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu", "tanh", "erf", "gelu"})
  void valuesAndGradientsAreThoseOfTheWhole(String activation) {
    for (int[] sizes : new int[][] {{ROWS}, {1}, {7, 32}, {64}}) {
      SpreadBlocks rows = new SpreadBlocks(X, Y, 1, 3, sizes);
      for (int[] widths : WIDTHS) {
        isThatOfTheWhole(rows, whole(activation, widths.length), widths);
      }
    }
  }

  private static void isThatOfTheWhole(SpreadBlocks rows, NetworkProblem whole, int[] widths) {
    NetworkShape shape = whole.shape(widths);
    double[] u = draw(shape, 4);
    CollapsedLikelihood likelihood = new CollapsedLikelihood(whole, shape);
    double[] gradient = new double[shape.coordinates()];
    double value = likelihood.gradient(u, gradient);
    Point found =
        new LockstepLikelihood(rows, same(whole))
            .points(List.of(new Position(shape, u)), Thinning.NONE)
            .get(0);
    assertThat(found.value()).isCloseTo(value, within(1e-12 * Math.abs(value)));
    double largest = Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
    assertThat(found.gradient()).containsExactly(gradient, within(1e-12 * largest));
    WoodburyWeights last =
        (WoodburyWeights) likelihood.readout().weights(likelihood.layers().last());
    assertThat(found.last().mean()).containsExactly(last.mean(), within(1e-11));
  }

  /** Derivatives by noise, variances and scales are made of sums alone. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void hyperparametersHaveThoseOfTheWhole(boolean scales) {
    SpreadBlocks rows = new SpreadBlocks(X, Y, 1, 3, 7, 32);
    for (int[] widths : WIDTHS) {
      NetworkProblem whole =
          NetworkProblem.of(
              Problems.network("tanh", widths.length),
              X,
              Y,
              0.07,
              HyperparameterPrior.weak(scales));
      isThatOfTheWhole(rows, whole, widths);
    }
  }

  /** Sums over rows know the variance of targets, which the noise's floor is a part of. */
  @Test
  void theFloorIsThatOfTheWhole() {
    HyperparameterPrior prior = HyperparameterPrior.weak(false).floor(0.5);
    NetworkProblem whole = NetworkProblem.of(Problems.network("tanh", 1), X, Y, 0.07, prior);
    InputSums sums =
        LockstepProblem.sums(new SpreadBlocks(X, Y, 1, 3, 7, 32), whole.architecture(), 3);
    LockstepProblem found =
        LockstepProblem.of(sums, whole.architecture(), 0.07, Optional.of(prior));
    double floor = whole.space().orElseThrow().floor();
    assertThat(Objects.requireNonNull(found.space()).floor())
        .isCloseTo(floor, within(1e-12 * floor));
  }

  /** Neither what flies beside a chain, nor partitions, nor orders change a bit. */
  @Test
  @Tag("bits")
  void companyAndPartitionsChangeNoBit() {
    NetworkProblem whole = whole("tanh", 1);
    NetworkShape narrow = whole.shape(5);
    NetworkShape wide = whole.shape(20);
    Position first = new Position(narrow, draw(narrow, 1));
    Position second = new Position(wide, draw(wide, 2));
    Position third = new Position(narrow, draw(narrow, 3));
    Point alone =
        new LockstepLikelihood(new SpreadBlocks(X, Y, 1, 1, 8), same(whole))
            .points(List.of(first), Thinning.NONE)
            .get(0);
    for (int partitions : new int[] {1, 2, 7}) {
      for (long seed = 0; seed < 5; seed++) {
        List<Point> together =
            new LockstepLikelihood(new SpreadBlocks(X, Y, partitions, seed, 8), same(whole))
                .points(List.of(third, second, first), Thinning.NONE);
        assertThat(together.get(2).value()).isEqualTo(alone.value());
        assertThat(together.get(2).gradient()).isEqualTo(alone.gradient());
        assertThat(together.get(2).last().factor()).isEqualTo(alone.last().factor());
      }
    }
  }

  /** Fewer rows are a problem of their own. */
  @Test
  void thinnedRowsAreAProblemOfTheirOwn() {
    NetworkProblem whole = whole("relu", 1);
    NetworkShape shape = whole.shape(6);
    Thinning half = new Thinning(1);
    TrainingBlock some = half.of(new TrainingBlock(0, X, Y));
    assertThat(some.rows()).isBetween(50, 100);
    double[] u = draw(shape, 5);
    SpreadBlocks few = new SpreadBlocks(some.inputs(), some.targets(), 1, 1, some.rows());
    Point expected =
        new LockstepLikelihood(few, same(whole))
            .points(List.of(new Position(shape, u)), Thinning.NONE)
            .get(0);
    Point found =
        new LockstepLikelihood(new SpreadBlocks(X, Y, 1, 1, ROWS), same(whole))
            .points(List.of(new Position(shape, u)), half)
            .get(0);
    assertThat(found.value()).isEqualTo(expected.value());
    assertThat(found.gradient()).isEqualTo(expected.gradient());
  }

  /** Each choice has the rows of the next, and one of two of those of the one before. */
  @Test
  void choicesOfRowsAreNested() {
    Matrix numbers = Matrix.zeros(1024, 1);
    Arrays.setAll(numbers.data(), i -> i);
    TrainingBlock block = new TrainingBlock(7, numbers, numbers);
    List<Double> before = rows(block);
    for (int level = 1; level <= 6; level++) {
      List<Double> now = rows(new Thinning(level).of(block));
      assertThat(before).containsAll(now);
      double expected = Math.scalb(1024.0, -level);
      // Six standard deviations of a binomial; the rows are fixed.
      assertThat((double) now.size()).isCloseTo(expected, within(6 * Math.sqrt(expected)));
      before = now;
    }
    assertThat(Thinning.levels(10)).isZero();
    assertThat(Thinning.levels(33)).isEqualTo(1);
    assertThat(Thinning.levels(1_000_000)).isEqualTo(15);
  }

  private static List<Double> rows(TrainingBlock block) {
    return Arrays.stream(block.inputs().data()).boxed().toList();
  }

  @Test
  void whatIsNoNumberIsKnownForSuch() {
    NetworkProblem whole = whole("relu", 1);
    NetworkShape shape = whole.shape(5);
    double[] broken = new double[shape.weights()];
    Arrays.fill(broken, 1e200);
    Position good = new Position(shape, draw(shape, 1));
    List<Point> points =
        new LockstepLikelihood(new SpreadBlocks(X, Y, 2, 1, 16), same(whole))
            .points(List.of(new Position(shape, broken), good), Thinning.NONE);
    assertThat(points.get(0).isFinite()).isFalse();
    assertThat(points.get(1).isFinite()).isTrue();
    assertThat(points.get(1).gradient()).doesNotContain(Double.NaN);
  }
}
