package finitewidth.inference.exact;

import finitewidth.gaussian.Activation;
import finitewidth.gaussian.ExactActivation;
import finitewidth.inference.ContractionProblem;
import finitewidth.inference.RowTasks;
import finitewidth.posterior.Cumulants;

/** What the exact contraction costs, in seconds of one core of a typical machine. */
public final class ExactCost {
  /** Of a four-point moment with an element of a form, in loops of some dozen. */
  private static final double PRODUCT_SECONDS = 0.8e-9;

  private ExactCost() {}

  /**
   * The contraction of training rows and so many test rows.
   *
   * @return infinite where the activation has no four-point moments
   */
  public static double seconds(ContractionProblem problem, long rows) {
    double moments =
        (double) TrainingJob.moments(problem.size(), problem.sources())
            + (double) rows * RowContraction.moments(problem.size()) * problem.sources();
    return seconds(problem.flow().architecture().activation(), moments);
  }

  /** So many four-point moments with their contraction. */
  public static double seconds(Activation activation, double moments) {
    return activation instanceof ExactActivation exact
        ? moments * nanoseconds(exact) * 1e-9
        : Double.POSITIVE_INFINITY;
  }

  /**
   * What third and fourth cumulants add to the contraction of training rows and rows.
   *
   * @param cores that rows are spread over
   */
  public static double cumulantSeconds(ContractionProblem problem, long rows, int cores) {
    int sources = problem.sources();
    int block = Cumulants.blockRows(problem.size(), problem.outputs());
    return cumulantSeconds(
        problem.flow().architecture().activation(),
        TrainingJob.moments(problem.size(), sources),
        (double) RowContraction.moments(problem.size()) * sources,
        problem.outputs(),
        rows,
        RowTasks.blocks(cores, rows, block));
  }

  /**
   * The same. Every block of rows has the moments of all training rows anew, of which each row
   * takes three products for each of its 1 + m forms; then a row has twice the moments that its
   * correction alone has.
   *
   * @param training moments of training rows, of all layers
   * @param row moments of a row's correction, likewise
   * @param outputs m
   */
  public static double cumulantSeconds(
      Activation activation, double training, double row, int outputs, double rows, double blocks) {
    return seconds(activation, blocks * training + rows * row)
        + PRODUCT_SECONDS * 3.0 * (1 + outputs) * training * rows;
  }

  /** Of one four-point moment with its contraction. */
  private static double nanoseconds(ExactActivation activation) {
    return switch (activation.name()) {
      case "linear", "quadratic", "erf" -> 50;
      case "relu" -> 120;
      case "sin", "cos" -> 150;
      case "leaky-relu" -> 500;
      default -> 1000;
    };
  }
}
