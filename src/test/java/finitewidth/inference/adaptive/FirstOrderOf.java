package finitewidth.inference.adaptive;

import finitewidth.inference.Ask;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.exact.Exact;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Widths;
import java.util.List;

/** Plain first order, from all moments. */
final class FirstOrderOf {
  private FirstOrderOf() {}

  /** Log evidence, mean and variance of a row. */
  static double[] at(AdaptiveCase of, double[] row, Widths widths) {
    Posterior posterior =
        new Exact()
            .condition(of.conditioning(), Ask.rows(List.of(row)), LocalRuntime.allCores())
            .posterior();
    Predictive found =
        posterior.predictor(Order.CORRECTED).predict(new double[][] {row}).get(0).at(widths);
    return new double[] {posterior.logEvidence().at(widths), found.mean()[0], found.variance()[0]};
  }
}
