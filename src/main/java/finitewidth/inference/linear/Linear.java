package finitewidth.inference.linear;

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
import finitewidth.inference.scale.Whitened;
import finitewidth.inference.work.Runtime;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.NumericsException;
import finitewidth.posterior.HiddenKernel;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The exact posterior of deep linear networks, to all orders in 1/width, at given widths: for one
 * output at any depth by one integral over the scale of the kernel, and for several by an integral
 * or draws over a matrix of scales. It takes a factor of the kernel, an eigendecomposition, and
 * milliseconds for each choice of widths.
 */
public final class Linear implements Inference {
  /** As configurations and models have it. */
  public static final String NAME = "linear";

  /** Why not for another activation: what follows its name. */
  public static final String LINEAR_ALONE =
      "is not linear, and engine " + NAME + " knows deep linear networks alone";

  /** Why not with biases between hidden layers: what follows the network's name. */
  public static final String NO_BIASES =
      "has biases in hidden layers beyond the first, with which the scale of the kernel is no"
          + " number of its own; only the first hidden layer and the output may have some";

  /** In operations of a product, what an eigendecomposition takes of P³. */
  private static final double EIGEN = 25;

  /** Of a core, for a choice of widths, or for a draw of a matrix. */
  private static final double WIDTHS_SECONDS = 0.02;

  private static final double DRAW_SECONDS = 4e-6;

  private final Scaling scaling;

  /** An engine for these networks. */
  public Linear(Scaling scaling) {
    this.scaling = scaling;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> refusal(Architecture network) {
    if (!isLinear(network)) {
      return Optional.of(LINEAR_ALONE);
    }
    if (!scalesAlone(network)) {
      return Optional.of(NO_BIASES);
    }
    return scaling.widths().stream().allMatch(each -> each.hiddenLayers() == network.hiddenLayers())
        ? Optional.empty()
        : Optional.of("has " + network.hiddenLayers() + " hidden layers, and other widths are set");
  }

  /** Whether an activation is the identity. */
  public static boolean isLinear(Architecture network) {
    return network.activation().name().equals("linear");
  }

  /** Whether no hidden layer beyond the first has biases. */
  public static boolean scalesAlone(Architecture network) {
    for (int l = 1; l < network.hiddenLayers(); l++) {
      if (network.biasVariance(l) > 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Cost cost(ConditioningShape on, Ask ask, int cores) {
    double p = on.size();
    double once = Cost.products((EIGEN + 6) * p * p * p);
    double each = on.outputs() == 1 ? WIDTHS_SECONDS : draws(on);
    double matrices = 4 * on.matrix();
    Cost own =
        Cost.known(
            Map.of(),
            once + scaling.widths().size() * each,
            new Cost.Heap(on.bytes() + matrices, matrices, 0, 0));
    double nodes = on.outputs() == 1 ? 100 : 2000;
    return own.then(
        predicting(on, ask, Cost.products(rows(on, ask) * nodes * scaling.widths().size())));
  }

  /** Operations of a row and a node. */
  private static double rows(ConditioningShape on, Ask ask) {
    double p = on.size();
    return ask.rows()
        * (on.outputs() == 1 ? 20 * p : 20 * Math.min(p, on.features() + 1.0) * on.outputs());
  }

  private double draws(ConditioningShape on) {
    double m = on.outputs();
    double coordinates = Math.min(on.size(), on.features() + 1.0);
    return WIDTHS_SECONDS
        + scaling.draws() * (DRAW_SECONDS + Cost.products(20 * (coordinates + m) * m * m));
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
    return predicting(
        on,
        ask,
        on.outputs() == 1
            ? ScaledState.seconds(state, on.size(), on.layers(), ask.rows())
            : MatrixPosterior.seconds(state, on.size(), on.features(), on.outputs(), ask.rows()));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the network is none that is known exactly
   * @throws NumericsException if a layer is too narrow for the outputs
   */
  @Override
  public Optional<Conditioned> conditionWithin(
      double seconds, Conditioning on, Ask ask, Runtime runtime) {
    Architecture network = on.problem().flow().architecture();
    refusal(network)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(network.activation().name() + " " + why);
            });
    Matrix kernel = on.problem().flow().kernel(network.hiddenLayers());
    return Optional.of(
        on.problem().outputs() == 1 ? one(on, kernel) : several(on, kernel, runtime));
  }

  private Conditioned one(Conditioning on, Matrix kernel) {
    ScaledBase base = ScaledBase.of(on.problem().flow().architecture(), on.nngp(), kernel);
    ScaleLikelihood likelihood = new ScaleLikelihood(base.at()::logLikelihood);
    List<ScaledNetwork> networks = new ArrayList<>();
    for (Widths widths : scaling.widths()) {
      ScalePosterior scale = ScalePosterior.of(widths.toArray(), likelihood, base.at().size());
      networks.add(
          new ScaledNetwork(widths, 0, scale, on.nngp().logEvidence() + scale.logEvidence(), true));
    }
    Posterior posterior =
        new ScaledPosterior(NAME, on.nngp(), on.problem(), List.of(base), networks);
    return new Known(posterior, List.of());
  }

  private Conditioned several(Conditioning on, Matrix kernel, Runtime runtime) {
    int outputs = on.problem().outputs();
    for (Widths widths : scaling.widths()) {
      narrow(widths, outputs, on.noiseVariance())
          .ifPresent(
              why -> {
                throw new NumericsException(why);
              });
    }
    Architecture network = on.problem().flow().architecture();
    Whitened at = Whitened.of(on.nngp(), kernel, network.biasVariance(network.hiddenLayers()));
    MatrixLikelihood likelihood = MatrixLikelihood.of(at, outputs);
    double order0 = on.nngp().logEvidence();
    List<MatrixNodes> nodes = new ArrayList<>();
    boolean quadrature = outputs == 2 && network.hiddenLayers() == 1;
    if (quadrature && scaling.widths().stream().allMatch(widths -> widths.width(0) > 1)) {
      for (Widths widths : scaling.widths()) {
        nodes.add(TwoOutputs.of(likelihood, widths, order0));
      }
    } else {
      nodes.addAll(
          new MatrixDraws(likelihood, scaling.draws(), scaling.seed())
              .run(scaling.widths(), order0, runtime));
    }
    return new Known(new MatrixPosterior(on.nngp(), on.problem(), at, nodes), nodes);
  }

  /**
   * Why networks of some widths are not known with several outputs, if so: a sentence. Layers of
   * fewer neurons than there are outputs leave the outputs depending on one another, which noise
   * alone can explain; and there are none of broken width.
   */
  public static Optional<String> narrow(Widths widths, int outputs, double noise) {
    for (double width : widths.toArray()) {
      if (outputs > 1 && width <= outputs - 1 && (noise == 0 || width != Math.rint(width))) {
        return Optional.of(
            String.format(
                    Locale.ROOT,
                    "a hidden layer of %s neurons is narrower than the %d outputs; it needs noise",
                    width == Math.rint(width)
                        ? Long.toString((long) width)
                        : Double.toString(width),
                    outputs)
                + " above 0, and a whole number of neurons");
      }
    }
    return Optional.empty();
  }

  /**
   * What there is.
   *
   * @param matrices of several outputs
   */
  private record Known(Posterior posterior, List<MatrixNodes> matrices) implements Conditioned {
    @Override
    public List<HiddenKernel> hiddenKernels() {
      return List.of();
    }

    @Override
    public Account account(Widths widths) {
      double fewest =
          matrices.stream()
              .mapToDouble(MatrixNodes::effectiveDraws)
              .min()
              .orElse(Double.POSITIVE_INFINITY);
      return Double.isInfinite(fewest)
          ? Account.exact(NAME, 0)
          : Account.drawn(
              NAME, Math.floor(fewest), matrices.stream().allMatch(MatrixNodes::isEnough));
    }

    @Override
    public List<String> warnings(String rows, Widths widths) {
      return matrices.stream()
          .filter(nodes -> !nodes.isEnough())
          .map(
              nodes ->
                  String.format(
                      Locale.ROOT,
                      "only %.0f effective draws of matrices of scales at hidden widths %s; errors"
                          + " miss what no draw has met: raise {ENSEMBLE_DRAWS}",
                      Math.floor(nodes.effectiveDraws()),
                      nodes.widths()))
          .toList();
    }
  }

  @Override
  public void expect(State.Sizes sizes, State.Expected to) {
    if (sizes.outputs() == 1) {
      ScaledState.expect(sizes, to);
    } else {
      MatrixPosterior.expect(sizes, to);
    }
  }

  @Override
  public Posterior restore(
      NngpPosterior nngp, ContractionProblem problem, LogEvidence evidence, State state) {
    return problem.outputs() == 1
        ? ScaledState.restore(nngp, problem, evidence, state)
        : MatrixPosterior.restore(nngp, problem, evidence, state);
  }
}
