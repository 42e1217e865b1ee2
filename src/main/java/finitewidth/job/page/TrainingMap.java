package finitewidth.job.page;

import finitewidth.inference.FittedPosterior;
import finitewidth.job.engine.FittedRows;
import finitewidth.job.engine.KernelShift;
import finitewidth.job.train.Trained;
import finitewidth.linalg.Matrix;
import finitewidth.prior.Widths;
import finitewidth.report.fit.KernelMap;

/** The output's kernel over what is conditioned on, sorted by target or class. */
final class TrainingMap {
  private static final int MOST = 40;

  private TrainingMap() {}

  static KernelMap of(Trained trained, FittedRows fitted, Widths widths) {
    TrainingOrder rows = TrainingOrder.of(trained, MOST);
    FittedPosterior posterior = fitted.posterior();
    Matrix kernel = posterior.problem().flow().kernel(posterior.problem().sources());
    KernelShift shift = fitted.kernelShift(rows.chosen());
    double[] before = rows.map(kernel::get);
    double[] after = new double[shift.isNone() ? 0 : before.length];
    for (int k = 0; k < after.length; k++) {
      after[k] = before[k] + shift.at(widths, k / rows.size(), k % rows.size());
    }
    return new KernelMap(
        rows.size(),
        rows.of(),
        rows.what(),
        rows.order(),
        before,
        after,
        rows.keys(),
        shift.error(widths));
  }
}
