package finitewidth.job;

import finitewidth.flow.Widths;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.CorrectedPosterior;
import finitewidth.posterior.FittedPosterior;
import finitewidth.report.html.KernelMap;

/** The output's kernel over what is conditioned on, sorted by target or class. */
final class TrainingMap {
  private static final int MOST = 40;

  private TrainingMap() {}

  static KernelMap of(Trained trained, FittedPosterior posterior, Widths widths) {
    TrainingOrder rows = TrainingOrder.of(trained, MOST);
    Matrix kernel = posterior.problem().flow().kernel(posterior.problem().sources());
    return new KernelMap(
        rows.size(),
        rows.of(),
        rows.what(),
        rows.order(),
        rows.map(kernel::get),
        posterior instanceof CorrectedPosterior corrected
            ? rows.map((a, b) -> kernel.get(a, b) + shift(corrected, widths, a, b))
            : new double[0],
        rows.keys());
  }

  private static double shift(CorrectedPosterior posterior, Widths widths, int a, int b) {
    double[] bySource = new double[widths.hiddenLayers()];
    for (int s = 0; s < bySource.length; s++) {
      bySource[s] = posterior.sources().get(s).shift().get(a, b);
    }
    return widths.apply(bySource);
  }
}
