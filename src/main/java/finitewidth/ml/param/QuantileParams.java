package finitewidth.ml.param;

import finitewidth.inference.Posterior;
import finitewidth.inference.ensemble.Ensemble;

/** What Params of quantiles ask for, and what they need. */
public final class QuantileParams {
  private QuantileParams() {}

  /** Whether quantiles go to a column. */
  static boolean hasQuantiles(SharedParams stage) {
    return stage instanceof RegressorParams<?> regressor && !regressor.getQuantilesCol().isEmpty();
  }

  /** Whether rows are to be predicted with their cumulants. */
  public static boolean needCumulants(SharedParams stage) {
    return stage.getOrder() == 1
        && stage instanceof RegressorParams<?> regressor
        && !(regressor.getQuantilesCol().isEmpty() && regressor.getDensityPositiveCol().isEmpty());
  }

  /** Refuses an estimator that could not fit such a model. */
  public static void check(SharedParams stage) {
    checkProbabilities(stage);
    if (needCumulants(stage) && stage.getMethod().equals(Ensemble.NAME)) {
      throw refuse(stage, "is not known by method = " + stage.getMethod());
    }
    if (needCumulants(stage) && !stage.getQuantities().equals(ParamSet.ALL)) {
      throw refuse(stage, "needs variances; set quantities = all");
    }
  }

  /** Refuses a model that has no cumulants. */
  public static void check(SharedParams stage, Posterior posterior) {
    checkProbabilities(stage);
    if (needCumulants(stage) && posterior.quantiles().isEmpty()) {
      throw refuse(
          stage,
          posterior.problem().variance()
              ? "is not known by method = " + posterior.engine() + "; leave the column out"
              : "needs variances, which this model has not; fit with quantities = all");
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
