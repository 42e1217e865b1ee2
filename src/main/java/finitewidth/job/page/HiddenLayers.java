package finitewidth.job.page;

import finitewidth.job.train.Trained;
import finitewidth.posterior.HiddenKernel;
import finitewidth.prior.Widths;
import finitewidth.report.fit.HiddenKernels;
import finitewidth.report.fit.HiddenLayer;
import java.util.List;
import java.util.Optional;

/** What the page of a fit shows of hidden kernels. */
final class HiddenLayers {
  /** Rows and columns of a map; there are two maps a layer. */
  private static final int MOST = 24;

  private final TrainingOrder rows;
  private final Widths widths;

  private HiddenLayers(TrainingOrder rows, Widths widths) {
    this.rows = rows;
    this.widths = widths;
  }

  /** Empty where hidden kernels were not asked for. */
  static Optional<HiddenKernels> of(Trained trained, List<HiddenKernel> kernels, Widths widths) {
    if (kernels.isEmpty()) {
      return Optional.empty();
    }
    TrainingOrder rows = TrainingOrder.of(trained, MOST);
    HiddenLayers layers = new HiddenLayers(rows, widths);
    return Optional.of(
        new HiddenKernels(
            rows.size(),
            rows.of(),
            rows.order(),
            rows.keys(),
            kernels.stream().map(layers::layer).toList()));
  }

  private HiddenLayer layer(HiddenKernel kernel) {
    return new HiddenLayer(
        kernel.layer() + 1,
        rows.map(kernel.nngp()::get),
        rows.map((a, b) -> kernel.posteriorShift(widths, a, b)));
  }
}
