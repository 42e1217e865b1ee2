package finitewidth.job.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import finitewidth.inducing.Approximation;
import finitewidth.settings.Key;
import finitewidth.training.PointChoice;
import java.util.Optional;

/**
 * How a few points stand for many training rows.
 *
 * @param points how many
 * @param sampleRows most training rows to choose them from; a random subset where there are more
 * @param seed of the subset and of the choice
 */
public record InducingConfig(
    int points, PointChoice.Method method, int sampleRows, long seed, Approximation approximation) {
  /** Some matrices of points × points for each layer are held by every task. */
  private static final int MOST_POINTS = 20_000;

  private static final int MOST_SAMPLE_ROWS = 1_000_000;

  /** Sample rows × points, which the choice of points holds on the driver. */
  private static final long MOST_NUMBERS = 1L << 30;

  public InducingConfig {
    Refusal.unless(points >= 1 && points <= MOST_POINTS, Key.INDUCING_POINTS);
    Refusal.unless(sampleRows >= 1 && sampleRows <= MOST_SAMPLE_ROWS, Key.INDUCING_SAMPLE_ROWS);
    Refusal.when(
        (long) sampleRows * points > MOST_NUMBERS,
        Key.INDUCING_SAMPLE_ROWS,
        "times inducing-points = %d it may be at most %d",
        points,
        MOST_NUMBERS);
    Refusal.when(
        sampleRows < points,
        Key.INDUCING_SAMPLE_ROWS,
        "inducing-points = %d are chosen from them; at least as many are needed",
        points);
  }

  /** So many points, chosen likewise. */
  InducingConfig with(int others) {
    return new InducingConfig(others, method, Math.max(sampleRows, others), seed, approximation);
  }

  /** Without points one stands for them: the rest is checked all the same. */
  @JsonCreator
  static InducingConfig of(
      @From(Key.INDUCING_POINTS) Optional<Integer> points,
      @From(Key.INDUCING_METHOD) PointChoice.Method method,
      @From(Key.INDUCING_SAMPLE_ROWS) Optional<Integer> sampleRows,
      @From(Key.INDUCING_SEED) long seed,
      @From(Key.INDUCING_APPROXIMATION) Approximation approximation) {
    int used = points.orElse(1);
    int standard = Integer.parseInt(Key.INDUCING_SAMPLE_ROWS.standard());
    return new InducingConfig(
        used, method, sampleRows.orElse(Math.max(standard, used)), seed, approximation);
  }
}
