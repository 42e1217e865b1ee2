package finitewidth.ml;

import finitewidth.gaussian.Activations;
import finitewidth.posterior.CorrectedPosterior;
import finitewidth.posterior.FittedPosterior;

/** What Params of quantiles ask for, and what they need. */
final class QuantileParams {
  private QuantileParams() {}

  /** Whether quantiles go to a column. */
  static boolean hasQuantiles(SharedParams stage) {
    return stage instanceof RegressorParams<?> regressor && !regressor.getQuantilesCol().isEmpty();
  }

  /** Whether rows are to be predicted with their cumulants. */
  static boolean needCumulants(SharedParams stage) {
    return stage.getOrder() == 1
        && stage instanceof RegressorParams<?> regressor
        && !(regressor.getQuantilesCol().isEmpty() && regressor.getDensityPositiveCol().isEmpty());
  }

  /**
   * Refuses an estimator that could not fit such a model.
   *
   * @param exact whether the activation has four-point moments
   */
  static void check(SharedParams stage, boolean exact) {
    checkProbabilities(stage);
    if (!needCumulants(stage)) {
      return;
    }
    if (stage.getEngine().equals(ParamSet.SAMPLED)) {
      throw refuse(stage, "needs the exact engine; set engine = exact or auto");
    }
    if (!exact) {
      throw refuse(
          stage,
          "needs four-point moments, which activation = "
              + stage.getActivation()
              + " has not; take one of "
              + String.join(", ", Activations.exactNames()));
    }
    if (!stage.getQuantities().equals(ParamSet.ALL)) {
      throw refuse(stage, "needs variances; set quantities = all");
    }
  }

  /** Refuses a model that has no cumulants. */
  static void check(SharedParams stage, FittedPosterior posterior) {
    checkProbabilities(stage);
    if (!needCumulants(stage)) {
      return;
    }
    if (!(posterior instanceof CorrectedPosterior)) {
      throw refuse(
          stage,
          "needs a model of the exact engine, and this one is of the sampled; fit with engine ="
              + " exact, or set order = 0");
    }
    if (!posterior.problem().variance()) {
      throw refuse(stage, "needs variances, which this model has not; fit with quantities = all");
    }
  }

  private static void checkProbabilities(SharedParams stage) {
    if (hasQuantiles(stage)
        && ((RegressorParams<?>) stage).getQuantileProbabilities().length == 0) {
      throw new IllegalArgumentException(
          "quantilesCol names a column, and quantileProbabilities is empty; set numbers between 0"
              + " and 1, or leave quantilesCol out");
    }
  }

  private static IllegalArgumentException refuse(SharedParams stage, String why) {
    return new IllegalArgumentException(
        (hasQuantiles(stage) ? "quantilesCol" : "densityPositiveCol") + " " + why);
  }
}
