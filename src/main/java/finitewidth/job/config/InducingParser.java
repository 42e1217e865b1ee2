package finitewidth.job.config;

import finitewidth.inducing.Approximation;
import finitewidth.training.PointChoice;
import java.util.Optional;

/** The inducing block of a configuration; checked even where there are no points. */
final class InducingParser {
  /** Some matrices of points × points for each layer are held by every task. */
  private static final int MOST_POINTS = 20_000;

  private static final int MOST_SAMPLE_ROWS = 1_000_000;

  /** Sample rows × points, which the choice of points holds on the driver. */
  private static final long MOST_NUMBERS = 1L << 30;

  private static final String NONE = "none";

  private final ConfigReader values;

  InducingParser(ConfigReader values) {
    this.values = values;
  }

  /**
   * Empty where all training rows are conditioned on.
   *
   * @param noiseVariance as configured
   */
  Optional<InducingConfig> parse(double noiseVariance) {
    PointChoice.Method method = values.choice(Key.INDUCING_METHOD, PointChoice.Method.values());
    Approximation approximation = values.choice(Key.INDUCING_APPROXIMATION, Approximation.values());
    int sample = (int) values.wholeOrStandard(Key.INDUCING_SAMPLE_ROWS, 1, MOST_SAMPLE_ROWS);
    long seed = values.wholeOrStandard(Key.INDUCING_SEED, Long.MIN_VALUE, Long.MAX_VALUE);
    if (values.isWord(Key.INDUCING_POINTS, NONE)) {
      return Optional.empty();
    }
    if (values.has(Key.INDUCING_POINTS) && noiseVariance == 0) {
      throw values.refuse(Key.NOISE_VARIANCE, "with inducing-points a number above 0 is needed");
    }
    return values
        .whole(Key.INDUCING_POINTS, 1, MOST_POINTS, NONE + ", or ")
        .map(points -> points.intValue())
        .map(
            points ->
                new InducingConfig(points, method, within(sample, points), seed, approximation));
  }

  private int within(int sample, int points) {
    if ((long) sample * points > MOST_NUMBERS) {
      throw values.refuse(
          Key.INDUCING_SAMPLE_ROWS,
          "times inducing-points = " + points + " it may be at most " + MOST_NUMBERS);
    }
    if (sample >= points) {
      return sample;
    }
    if (values.has(Key.INDUCING_SAMPLE_ROWS)) {
      throw values.refuse(
          Key.INDUCING_SAMPLE_ROWS,
          "inducing-points = " + points + " are chosen from them; at least as many are needed");
    }
    return points;
  }
}
