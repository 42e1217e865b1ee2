package finitewidth;

import finitewidth.gaussian.Activation;
import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.Ask;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.Halfway;
import finitewidth.inference.Inference;
import finitewidth.inference.Order;
import finitewidth.inference.auto.Cheapest;
import finitewidth.inference.auto.Engines;
import finitewidth.inference.ensemble.Drawing;
import finitewidth.inference.montecarlo.Sampling;
import finitewidth.inference.networks.Chains;
import finitewidth.inference.networks.HyperparameterPrior;
import finitewidth.inference.networks.NetworkChains;
import finitewidth.inference.renormalised.Renormalising;
import finitewidth.inference.scale.Scaling;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.inference.work.Runtime;
import finitewidth.linalg.Matrix;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A Bayesian neural network that is conditioned on data instead of trained: the prior over its
 * weights, the noise of its targets, and how the posterior is computed. Immutable; each setting
 * gives another one.
 *
 * <p>Inputs and targets are taken as they are: scale them to about unit size first. Widths enter
 * only when a prediction is read, see {@link finitewidth.posterior.Prediction#at}.
 *
 * <pre>{@code
 * FittedNetwork network = FiniteNetwork.of("relu", 2).noiseVariance(0.05).condition(x, y);
 * Widths widths = Widths.of(64, 64);
 * Predictive there = network.predict(new double[][] {{0.3, -1.2}}).get(0).at(widths);
 * System.out.println(there.mean()[0] + " ± " + Math.sqrt(there.variance()[0]));
 * System.out.println("log evidence " + network.logEvidence().at(widths));
 * }</pre>
 *
 * @see <a href="https://arxiv.org/abs/1910.00019">Yaida 2019</a>
 */
public final class FiniteNetwork {
  /** Largest quadrature error of a four-point moment. */
  private static final double QUADRATURE = 1e-9;

  private static final int PROBE_ROWS = 96;

  private final Architecture prior;
  private final double noiseVariance;
  private final String engine;
  private final Sampling sampling;
  private final Drawing drawing;
  private final Chains chains;
  private final Renormalising renormalising;
  private final Scaling scaling;
  private final Runtime runtime;

  private FiniteNetwork(
      Architecture prior,
      double noiseVariance,
      String engine,
      Sampling sampling,
      Drawing drawing,
      Chains chains,
      Renormalising renormalising,
      Scaling scaling,
      Runtime runtime) {
    this.prior = prior;
    this.noiseVariance = noiseVariance;
    this.engine = engine;
    this.sampling = sampling;
    this.drawing = drawing;
    this.chains = chains;
    this.renormalising = renormalising;
    this.scaling = scaling;
    this.runtime = runtime;
  }

  /**
   * A network with bias variance 0.1, weight variance 2 over fan-in and noise variance 0.05, whose
   * posterior is computed by the cheapest engine on all cores of this machine.
   *
   * @param activation a name as in {@code network.activation}, or a class name
   * @throws IllegalArgumentException if there is no such activation, naming those there are
   */
  public static FiniteNetwork of(String activation, int hiddenLayers) {
    Activation found =
        Activations.byName(activation)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no activation " + activation + "; there are " + Activations.names()));
    if (hiddenLayers < 1) {
      throw new IllegalArgumentException(hiddenLayers + " hidden layers; at least 1 is needed");
    }
    return new FiniteNetwork(
        Architecture.uniform(found, hiddenLayers, 0.1, 2),
        0.05,
        Cheapest.NAME,
        Sampling.standard(hiddenLayers),
        Drawing.of(List.of(Widths.uniform(hiddenLayers, 128))),
        Chains.of(List.of(Widths.uniform(hiddenLayers, 64))),
        Renormalising.standard(hiddenLayers, Cheapest.NAME),
        Scaling.standard(hiddenLayers),
        LocalRuntime.allCores());
  }

  /** Another prior, with variances of its own for each layer. */
  public FiniteNetwork prior(Architecture other) {
    return new FiniteNetwork(
        other, noiseVariance, engine, sampling, drawing, chains, renormalising, scaling, runtime);
  }

  /**
   * The same variances of biases and weights for all layers.
   *
   * @param bias C_b, not negative
   * @param weight C_W over fan-in, positive
   */
  public FiniteNetwork variances(double bias, double weight) {
    return prior(Architecture.uniform(prior.activation(), prior.hiddenLayers(), bias, weight));
  }

  /**
   * Another variance of the Gaussian noise of the targets.
   *
   * @param variance s² in units of the target squared, not negative
   */
  public FiniteNetwork noiseVariance(double variance) {
    if (!(variance >= 0 && variance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("noise variance " + variance + " is no variance");
    }
    return new FiniteNetwork(
        prior, variance, engine, sampling, drawing, chains, renormalising, scaling, runtime);
  }

  /**
   * Another engine.
   *
   * @param name auto, exact, sampled, ensemble, networks, renormalised, linear, proportional,
   *     adaptive, deep-kernel or nngp
   * @throws IllegalArgumentException if there is no such engine, or it cannot take the network
   */
  public FiniteNetwork engine(String name) {
    FiniteNetwork other =
        new FiniteNetwork(
            prior, noiseVariance, name, sampling, drawing, chains, renormalising, scaling, runtime);
    other.inference();
    return other;
  }

  /** Other settings of the sampled engine. */
  public FiniteNetwork sampling(Sampling other) {
    return new FiniteNetwork(
        prior, noiseVariance, engine, other, drawing, chains, renormalising, scaling, runtime);
  }

  /** Other networks to draw by the ensemble engine; predictions are known at their widths only. */
  public FiniteNetwork drawing(Drawing other) {
    return new FiniteNetwork(
        prior, noiseVariance, engine, sampling, other, chains, renormalising, scaling, runtime);
  }

  /** Other networks to have chains of; predictions are known at their widths only. */
  public FiniteNetwork chains(Chains other) {
    return new FiniteNetwork(
        prior, noiseVariance, engine, sampling, drawing, other, renormalising, scaling, runtime);
  }

  /**
   * Other networks for the engines renormalised, adaptive and deep-kernel; predictions are known at
   * their widths only.
   */
  public FiniteNetwork renormalising(Renormalising other) {
    return new FiniteNetwork(
        prior, noiseVariance, engine, sampling, drawing, chains, other, scaling, runtime);
  }

  /**
   * Other networks for the linear and the proportional engine; predictions are known there only.
   */
  public FiniteNetwork scaling(Scaling other) {
    return new FiniteNetwork(
        prior, noiseVariance, engine, sampling, drawing, chains, renormalising, other, runtime);
  }

  /**
   * Chains that sample noise and variances beside the weights: those that were given are medians of
   * a weak prior then, and predictions, quantiles and the log evidence have them integrated out. It
   * takes {@code engine("networks")}.
   *
   * @param perFeature whether every feature gets a scale, too
   */
  public FiniteNetwork sampledHyperparameters(boolean perFeature) {
    return chains(chains.sampling(HyperparameterPrior.weak(perFeature)));
  }

  /** Another place to compute at. */
  public FiniteNetwork runtime(Runtime other) {
    return new FiniteNetwork(
        prior, noiseVariance, engine, sampling, drawing, chains, renormalising, scaling, other);
  }

  private Inference inference() {
    Engines engines = new Engines(sampling, drawing, chains, renormalising, scaling);
    Inference found =
        engines
            .of(engine)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no engine " + engine + "; there are " + engines.names()));
    found
        .refusal(prior)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(
                  "engine " + engine + ": " + prior.activation().name() + " " + why);
            });
    return found;
  }

  /**
   * Conditions on data. O(P³) at order 0; to first order see the engine.
   *
   * @param inputs P rows of n_0 features
   * @param targets P rows of m targets
   * @throws IllegalArgumentException if rows are missing or of unequal length
   * @throws finitewidth.linalg.NotPositiveDefiniteException naming the first row that depends on
   *     those before it; more noise helps
   */
  public FittedNetwork condition(double[][] inputs, double[][] targets) {
    if (inputs.length != targets.length || inputs.length < 2) {
      throw new IllegalArgumentException(
          "%s rows of inputs and %s of targets; as many, and at least 2, are needed"
              .formatted(inputs.length, targets.length));
    }
    Matrix x = Matrix.copyOf(inputs);
    return condition(x, Matrix.copyOf(targets), Halfway.between(x, PROBE_ROWS, sampling.seed()));
  }

  private FittedNetwork condition(Matrix inputs, Matrix targets, List<double[]> probe) {
    Inference inference = inference();
    Conditioning on =
        Conditioning.of(
            new Conditioning.Settings(
                prior, true, QUADRATURE, noiseVariance, inference.contracts()),
            inputs,
            targets,
            LongStream.range(0, inputs.rows()).boxed().toList());
    if (chains.hyperparameters().isPresent() && !inference.name().equals(NetworkChains.NAME)) {
      throw new IllegalArgumentException(
          "engine %s samples no hyperparameters; chains do, so say engine(\"networks\")"
              .formatted(engine));
    }
    List<double[]> looked = inference.mostProbeRows(on.problem()) == 0 ? List.of() : probe;
    Conditioned fitted =
        inference.condition(on, new Ask(looked, inputs.rows(), Order.CORRECTED, false), runtime);
    return new FittedNetwork(fitted, runtime);
  }
}
