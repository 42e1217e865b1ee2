package finitewidth.job.score;

import finitewidth.linalg.ExactSum;
import finitewidth.prior.RangeException;
import java.io.Serializable;
import java.util.OptionalDouble;

/** What is added up over rows for one {@link Score}. */
final class Tally implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ExactSum squares = new ExactSum();
  private final ExactSum densities = new ExactSum();
  private long rows;
  private long hits;
  private long outside;
  private long withVariance;

  /**
   * Adds a row.
   *
   * @param square error squared, summed over outputs
   * @param density negative log density, summed over outputs
   * @param hit whether the class is right
   * @param beyond whether it is outside the expansion
   * @param knowsVariance whether the density is that of the order it should be of
   */
  void add(double square, double density, boolean hit, boolean beyond, boolean knowsVariance) {
    squares.add(square);
    densities.add(density);
    rows++;
    hits += hit ? 1 : 0;
    outside += beyond ? 1 : 0;
    withVariance += knowsVariance ? 1 : 0;
  }

  boolean isEmpty() {
    return rows == 0;
  }

  void add(Tally other) {
    squares.add(other.squares);
    densities.add(other.densities);
    rows += other.rows;
    hits += other.hits;
    outside += other.outside;
    withVariance += other.withVariance;
  }

  /**
   * @param scored whether rows have targets or labels
   * @param classified whether rows have classes
   */
  Score score(boolean scored, boolean classified, int outputs) {
    if (scored && !Double.isFinite(squares.value())) {
      throw new RangeException(
          "the score overflows: an error of a test row is beyond what double precision can square;"
              + " bring the targets closer to 1, or leave out rows whose target is not one");
    }
    return new Score(
        rows,
        when(scored, Math.sqrt(squares.value() / ((double) rows * outputs))),
        when(scored && withVariance == rows, densities.value() / rows),
        when(scored && classified, (double) hits / rows),
        outside);
  }

  private static OptionalDouble when(boolean known, double value) {
    return known ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
