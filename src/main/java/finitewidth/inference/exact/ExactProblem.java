package finitewidth.inference.exact;

import finitewidth.gaussian.FourPoint;
import finitewidth.gaussian.FourPointActivation;
import finitewidth.inference.ContractionProblem;
import finitewidth.linalg.Matrix;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What the exact contraction reads: the problem, laid out for its loops on each executor, and the
 * four-point moments of its kernels.
 */
public final class ExactProblem implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ContractionProblem problem;

  /** Made of the problem where it is first needed, once for all threads there. */
  private transient SourceTables @Nullable [] tables;

  public ExactProblem(ContractionProblem problem) {
    this.problem = problem;
  }

  /** What is conditioned on. */
  public ContractionProblem problem() {
    return problem;
  }

  /** What loops read, for every source layer. */
  synchronized SourceTables[] tables() {
    if (tables == null) {
      tables = SourceTables.of(problem);
    }
    return tables;
  }

  /**
   * Evaluators of the four-point moments of every source layer, for one thread.
   *
   * @throws IllegalArgumentException if the activation has none: it is for the sampled contraction
   */
  FourPoint[] fourPoints() {
    FourPoint[] evaluators = new FourPoint[problem.sources()];
    for (int s = 0; s < evaluators.length; s++) {
      evaluators[s] = fourPoint(problem.flow().kernel(s));
    }
    return evaluators;
  }

  /** The four-point moments over the points of one kernel, for one thread. */
  FourPoint fourPoint(Matrix kernel) {
    if (problem.flow().architecture().activation() instanceof FourPointActivation exact) {
      return exact.fourPoint(kernel, problem.tolerance());
    }
    throw new IllegalArgumentException(
        "the exact contraction needs four-point moments, which %s has not"
            .formatted(problem.flow().architecture().activation().name()));
  }
}
