package finitewidth.spark;

import finitewidth.contraction.ContractionProblem;
import finitewidth.contraction.RowContraction;

/**
 * What the engines cost, in seconds of one core of a typical machine. Only their ratio matters, and
 * it is not measured: the choice between engines must not depend on how busy a machine is.
 */
public final class EngineCost {
  /** Of matrix products, with everything around them. */
  static final double OPERATIONS_PER_SECOND = 20e9;

  /** Below this the exact engine is taken without drawing first. */
  public static final double AFFORDABLE_SECONDS = 60;

  private EngineCost() {}

  /** The exact contraction of training rows and so many test rows. */
  public static double exactSeconds(ContractionProblem problem, long rows) {
    double moments =
        (double) TrainingJob.moments(problem.size(), problem.sources())
            + (double) rows * RowContraction.moments(problem.size()) * problem.sources();
    return moments * nanoseconds(problem.flow().architecture().activation().name()) * 1e-9;
  }

  /** Of one four-point moment with its contraction. */
  private static double nanoseconds(String activation) {
    return switch (activation) {
      case "linear", "quadratic" -> 50;
      case "sin", "cos" -> 100;
      case "relu", "leaky-relu" -> 500;
      default -> 1000;
    };
  }
}
