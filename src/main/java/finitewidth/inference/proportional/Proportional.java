package finitewidth.inference.proportional;

import finitewidth.evidence.Homogeneity;
import finitewidth.inference.Account;
import finitewidth.inference.Ask;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.ConditioningShape;
import finitewidth.inference.ContractionProblem;
import finitewidth.inference.Cost;
import finitewidth.inference.Inference;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.State;
import finitewidth.inference.scale.ScaleLikelihood;
import finitewidth.inference.scale.ScalePosterior;
import finitewidth.inference.scale.ScaledBase;
import finitewidth.inference.scale.ScaledNetwork;
import finitewidth.inference.scale.ScaledPosterior;
import finitewidth.inference.scale.ScaledState;
import finitewidth.inference.scale.Scaling;
import finitewidth.inference.work.Runtime;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.HiddenKernel;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import finitewidth.prior.KernelFlow;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Kernel renormalisation (R. Pacelli and others 2023): finite width rescales the kernel of every
 * layer, and does nothing else. The last layer's scale is integrated, those before are at their
 * saddle; where the activation is homogeneous and no hidden layer beyond the first has biases only
 * the product of all scales enters, and is integrated. So it is exact for deep linear networks.
 */
public final class Proportional implements Inference {
  /** As configurations and models have it. */
  public static final String NAME = "proportional";

  /** Why not for several outputs: what follows the engine's name. */
  public static final String ONE_OUTPUT =
      "is for one output, as several outputs would share a matrix of scales instead of one number";

  /** Why not for inducing points: what follows the engine's name. */
  public static final String NO_POINTS =
      "needs the training rows themselves, as the noise of inducing points is that of another"
          + " kernel";

  /** In operations of a product, what an eigendecomposition takes of P³. */
  private static final double EIGEN = 25;

  /** Steps to a saddle. */
  private static final double STEPS = 8;

  private static final double WIDTHS_SECONDS = 0.02;

  private final Scaling scaling;

  /** An engine for these networks. */
  public Proportional(Scaling scaling) {
    this.scaling = scaling;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> refusal(Architecture network) {
    return scaling.widths().stream().allMatch(each -> each.hiddenLayers() == network.hiddenLayers())
        ? Optional.empty()
        : Optional.of("has " + network.hiddenLayers() + " hidden layers, and other widths are set");
  }

  /** Whether the scales of all layers enter as their product alone. */
  private static boolean isProduct(Architecture network) {
    for (int l = 1; l < network.hiddenLayers(); l++) {
      if (network.biasVariance(l) > 0) {
        return false;
      }
    }
    return network.hiddenLayers() == 1 || Homogeneity.degree(network.activation()).orElse(0) == 1;
  }

  @Override
  public Cost cost(ConditioningShape on, Ask ask, int cores) {
    double p = on.size();
    boolean product = isProduct(on.network());
    double decompositions = product ? 1 : scaling.widths().size();
    double evaluations = product ? 0 : scaling.widths().size() * STEPS * (2 + on.layers());
    double seconds =
        Cost.products(((EIGEN + 6) * decompositions + 1.5 * evaluations) * p * p * p)
            + Cost.pairs(2 * evaluations * p * p * on.layers())
            + scaling.widths().size() * WIDTHS_SECONDS;
    double matrices = (4 + decompositions) * on.matrix();
    return Cost.known(Map.of(), seconds, new Cost.Heap(on.bytes() + matrices, matrices, 0, 0))
        .then(
            predicting(
                on,
                ask,
                Cost.products(
                    ask.rows()
                        * (2 * p * p * decompositions + 2000 * p * scaling.widths().size()))));
  }

  private static Cost predicting(ConditioningShape on, Ask ask, double seconds) {
    Cost plain = Cost.orderZero(on, ask.rows());
    return ask.order() == Order.NNGP
        ? plain
        : plain.then(
            Cost.known(
                Map.of(),
                seconds,
                new Cost.Heap(on.bytes() + on.matrix(), on.bytes() + on.matrix(), 0, 0)));
  }

  @Override
  public Cost predicting(ConditioningShape on, State state, Ask ask, int cores) {
    return predicting(on, ask, ScaledState.seconds(state, on.size(), on.layers(), ask.rows()));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if there are several outputs, or inducing points
   */
  @Override
  public Optional<Conditioned> conditionWithin(
      double seconds, Conditioning on, Ask ask, Runtime runtime) {
    if (on.problem().outputs() > 1) {
      throw new IllegalArgumentException("engine " + NAME + " " + ONE_OUTPUT);
    }
    if (on.induced()) {
      throw new IllegalArgumentException("engine " + NAME + " " + NO_POINTS);
    }
    return Optional.of(
        new Known(isProduct(on.problem().flow().architecture()) ? product(on) : saddles(on)));
  }

  private ScaledPosterior product(Conditioning on) {
    Architecture prior = on.problem().flow().architecture();
    ScaledBase base =
        ScaledBase.of(prior, on.nngp(), on.problem().flow().kernel(prior.hiddenLayers()));
    ScaleLikelihood likelihood = new ScaleLikelihood(base.at()::logLikelihood);
    List<ScaledNetwork> networks = new ArrayList<>();
    for (Widths widths : scaling.widths()) {
      ScalePosterior scale = ScalePosterior.of(widths.toArray(), likelihood, base.at().size());
      networks.add(
          new ScaledNetwork(widths, 0, scale, on.nngp().logEvidence() + scale.logEvidence(), true));
    }
    return new ScaledPosterior(NAME, on.nngp(), on.problem(), List.of(base), networks);
  }

  private ScaledPosterior saddles(Conditioning on) {
    Architecture prior = on.problem().flow().architecture();
    Matrix inputs = on.problem().flow().inputs();
    int last = prior.hiddenLayers() - 1;
    List<Widths> sorted = new ArrayList<>(scaling.widths());
    // From the widest on, where scales are 1, each from that before.
    sorted.sort(Comparator.comparingDouble((Widths one) -> one.width(last)).reversed());
    double[] start = new double[prior.hiddenLayers()];
    ScaledBase[] bases = new ScaledBase[sorted.size()];
    ScaledNetwork[] networks = new ScaledNetwork[sorted.size()];
    for (Widths widths : sorted) {
      Saddle saddle = Saddle.of(prior, inputs, on.targets(), on.noiseVariance(), widths, start);
      start = saddle.logScales();
      double[] inner = saddle.inner();
      Matrix kernel = KernelFlow.of(ScaledBase.scaled(prior, inner), inputs).kernel();
      NngpPosterior nngp = NngpPosterior.of(kernel, on.targets(), on.noiseVariance());
      int at = scaling.widths().indexOf(widths);
      bases[at] = ScaledBase.of(inner, prior, nngp, kernel);
      ScalePosterior scale =
          ScalePosterior.of(
              new double[] {widths.width(last)},
              new ScaleLikelihood(bases[at].at()::logLikelihood),
              bases[at].at().size());
      networks[at] =
          new ScaledNetwork(
              widths,
              at,
              scale,
              nngp.logEvidence() + scale.logEvidence() + LaplaceWidth.of(saddle, widths),
              saddle.found());
    }
    return new ScaledPosterior(
        NAME, on.nngp(), on.problem(), Arrays.asList(bases), Arrays.asList(networks));
  }

  /** What there is. */
  private record Known(ScaledPosterior posterior) implements Conditioned {
    @Override
    public List<HiddenKernel> hiddenKernels() {
      return List.of();
    }

    @Override
    public Account account(Widths widths) {
      return Account.exact(NAME, 0);
    }

    @Override
    public List<String> warnings(String rows, Widths widths) {
      return posterior.networks().stream()
          .filter(network -> !network.trusted())
          .map(
              network ->
                  String.format(
                      Locale.ROOT,
                      "the scales of the layers have no saddle that was found at hidden widths %s",
                      network.widths()))
          .toList();
    }
  }

  /** {@inheritDoc} */
  @Override
  public void expect(State.Sizes sizes, State.Expected to) {
    ScaledState.expect(sizes, to);
  }

  @Override
  public Posterior restore(
      NngpPosterior nngp, ContractionProblem problem, LogEvidence evidence, State state) {
    return ScaledState.restore(nngp, problem, evidence, state);
  }
}
