package finitewidth.ml.param;

import finitewidth.gaussian.activations.Activations;
import finitewidth.settings.Key;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The Params of estimators and models, each declared once with its check. Those that a job has too
 * take name, default and documentation from the table of settings; columns are spark.ml's alone.
 */
public final class ParamSet implements Serializable {
  private static final long serialVersionUID = 1L;

  public static final String ERROR = "error";
  public static final String SKIP = "skip";
  public static final String EXACT = "exact";
  public static final String SAMPLED = "sampled";
  public static final String AUTO = "auto";
  public static final String ALL = "all";
  public static final String FIXED = "fixed";
  public static final String PER_FEATURE = "per-feature";

  final Param<String> featuresCol;
  final Param<String> labelCol;
  final Param<String> predictionCol;
  public final Param<String> rawPredictionCol;
  public final Param<String> probabilityCol;
  final Param<String> varianceCol;
  final Param<String> deltaMeanCol;
  final Param<String> nngpPredictionCol;
  final Param<String> standardErrorCol;
  final Param<String> withinExpansionCol;
  final Param<String> handleInvalid;
  final IntParam order;
  final Param<String> activation;
  final DoubleParam negativeSlope;
  final IntArrayParam hiddenWidths;
  final DoubleArrayParam biasVariance;
  final DoubleArrayParam weightVariance;
  final DoubleParam noiseVariance;
  final Param<String> hyperparameters;
  final Param<String> inputScales;
  final DoubleArrayParam widths;
  final Param<String> method;
  final IntParam passes;
  final Param<String> guards;
  final IntParam chains;
  final IntParam maxIterations;
  final DoubleParam maxSeconds;
  final IntParam keptStates;
  final IntParam maxAnnealing;
  final LongParam ensembleDraws;
  final Param<String> engine;
  final DoubleParam tolerance;
  final LongParam maxDraws;
  final LongParam seed;
  final Param<String> quantities;
  final Param<String> featureScaling;
  public final Param<String> targetScaling;
  final DoubleArrayParam quantileProbabilities;
  final Param<String> quantilesCol;
  final Param<String> densityPositiveCol;
  final BooleanParam strict;
  final IntParam inducingPoints;
  final Param<String> inducingMethod;
  final IntParam inducingSampleRows;
  final Param<String> inducingApproximation;

  private final String uid;

  /**
   * @param owner whose Params they are
   * @param classifies whether the owner is of the classifying kind; Params that the other kind has
   *     are there, but the owner knows nothing of them
   */
  public ParamSet(Params owner, boolean classifies) {
    uid = owner.uid();
    Optional<Params> all = Optional.of(owner);
    Optional<Params> classifier = classifies ? all : Optional.empty();
    Optional<Params> regressor = classifies ? Optional.empty() : all;
    featuresCol = column(all, "featuresCol", "vector column of the features", "features");
    labelCol =
        column(
            all,
            "labelCol",
            "column to learn: numbers, or vectors for several outputs; for classes 0, 1, … of a"
                + " classifier",
            "label");
    predictionCol =
        column(
            all,
            "predictionCol",
            "predicted mean (a vector for several outputs), or class",
            "prediction");
    rawPredictionCol =
        column(
            classifier,
            "rawPredictionCol",
            "predicted mean of each class's code, 1 - 1/C for the class and -1/C for others; empty"
                + " for none",
            "rawPrediction");
    probabilityCol =
        more(
            classifier,
            "probabilityCol",
            "probability that a class's code plus noise is the largest, the classes independent"
                + " Gaussians of predicted means and variances");
    varianceCol =
        more(
            all,
            "varianceCol",
            "predicted variance of the latent function, correction included, without noise, in the"
                + " label's units squared");
    deltaMeanCol = more(all, "deltaMeanCol", "what the finite width adds to the mean");
    nngpPredictionCol = more(all, "nngpPredictionCol", "prediction of the infinitely wide network");
    standardErrorCol =
        more(
            all,
            "standardErrorCol",
            "standard error of the mean by the sampled engine, 0 by the exact one");
    withinExpansionCol =
        more(
            all,
            "withinExpansionCol",
            "whether a row's prediction is to be trusted: first order in 1/width within its"
                + " expansion, or the exact posterior converged");
    quantilesCol =
        more(
            regressor,
            "quantilesCol",
            "vector of the quantiles of quantileProbabilities of the latent function, by the third"
                + " and fourth cumulant, without noise, in the label's units (an array of such"
                + " vectors for several outputs)");
    densityPositiveCol =
        more(
            regressor,
            "densityPositiveCol",
            "whether the density behind the quantiles is nowhere negative");
    handleInvalid = choice(all, Key.PREDICT_HANDLE_INVALID);
    order = whole(owner, Key.PREDICT_ORDER, v -> v == 0 || v == 1);
    activation =
        keep(
            all,
            new Param<>(
                uid,
                name(Key.ACTIVATION),
                "%s that implements ActivationFunction; engine = exact takes only %s"
                    .formatted(
                        Key.ACTIVATION.doc(), String.join(", ", Activations.namesWithFourPoints())),
                ParamCheck.of(ParamSet::isActivation)),
            Key.ACTIVATION.standard());
    negativeSlope = number(owner, Key.NEGATIVE_SLOPE, v -> Math.abs(v) <= 1);
    hiddenWidths =
        keep(
            all,
            new IntArrayParam(
                owner,
                name(Key.HIDDEN_WIDTHS),
                Key.HIDDEN_WIDTHS.doc(),
                ParamCheck.of(v -> v.length > 0 && Arrays.stream(v).allMatch(n -> n >= 1))),
            Arrays.stream(standards(Key.HIDDEN_WIDTHS)).mapToInt(n -> (int) n).toArray());
    biasVariance = numbers(all, owner, Key.BIAS_VARIANCE, v -> all(v, x -> x >= 0));
    weightVariance = numbers(all, owner, Key.WEIGHT_VARIANCE, v -> all(v, x -> x > 0));
    noiseVariance = number(owner, Key.NOISE_VARIANCE, v -> v >= 0 && Double.isFinite(v));
    // Evidence is fitted by the job alone.
    hyperparameters = choice(all, Key.HYPERPARAMETERS, List.of(FIXED, SAMPLED));
    inputScales = choice(all, Key.EVIDENCE_INPUT_SCALES);
    widths = numbers(all, owner, Key.WIDTHS, v -> v.length == 0 || all(v, x -> x > 0));
    method = choice(all, Key.METHOD);
    passes = whole(owner, Key.RENORMALISED_PASSES, v -> v == 1 || v == 2);
    guards = choice(all, Key.RENORMALISED_GUARDS);
    chains = whole(owner, Key.NETWORKS_CHAINS, v -> v >= 2 && v <= 1024);
    maxIterations = whole(owner, Key.NETWORKS_MAX_ITERATIONS, v -> v >= 50);
    maxSeconds = number(owner, Key.NETWORKS_SECONDS, v -> v >= 0 && Double.isFinite(v));
    keptStates = whole(owner, Key.NETWORKS_STATES, v -> v >= 2);
    maxAnnealing = whole(owner, Key.NETWORKS_MAX_ANNEALING, v -> v >= 2);
    ensembleDraws =
        keep(
            all,
            new LongParam(
                uid,
                name(Key.ENSEMBLE_DRAWS),
                Key.ENSEMBLE_DRAWS.doc(),
                ParamCheck.of(v -> (Long) v >= 64)),
            Long.valueOf(Key.ENSEMBLE_DRAWS.standard()));
    engine = choice(all, Key.ENGINE);
    // Its default depends on the engine.
    tolerance =
        new DoubleParam(
            uid,
            name(Key.TOLERANCE),
            Key.TOLERANCE.doc(),
            ParamCheck.of(v -> (Double) v > 0 && (Double) v < 1));
    maxDraws =
        keep(
            all,
            new LongParam(
                uid, name(Key.MAX_DRAWS), Key.MAX_DRAWS.doc(), ParamCheck.of(v -> (Long) v >= 1)),
            Long.valueOf(Key.MAX_DRAWS.standard()));
    seed =
        keep(
            all,
            new LongParam(uid, name(Key.CONTRACTION_SEED), Key.CONTRACTION_SEED.doc()),
            Long.valueOf(Key.CONTRACTION_SEED.standard()));
    quantities = choice(all, Key.QUANTITIES);
    featureScaling = choice(all, Key.FEATURE_SCALING);
    targetScaling = choice(regressor, Key.TARGET_SCALING);
    quantileProbabilities =
        numbers(regressor, owner, Key.PREDICT_QUANTILES, ParamSet::areProbabilities);
    strict =
        keep(
            all,
            new BooleanParam(uid, name(Key.STRICT), Key.STRICT.doc()),
            Boolean.valueOf(Key.STRICT.standard()));
    inducingPoints = whole(owner, Key.INDUCING_POINTS, v -> v >= 0);
    inducingMethod = choice(all, Key.INDUCING_METHOD);
    inducingSampleRows = whole(owner, Key.INDUCING_SAMPLE_ROWS, v -> v >= 1);
    inducingApproximation = choice(all, Key.INDUCING_APPROXIMATION);
  }

  /** A further Param of one of some words, without a default, that the owner alone has. */
  public Param<String> oneOf(String name, String doc, List<String> accepted) {
    return new Param<>(uid, name, doc, ParamCheck.of(accepted::contains));
  }

  private static String name(Key key) {
    return key.param().orElseThrow();
  }

  /** The numbers of a default, however many. */
  private static double[] standards(Key key) {
    return Stream.of(key.standard().split("[\\[\\],]"))
        .filter(number -> !number.isEmpty())
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  private Param<String> column(Optional<Params> owner, String name, String doc, String standard) {
    return keep(owner, new Param<>(uid, name, doc), standard);
  }

  /** A column that is there only where it has a name. */
  private Param<String> more(Optional<Params> owner, String name, String doc) {
    return column(owner, name, doc + "; empty for none", "");
  }

  private Param<String> choice(Optional<Params> owner, Key key) {
    return choice(owner, key, List.of(key.accepted().split(", ")));
  }

  private Param<String> choice(Optional<Params> owner, Key key, List<String> accepted) {
    return keep(
        owner,
        new Param<>(uid, name(key), key.doc(), ParamCheck.of(accepted::contains)),
        key.standard());
  }

  /** No number is 0. */
  private DoubleParam number(Params owner, Key key, ParamCheck.Validity<Double> valid) {
    return keep(
        Optional.of(owner),
        new DoubleParam(
            uid, name(key), key.doc(), ParamCheck.of(value -> valid.test((Double) value))),
        Double.valueOf(key.standard().equals("none") ? "0" : key.standard()));
  }

  /** No number is 0. */
  private IntParam whole(Params owner, Key key, ParamCheck.Validity<Integer> valid) {
    return keep(
        Optional.of(owner),
        new IntParam(
            uid, name(key), key.doc(), ParamCheck.of(value -> valid.test((Integer) value))),
        key.standard().equals("none") ? 0 : Integer.parseInt(key.standard()));
  }

  private static DoubleArrayParam numbers(
      Optional<Params> knows, Params owner, Key key, ParamCheck.Validity<double[]> valid) {
    return keep(
        knows,
        new DoubleArrayParam(owner, name(key), key.doc(), ParamCheck.of(valid)),
        standards(key));
  }

  private static <T, P extends Param<T>> P keep(Optional<Params> owner, P param, T standard) {
    owner.ifPresent(knows -> knows.setDefault(param, standard));
    return param;
  }

  /** Whether a class of that name can be used is seen where it is needed. */
  private static boolean isActivation(String name) {
    return Activations.names().contains(name) || Activations.isClassName(name);
  }

  private static boolean areProbabilities(double[] values) {
    return Arrays.stream(values).allMatch(p -> p > 0 && p < 1)
        && Arrays.stream(values).distinct().count() == values.length;
  }

  private static boolean all(double[] values, Predicate<Double> valid) {
    return values.length > 0
        && Arrays.stream(values).allMatch(x -> Double.isFinite(x) && valid.test(x));
  }
}
