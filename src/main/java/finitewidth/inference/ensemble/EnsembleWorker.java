package finitewidth.inference.ensemble;

import finitewidth.linalg.NotPositiveDefiniteException;
import java.util.Arrays;

/** Draws networks of given widths, batch by batch, on one thread. */
public final class EnsembleWorker {
  private final EnsembleProblem problem;
  private final int[] widths;
  private final NetworkDraw network;
  private final Controls controls;
  private final HiddenDeviations hidden;

  /**
   * @param widths of the hidden layers
   */
  public EnsembleWorker(EnsembleProblem problem, int... widths) {
    this.problem = problem;
    this.widths = widths.clone();
    network = new NetworkDraw(problem, widths);
    hidden = new HiddenDeviations(problem, network);
    controls = new Controls(problem, hidden);
  }

  /**
   * The sums of one batch. Its bits depend on the problem, the widths, the seed, the batch's number
   * and size, and on nothing else.
   *
   * @param draws of the batch
   * @throws NotPositiveDefiniteException if the noise is so small that a draw's kernel with it is
   *     singular
   */
  public DrawSums compute(long seed, int batch, long draws) {
    Normals normals = new Normals(seed, Arrays.hashCode(widths), batch);
    int count = problem.quantities().count();
    double[] value = new double[count];
    DrawSums sums = new DrawSums(count, Controls.COUNT);
    for (long draw = 0; draw < draws; draw++) {
      network.draw(normals, hidden);
      hidden.values(value);
      sums.add(weigh(value), value, controls.of(network));
    }
    return sums;
  }

  private double weigh(double[] value) {
    try {
      return DrawnKernel.condition(problem, network.kernel(), value);
    } catch (NotPositiveDefiniteException e) {
      throw new NotPositiveDefiniteException(
          e.row(),
          """
          the kernel of a network of hidden widths %s plus the noise variance %s is not positive \
          definite over %s training rows; raise the noise variance, or take wider networks or \
          fewer rows\
          """
              .formatted(Arrays.toString(widths), problem.noise(), problem.training()));
    }
  }
}
