package finitewidth.ml.param;

import finitewidth.gaussian.Activation;
import finitewidth.gaussian.ActivationClassException;
import finitewidth.gaussian.FourPointActivation;
import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.adaptive.Adaptive;
import finitewidth.inference.adaptive.DeepKernel;
import finitewidth.inference.linear.Linear;
import finitewidth.inference.networks.HyperparameterPrior;
import finitewidth.inference.networks.NetworkChains;
import finitewidth.inference.nngp.Nngp;
import finitewidth.inference.proportional.Proportional;
import finitewidth.inference.renormalised.Renormalised;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import finitewidth.settings.Key;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Param;

/** The network that Params describe. */
public final class NetworkParams {
  /** Beyond, a layer's features alone take gigabytes. */
  private static final int MOST_DRAWN = 1 << 20;

  private NetworkParams() {}

  /**
   * Checks how Params fit together.
   *
   * @throws IllegalArgumentException naming the one that does not
   */
  public static void check(SharedParams stage) {
    int layers = stage.getHiddenWidths().length + 1;
    perLayer(stage, stage.biasVariance(), layers);
    perLayer(stage, stage.weightVariance(), layers);
    if (stage.getInducingPoints() > 0) {
      if (stage.getNoiseVariance() == 0) {
        throw new IllegalArgumentException(
            "noiseVariance = 0, but with inducingPoints a number above 0 is needed");
      }
      if (stage.getInducingSampleRows() < stage.getInducingPoints()) {
        throw new IllegalArgumentException(
            "inducingSampleRows = "
                + stage.getInducingSampleRows()
                + ", but inducingPoints = "
                + stage.getInducingPoints()
                + " are chosen from them; at least as many are needed");
      }
    }
    checkMethod(stage);
    checkSampled(stage);
    boolean exact = activation(stage) instanceof FourPointActivation;
    QuantileParams.check(stage);
    if (stage.getEngine().equals(ParamSet.EXACT) && !exact) {
      throw new IllegalArgumentException(
          "engine = exact needs four-point moments, which activation = "
              + stage.getActivation()
              + " has not; accepted is engine = sampled or auto, or one of the activations "
              + String.join(", ", Activations.namesWithFourPoints()));
    }
  }

  /** What is thought of hyperparameters before data, where chains sample them. */
  public static Optional<HyperparameterPrior> sampled(SharedParams stage) {
    return stage.getHyperparameters().equals(ParamSet.SAMPLED)
        ? Optional.of(HyperparameterPrior.weak(stage.getInputScales().equals(ParamSet.PER_FEATURE)))
        : Optional.empty();
  }

  private static void checkSampled(SharedParams stage) {
    if (sampled(stage).isPresent() && !stage.getMethod().equals(NetworkChains.NAME)) {
      throw new IllegalArgumentException(
          "hyperparameters = sampled needs chains, and method = "
              + stage.getMethod()
              + " has none; set method = networks, or hyperparameters = fixed");
    }
    if (sampled(stage).isPresent() && stage.getNoiseVariance() == 0) {
      throw new IllegalArgumentException(
          "noiseVariance = 0, but with hyperparameters = sampled it is the noise's median: a number"
              + " above 0 is needed");
    }
    if (stage.getInputScales().equals(ParamSet.PER_FEATURE)) {
      if (sampled(stage).isEmpty()) {
        throw new IllegalArgumentException(
            "inputScales = per-feature needs hyperparameters = sampled; set it, or inputScales ="
                + " none");
      }
      if (stage.getFeatureScaling().equals("unit-sphere")) {
        throw new IllegalArgumentException(
            "inputScales = per-feature, and features scaled one by one leave the sphere; set"
                + " featureScaling = standardize or none");
      }
    }
  }

  /** What networks of some widths cannot be drawn for. */
  private static void checkMethod(SharedParams stage) {
    if (isAtAllWidths(stage) || isInfinite(stage)) {
      return;
    }
    String name = "method = " + stage.getMethod();
    if (stage.getMethod().equals(Renormalised.NAME)) {
      if (!stage.getQuantities().equals(ParamSet.ALL)) {
        throw new IllegalArgumentException(
            name + " needs the corrections of variances; accepted is quantities = all");
      }
      return;
    }
    if (stage.getMethod().equals(Linear.NAME)) {
      checkLinear(stage);
      return;
    }
    if (stage.getMethod().equals(Proportional.NAME)) {
      checkProportional(stage);
      return;
    }
    if (List.of(Adaptive.NAME, DeepKernel.NAME).contains(stage.getMethod())) {
      checkAdaptive(stage);
      return;
    }
    if (stage.getInducingPoints() > 0) {
      throw new IllegalArgumentException(
          name + " needs the training rows themselves; leave inducingPoints at 0");
    }
    if (stage.getKeptStates() < stage.getChains()) {
      throw new IllegalArgumentException(
          "keptStates = %s, but each of the chains = %s keeps at least one state"
              .formatted(stage.getKeptStates(), stage.getChains()));
    }
    if (Arrays.stream(stage.getWidths()).anyMatch(w -> w != Math.rint(w) || w > MOST_DRAWN)) {
      throw new IllegalArgumentException(
          "%s draws networks of widths: whole numbers from 1 to %s are needed"
              .formatted(name, MOST_DRAWN));
    }
  }

  /** Whether a fit integrates a scale at each choice of widths. */
  public static boolean scales(SharedParams stage) {
    return List.of(Renormalised.NAME, Linear.NAME, Proportional.NAME).contains(stage.getMethod());
  }

  private static void checkLinear(SharedParams stage) {
    Architecture network = architecture(stage);
    if (!Linear.isLinear(network)) {
      throw new IllegalArgumentException(
          "method = linear is exact for deep linear networks, and activation = "
              + stage.getActivation()
              + " is not linear; accepted is activation = linear");
    }
    if (!Linear.scalesAlone(network)) {
      throw new IllegalArgumentException(
          "method = linear has no biases in hidden layers beyond the first; accepted is"
              + " biasVariance = 0, or an array that has 0 there");
    }
  }

  private static void checkProportional(SharedParams stage) {
    String name = "method = " + Proportional.NAME + " ";
    if (stage instanceof ClassifierParams) {
      throw new IllegalArgumentException(
          name
              + Proportional.ONE_OUTPUT
              + ", and classes are coded as several; accepted is method = first-order");
    }
    if (stage.getInducingPoints() > 0) {
      throw new IllegalArgumentException(
          name + Proportional.NO_POINTS + "; leave inducingPoints at 0");
    }
  }

  private static void checkAdaptive(SharedParams stage) {
    if (stage.getInducingPoints() > 0) {
      throw new IllegalArgumentException(
          "method = " + stage.getMethod() + " " + Adaptive.ROWS + "; leave inducingPoints at 0");
    }
    if (!stage.getQuantities().equals(ParamSet.ALL)) {
      throw new IllegalArgumentException(
          "method = " + stage.getMethod() + " has variances always; accepted is quantities = all");
    }
    if (stage.getActivation().equals("linear")) {
      throw new IllegalArgumentException(
          "method = " + stage.getMethod() + ": the activation linear " + Adaptive.LINEAR);
    }
  }

  /** Whether the predictions of a fit can be read at every width. */
  public static boolean isAtAllWidths(SharedParams stage) {
    return stage.getMethod().equals(Key.METHOD.standard());
  }

  /** Whether a fit is at infinite width alone. */
  public static boolean isInfinite(SharedParams stage) {
    return stage.getMethod().equals(Nngp.NAME);
  }

  /** hiddenWidths, then the uniform widths to report, each once. */
  public static List<Widths> finite(SharedParams stage) {
    Widths own = widths(stage);
    return Stream.concat(
            Stream.of(own),
            Arrays.stream(stage.getWidths())
                .mapToObj(width -> Widths.uniform(own.hiddenLayers(), width)))
        .distinct()
        .toList();
  }

  public static Architecture architecture(SharedParams stage) {
    int layers = stage.getHiddenWidths().length + 1;
    return Architecture.of(
        activation(stage),
        perLayer(stage, stage.biasVariance(), layers),
        perLayer(stage, stage.weightVariance(), layers));
  }

  public static Widths widths(SharedParams stage) {
    return Widths.of(Arrays.stream(stage.getHiddenWidths()).asDoubleStream().toArray());
  }

  private static Activation activation(SharedParams stage) {
    if (stage.getActivation().equals(Activations.LEAKY_RELU)) {
      return Activations.leakyRelu(stage.getNegativeSlope());
    }
    try {
      return Activations.byName(stage.getActivation()).orElseThrow();
    } catch (ActivationClassException e) {
      throw new IllegalArgumentException(
          "activation = " + stage.getActivation() + ": " + e.getMessage(), e);
    }
  }

  private static double[] perLayer(SharedParams stage, Param<double[]> param, int layers) {
    double[] values = ParamSets.value(stage, param);
    if (values.length == 1) {
      double[] all = new double[layers];
      Arrays.fill(all, values[0]);
      return all;
    }
    if (values.length != layers) {
      throw new IllegalArgumentException(
          """
          %s has %s numbers; one is accepted, or %s: one for each hidden layer and one for the \
          output\
          """
              .formatted(param.name(), values.length, layers));
    }
    return values;
  }
}
