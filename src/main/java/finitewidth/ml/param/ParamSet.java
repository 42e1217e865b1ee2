package finitewidth.ml.param;

import finitewidth.gaussian.activations.Activations;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The Params of estimators and models, each declared once with its check, its default and its
 * documentation; names are spark.ml's where it has them and otherwise the job's keys in camel case,
 * with the job's defaults.
 */
public final class ParamSet implements Serializable {
  private static final long serialVersionUID = 1L;

  public static final String ERROR = "error";
  public static final String SKIP = "skip";
  static final String KEEP = "keep";
  public static final String EXACT = "exact";
  public static final String SAMPLED = "sampled";
  public static final String AUTO = "auto";
  public static final String ALL = "all";
  static final String GREEDY = "greedy";
  static final String K_MEANS = "k-means";

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
  final DoubleArrayParam widths;
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
   * @param classifies whether the owner is of the classifying kind; Params that the other kind has
   *     are there, but the owner knows nothing of them
   */
  public ParamSet(Params owner, boolean classifies) {
    uid = owner.uid();
    featuresCol = column(owner, "featuresCol", "vector column of the features", "features");
    labelCol =
        column(
            owner,
            "labelCol",
            "column to learn: numbers, or vectors for several outputs; for classes 0, 1, … of a"
                + " classifier",
            "label");
    predictionCol =
        column(
            owner,
            "predictionCol",
            "predicted mean (a vector for several outputs), or class",
            "prediction");
    rawPredictionCol =
        column(
            classifies ? Optional.of(owner) : Optional.empty(),
            "rawPredictionCol",
            "predicted mean of each class's code, 1 - 1/C for the class and -1/C for others; empty"
                + " for none",
            "rawPrediction");
    probabilityCol =
        column(
            classifies ? Optional.of(owner) : Optional.empty(),
            "probabilityCol",
            "probability that a class's code plus noise is the largest, the classes independent"
                + " Gaussians of predicted means and variances; empty for none",
            "");
    varianceCol =
        column(
            owner,
            "varianceCol",
            "predicted variance of the latent function, correction included, without noise, in the"
                + " label's units squared; empty for none",
            "");
    deltaMeanCol =
        column(owner, "deltaMeanCol", "what the finite width adds to the mean; empty for none", "");
    nngpPredictionCol =
        column(
            owner,
            "nngpPredictionCol",
            "prediction of the infinitely wide network; empty for none",
            "");
    standardErrorCol =
        column(
            owner,
            "standardErrorCol",
            "standard error of the mean by the sampled engine, 0 by the exact one; empty for none",
            "");
    withinExpansionCol =
        column(
            owner,
            "withinExpansionCol",
            "whether first order in 1/width is to be trusted at a row; empty for none",
            "");
    handleInvalid =
        choice(
            owner,
            "handleInvalid",
            "what becomes of a row with a null, NaN or infinite feature: refused (error), left out"
                + " (skip) or kept with nulls for predictions (keep); fit refuses it unless skip,"
                + " and labels alike",
            List.of(ERROR, SKIP, KEEP),
            ERROR);
    order =
        keep(
            owner,
            new IntParam(
                uid,
                "order",
                "1: predictions with the correction of finite width; 0: those of the infinitely"
                    + " wide network alone, which cost next to nothing",
                ParamCheck.of(v -> v.equals(0) || v.equals(1))),
            1);
    activation =
        keep(
            owner,
            new Param<>(
                uid,
                "activation",
                "activation function of every hidden layer; one of "
                    + String.join(", ", Activations.names())
                    + ", or the full name of a class that implements ActivationFunction; engine ="
                    + " exact takes only "
                    + String.join(", ", Activations.exactNames()),
                ParamCheck.of(ParamSet::isActivation)),
            "relu");
    negativeSlope =
        keep(
            owner,
            new DoubleParam(
                uid,
                "negativeSlope",
                "from -1 to 1: leaky-relu is slope times z where z < 0; other activations ignore"
                    + " it",
                ParamCheck.of(v -> Math.abs((Double) v) <= 1)),
            Activations.DEFAULT_NEGATIVE_SLOPE);
    hiddenWidths =
        keep(
            owner,
            new IntArrayParam(
                owner,
                "hiddenWidths",
                "one width, at least 1, for each hidden layer; a model takes others of the same"
                    + " number of layers at no cost",
                ParamCheck.of(v -> v.length > 0 && Arrays.stream(v).allMatch(n -> n >= 1))),
            new int[] {128, 128});
    biasVariance =
        keep(
            owner,
            new DoubleArrayParam(
                owner,
                "biasVariance",
                "prior variance of biases, not below 0: one number, or one for each hidden layer"
                    + " and one for the output",
                ParamCheck.of(v -> all(v, x -> x >= 0))),
            new double[] {0.1});
    weightVariance =
        keep(
            owner,
            new DoubleArrayParam(
                owner,
                "weightVariance",
                "prior variance of weights times fan-in, above 0: one number, or one for each"
                    + " hidden layer and one for the output",
                ParamCheck.of(v -> all(v, x -> x > 0))),
            new double[] {2.0});
    noiseVariance =
        keep(
            owner,
            new DoubleParam(
                uid,
                "noiseVariance",
                "not below 0, in units of the scaled label, squared",
                ParamCheck.of(v -> (Double) v >= 0 && Double.isFinite((Double) v))),
            0.01);
    widths =
        keep(
            owner,
            new DoubleArrayParam(
                owner,
                "widths",
                "uniform hidden widths, above 0, that the summary reports beside hiddenWidths",
                ParamCheck.of(v -> v.length == 0 || all(v, x -> x > 0))),
            new double[0]);
    engine =
        choice(
            owner,
            "engine",
            "how the four-point vertex is contracted; auto takes the cheaper by its estimate, with"
                + " as many rows to transform as to train on, and sampled where the activation has"
                + " no four-point moments",
            List.of(EXACT, SAMPLED, AUTO),
            AUTO);
    // Its default depends on the engine.
    tolerance =
        new DoubleParam(
            uid,
            "tolerance",
            "between 0 and 1: sampled, standard error of the mean over NNGP deviation (0.05 if not"
                + " set); exact, quadrature error (1e-9 if not set)",
            ParamCheck.of(v -> (Double) v > 0 && (Double) v < 1));
    maxDraws =
        keep(
            owner,
            new LongParam(
                uid,
                "maxDraws",
                "most draws of each hidden layer by the sampled engine, at least 1",
                ParamCheck.of(v -> (Long) v >= 1)),
            1_000_000L);
    seed = keep(owner, new LongParam(uid, "seed", "of the draws of the sampled engine"), 7L);
    quantities =
        choice(
            owner,
            "quantities",
            "which corrections are computed: of the mean only, or of the variance and the log"
                + " evidence too",
            List.of("mean", ALL),
            ALL);
    featureScaling =
        choice(
            owner,
            "featureScaling",
            "fitted on the training rows, part of the model; none where a Pipeline scales already",
            List.of("none", "standardize", "unit-sphere"),
            "standardize");
    targetScaling =
        choice(
            classifies ? Optional.empty() : Optional.of(owner),
            "targetScaling",
            "fitted on the training rows, part of the model; predictions come back in the label's"
                + " units",
            List.of("none", "standardize"),
            "standardize");
    Optional<Params> regressor = classifies ? Optional.empty() : Optional.of(owner);
    quantileProbabilities =
        keep(
            regressor,
            new DoubleArrayParam(
                owner,
                "quantileProbabilities",
                "different numbers between 0 and 1, both excluded: probabilities of the quantiles"
                    + " in quantilesCol",
                ParamCheck.of(ParamSet::areProbabilities)),
            new double[0]);
    quantilesCol =
        column(
            regressor,
            "quantilesCol",
            "vector of the quantiles of quantileProbabilities of the latent function, by the third"
                + " and fourth cumulant, without noise, in the label's units (an array of such"
                + " vectors for several outputs); empty for none",
            "");
    densityPositiveCol =
        column(
            regressor,
            "densityPositiveCol",
            "whether the density behind the quantiles is nowhere negative; empty for none",
            "");
    strict =
        keep(
            owner,
            new BooleanParam(
                uid, "strict", "whether fit fails where the sampled engine misses its tolerance"),
            false);
    inducingPoints =
        keep(
            owner,
            new IntParam(
                uid,
                "inducingPoints",
                "0: all training rows are conditioned on, and come to the driver; else how many"
                    + " points stand for them, while they stay where they are",
                ParamCheck.of(v -> (Integer) v >= 0)),
            0);
    inducingMethod =
        choice(
            owner,
            "inducingMethod",
            "how inducing points are chosen from a sample of the training rows: as centres of"
                + " clusters, or one by one where the others say least",
            List.of(K_MEANS, GREEDY),
            K_MEANS);
    inducingSampleRows =
        keep(
            owner,
            new IntParam(
                uid,
                "inducingSampleRows",
                "training rows, by seed, that inducing points are chosen from; at least as many as"
                    + " points",
                ParamCheck.of(v -> (Integer) v >= 1)),
            10_000);
    inducingApproximation =
        choice(
            owner,
            "inducingApproximation",
            "whether a row's own variance, which inducing points leave open, counts as noise"
                + " (fitc) or not (dtc)",
            List.of("dtc", "fitc"),
            "dtc");
  }

  private Param<String> column(Params owner, String name, String doc, String standard) {
    return column(Optional.of(owner), name, doc, standard);
  }

  private Param<String> column(Optional<Params> owner, String name, String doc, String standard) {
    return keep(owner, new Param<>(uid, name, doc), standard);
  }

  private Param<String> choice(
      Params owner, String name, String doc, List<String> accepted, String standard) {
    return choice(Optional.of(owner), name, doc, accepted, standard);
  }

  private Param<String> choice(
      Optional<Params> owner, String name, String doc, List<String> accepted, String standard) {
    return keep(
        owner,
        new Param<>(
            uid,
            name,
            doc + "; one of " + String.join(", ", accepted),
            ParamCheck.of(accepted::contains)),
        standard);
  }

  private static <T, P extends Param<T>> P keep(Params owner, P param, T standard) {
    return keep(Optional.of(owner), param, standard);
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
