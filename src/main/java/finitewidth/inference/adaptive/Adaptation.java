package finitewidth.inference.adaptive;

import finitewidth.inference.Ask;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.ContractionProblem;
import finitewidth.inference.FirstOrder;
import finitewidth.inference.Inference;
import finitewidth.inference.scale.ScaleLikelihood;
import finitewidth.inference.scale.ScalePosterior;
import finitewidth.inference.scale.Whitened;
import finitewidth.inference.work.Runtime;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import finitewidth.prior.SampleFlow;
import finitewidth.prior.Widths;
import java.util.List;
import java.util.Optional;
import org.hipparchus.special.Gamma;
import org.jspecify.annotations.Nullable;

/**
 * From training rows to the adaptive posterior of networks: a search for each choice of widths,
 * then the scale of the last layer integrated, and first order of what that leaves where it is
 * known.
 *
 * @param features of the prior's network
 * @param within those of the training rows, P × r
 * @param contraction the engine to first order
 * @param engines all that it may be, in the order in which saved models number them
 * @param ask for engines to first order, rows as the prior's network sees them
 */
record Adaptation(
    Conditioning on,
    Features features,
    Matrix within,
    Inference contraction,
    List<Inference> engines,
    Ask ask,
    Runtime runtime) {

  static Adaptation of(
      Conditioning on, Inference contraction, List<Inference> engines, Ask ask, Runtime runtime) {
    SampleFlow flow = on.problem().flow();
    Features features = Features.of(flow.architecture(), flow.inputs());
    return new Adaptation(
        on, features, features.within(flow.inputs()), contraction, engines, ask, runtime);
  }

  /** Whether the rest is known: of one hidden layer and one output. */
  static boolean hasRest(int layers, int outputs) {
    return layers == 1 && outputs == 1;
  }

  private Architecture prior() {
    return on.problem().flow().architecture();
  }

  AdaptedNetwork at(Widths widths) {
    Objective objective = Objective.of(prior(), within, on.targets(), on.noiseVariance(), widths);
    Search search = Search.of(objective);
    Metric metric = new Metric(features, objective.root(search.at()));
    Matrix inputs = metric.inputs(on.problem().flow().inputs());
    double[] scales = objective.scales(search.at());
    int last = scales.length - 1;
    Based found = Based.of(this, inputs, scales);
    double peak = scales[last];
    // The likelihood is to be 1 where the prior is largest, at Q = 1.
    double prior = found.at().logLikelihood(1 / peak);
    ScalePosterior integrated =
        ScalePosterior.of(
            new double[] {objective.freedom()[last]},
            new ScaleLikelihood(scale -> found.at().logLikelihood(scale / peak) - prior),
            (long) on.targets().rows() * on.targets().cols());
    double logEvidence =
        found.nngp().logEvidence()
            + prior
            + integrated.logEvidence()
            - 0.5 * objective.metricWidth() * metric.distance()
            - inner(scales, objective.freedom());
    scales[last] = integrated.typical();
    Based typical = Based.of(this, inputs, scales);
    Rest rest = rest(typical, metric, widths, inputs);
    return new AdaptedNetwork(
        widths,
        new AdaptedNetwork.Found(metric, scales, search.isSettled()),
        typical.at(),
        relative(integrated, scales[last]),
        rest,
        inputs,
        logEvidence + (rest == null ? 0 : rest.logEvidence()));
  }

  /** Nodes by their ratio to the scale that the basis is at. */
  private static ScalePosterior relative(ScalePosterior scale, double typical) {
    double[] ratios = scale.scales().clone();
    for (int k = 0; k < ratios.length; k++) {
      ratios[k] /= typical;
    }
    return new ScalePosterior(
        ratios, scale.weights(), scale.logEvidence(), scale.meanLog(), scale.deviationLog());
  }

  /**
   * What the scales below the last cost: their density relative to its maximum, and what Laplace's
   * method leaves of the maximum, which is −1/(6ν) or so.
   */
  private static double inner(double[] scales, double[] freedom) {
    double sum = 0;
    for (int l = 0; l < scales.length - 1; l++) {
      double nu = freedom[l];
      sum += 0.5 * nu * (scales[l] - 1 - Math.log(scales[l]));
      // The log density of log Q at Q = 1, where it is largest.
      double x = 0.5 * nu;
      sum -= x * Math.log(x) - x - Gamma.logGamma(x) + 0.5 * Math.log(4 * Math.PI / nu);
    }
    return sum;
  }

  /** The adapted network at given scales, conditioned. */
  private record Based(SampleFlow flow, NngpPosterior nngp, Whitened at) {
    static Based of(Adaptation from, Matrix inputs, double[] scales) {
      Architecture network = Objective.network(from.prior(), inputs.cols(), scales);
      int output = network.hiddenLayers();
      SampleFlow flow = SampleFlow.of(network, inputs);
      NngpPosterior nngp =
          NngpPosterior.of(flow.kernel(output), from.on.targets(), from.on.noiseVariance());
      return new Based(
          flow, nngp, Whitened.of(nngp, flow.kernel(output), network.biasVariance(output)));
    }
  }

  private @Nullable Rest rest(Based base, Metric metric, Widths widths, Matrix inputs) {
    if (!hasRest(prior().hiddenLayers(), on.targets().cols())) {
      return null;
    }
    ContractionProblem problem =
        new ContractionProblem(
            base.flow(), base.nngp().phi(), base.nngp().inverse(), true, on.problem().tolerance());
    Conditioning adapted =
        new Conditioning(
            base.nngp(), problem, on.targets(), false, on.noiseVariance(), 0, 0, Optional.empty());
    List<double[]> probe = ask.probe().stream().map(metric::inputs).toList();
    Conditioned found =
        contraction.condition(
            adapted, new Ask(probe, ask.rows(), ask.order(), false).withShifts(), runtime);
    FirstOrder first = (FirstOrder) found.posterior();
    int number = 0;
    while (!engines.get(number).name().equals(first.engine())) {
      number++;
    }
    FirstOrder.Shifts shifts = found.shifts().orElseGet(() -> first.shifts(runtime));
    return Rest.of(first, shifts, number, base.at(), widths, inputs);
  }
}
