package finitewidth.sizing;

import finitewidth.gaussian.Activation;
import finitewidth.inference.Order;
import java.util.OptionalDouble;

/**
 * Rows to predict with a saved model.
 *
 * @param rows how many
 * @param points training rows, or inducing points, of the model
 * @param features n_0
 * @param outputs m
 * @param layers H
 * @param variance whether the model corrects variances
 * @param draws of each layer, on average, of a model that draws; empty for an exact one
 * @param order to which rows are predicted
 */
public record ModelWork(
    long rows,
    int points,
    int features,
    int outputs,
    int layers,
    Activation activation,
    boolean variance,
    OptionalDouble draws,
    Order order) {

  Conditioned conditioned() {
    return new Conditioned(points, features, outputs, layers, variance, activation);
  }
}
