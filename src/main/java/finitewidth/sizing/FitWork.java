package finitewidth.sizing;

import finitewidth.gaussian.Activation;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a fit has to do, as far as its cost depends on it.
 *
 * @param trainingRows N
 * @param testRows all of them
 * @param corrected test rows that are corrected; the others are left at order 0
 * @param features n_0
 * @param outputs m
 * @param layers H, hidden ones; the most where there is a choice
 * @param variance whether corrections of variances are wanted
 * @param maxDraws most draws of a layer
 * @param points that stand for training rows; empty where there are none
 * @param search for hyperparameters; empty where these are fixed
 * @param beyond what else is wanted
 */
public record FitWork(
    long trainingRows,
    long testRows,
    long corrected,
    int features,
    int outputs,
    int layers,
    Activation activation,
    boolean variance,
    Engine engine,
    long maxDraws,
    Optional<Points> points,
    Optional<Search> search,
    Beyond beyond) {

  /** How to contract. */
  public enum Engine {
    EXACT,
    SAMPLED,
    /** The exact engine where that is cheap, or else the cheaper one after a round of draws. */
    AUTO
  }

  /**
   * Inducing points.
   *
   * @param count u
   * @param sampleRows rows to choose from, where there are as many
   * @param clusters whether they are centres of clusters
   */
  public record Points(int count, long sampleRows, boolean clusters) {}

  /**
   * A search for hyperparameters.
   *
   * @param searches from one start each, over all candidates
   * @param rows most rows on the driver to fit to; empty for all, through points where there are
   *     some
   */
  public record Search(int searches, OptionalLong rows) {}

  /**
   * Results beside mean, variance and evidence; counted for the exact engine.
   *
   * @param cumulants of test rows
   * @param hiddenKernels of training rows
   */
  public record Beyond(boolean cumulants, boolean hiddenKernels) {
    public static final Beyond NOTHING = new Beyond(false, false);
  }

  /** The same with another engine. */
  public FitWork with(Engine other) {
    return new FitWork(
        trainingRows,
        testRows,
        corrected,
        features,
        outputs,
        layers,
        activation,
        variance,
        other,
        maxDraws,
        points,
        search,
        beyond);
  }

  /** The same with further results. */
  public FitWork with(Beyond results) {
    return new FitWork(
        trainingRows,
        testRows,
        corrected,
        features,
        outputs,
        layers,
        activation,
        variance,
        engine,
        maxDraws,
        points,
        search,
        results);
  }

  /** What the contraction conditions on. */
  Conditioned conditioned() {
    return new Conditioned(
        points.map(p -> Math.min(p.count(), trainingRows)).orElse(trainingRows),
        features,
        outputs,
        layers,
        variance,
        activation);
  }
}
