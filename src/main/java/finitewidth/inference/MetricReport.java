package finitewidth.inference;

import finitewidth.prior.Widths;
import java.util.List;

/**
 * What a kernel that adapts to the data has learnt for networks of some widths (docs/adaptive.md).
 *
 * @param widths of the hidden layers
 * @param settled whether the search has ended where the objective is flat
 * @param scales Q of each layer, by how much the data stretch its variance: that of the last is exp
 *     E[log Q | Y]
 * @param relevance of each input feature: the factor on the variance of the weights from it, 1 of
 *     the prior
 * @param largest eigenvalue of the metric: the same along the direction that is learnt most
 */
public record MetricReport(
    Widths widths, boolean settled, List<Double> scales, List<Double> relevance, double largest) {}
