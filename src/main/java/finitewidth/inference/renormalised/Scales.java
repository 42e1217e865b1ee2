package finitewidth.inference.renormalised;

import finitewidth.inference.scale.Scale;
import finitewidth.inference.scale.ScaleLikelihood;
import finitewidth.inference.scale.ScalePosterior;
import finitewidth.prior.Widths;
import org.jspecify.annotations.Nullable;

/** The posterior of the scale of networks on the same rows: what they share is computed once. */
final class Scales {
  private final Contractions from;
  private final ScaleLikelihood shared;
  private final double[] data;
  private final @Nullable MatrixLikelihood matrices;

  /**
   * @param data V_l:ΦΦ of each layer
   */
  Scales(Contractions from, double[] data) {
    this.from = from;
    this.data = data;
    shared = new ScaleLikelihood(from.at()::logLikelihood);
    matrices = from.at().outputs() == 1 ? null : new MatrixLikelihood(from.at());
  }

  /** Of one number for one output, and of a matrix for several. */
  Scale at(Widths widths) {
    return matrices == null
        ? number(widths)
        : MatrixSampler.sample(from.shape().at(widths), from.at().outputs(), matrices);
  }

  /** Of one number that all outputs share. */
  ScalePosterior number(Widths widths) {
    ScaleShape shape = ScaleShape.shared(data, from.sums(), widths.toArray());
    long targets = (long) from.at().size() * from.at().outputs();
    return ScalePosterior.of(shape.nu(), shared, targets);
  }
}
