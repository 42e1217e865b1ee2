package finitewidth.inference.ensemble;

import finitewidth.inference.comparison.Trust;
import finitewidth.inference.work.Progress;
import finitewidth.inference.work.Runtime;
import finitewidth.linalg.Matrix;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.List;

/**
 * What many draws will be worth, by few of them.
 *
 * @param draws networks that were drawn
 * @param effectiveDraws what these are worth, (Σw)²/Σw²
 */
public record EnsemblePilot(long draws, double effectiveDraws) {
  /** Enough for one in a hundred to count. */
  private static final long MOST = 2048;

  /** Of one core of a typical machine: a pilot is to cost little. */
  private static final double MOST_SECONDS = 20;

  /** Of fewer that count, others may not have been met that weigh more. */
  private static final double BELIEVED = 20;

  /**
   * Draws as many networks as cost little.
   *
   * @param training P × n_0, preprocessed
   * @param targets P × m, preprocessed
   * @param noise s²
   * @param widths of the networks
   * @param draws that will be asked for; a pilot has not more
   * @param runtime what it keeps of other work has nothing of a pilot
   */
  public static EnsemblePilot of(
      Architecture network,
      Matrix training,
      Matrix targets,
      double noise,
      Widths widths,
      long draws,
      long seed,
      Runtime runtime) {
    Matrix anyRow = Matrix.copyOf(new double[][] {training.row(0)});
    EnsembleProblem problem = new EnsembleProblem(network, training, targets, noise, anyRow);
    Drawing batch = new Drawing(List.of(widths), EnsembleEstimate.GROUPS, seed);
    double batches =
        MOST_SECONDS
            / (EnsembleEstimate.GROUPS
                * EnsembleCost.seconds(training.rows(), 1, false, batch.choices().get(0)));
    long affordable = (long) Math.min(MOST, EnsembleEstimate.GROUPS * Math.max(1, batches));
    long few = Math.min(draws, affordable);
    EnsembleEstimate estimate =
        EnsembleJob.run(
                runtime,
                problem,
                batch.choices(),
                few,
                seed,
                new Progress(
                    runtime.messages().progress(),
                    "pilot of finite networks",
                    EnsembleJob.allDraws(few),
                    "networks"))
            .get(0);
    return new EnsemblePilot(estimate.draws(), estimate.effectiveDraws());
  }

  /** What so many draws will be worth, if as large a part of them counts. */
  public double expected(long many) {
    return effectiveDraws / draws * many;
  }

  /** Whether so many draws will say something; not where the pilot itself says too little. */
  public boolean suffices(long many) {
    // Written so that what is not a number does not suffice.
    return expected(many) >= Trust.FEWEST_DRAWS && effectiveDraws >= BELIEVED;
  }
}
