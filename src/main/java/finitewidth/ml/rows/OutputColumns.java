package finitewidth.ml.rows;

import finitewidth.data.scale.TargetScaler;
import finitewidth.ml.param.ParamSet;
import finitewidth.ml.param.ParamSets;
import finitewidth.ml.param.RegressorParams;
import finitewidth.ml.param.SharedParams;
import finitewidth.posterior.ClassProbabilities;
import finitewidth.posterior.LargestOf;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import finitewidth.posterior.PredictiveDensity;
import finitewidth.prior.Widths;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * The columns that a model appends and their cells: doubles for one output, vectors for several.
 *
 * @param columns what stands in each, in order
 * @param names of the columns
 * @param classes whether predictions are classes
 * @param outputs how many there are, or {@link #SOME}
 * @param probabilities of quantiles
 */
public record OutputColumns(
    List<Content> columns,
    List<String> names,
    boolean classes,
    int outputs,
    List<Double> probabilities)
    implements Serializable {

  /** Several outputs, of which nobody knows yet how many. */
  public static final int SOME = -1;

  /** Whether there are several outputs. */
  boolean vectors() {
    return outputs != 1;
  }

  /** What a column holds. */
  public enum Content {
    RAW,
    PROBABILITY,
    PREDICTION,
    NNGP_PREDICTION,
    VARIANCE,
    DELTA_MEAN,
    STANDARD_ERROR,
    WITHIN_EXPANSION,
    QUANTILES,
    DENSITY_POSITIVE
  }

  /**
   * The columns that Params ask for.
   *
   * @param classes whether predictions are classes
   * @param outputs how many there are, or {@link #SOME}
   */
  public static OutputColumns of(SharedParams stage, boolean classes, int outputs) {
    OutputColumns columns =
        new OutputColumns(
            new ArrayList<>(),
            new ArrayList<>(),
            classes,
            outputs,
            stage instanceof RegressorParams<?> regressor
                ? Arrays.stream(regressor.getQuantileProbabilities()).boxed().toList()
                : List.of());
    ParamSet params = stage.paramSet();
    if (classes) {
      columns.add(Content.RAW, ParamSets.value(stage, params.rawPredictionCol));
      columns.add(Content.PROBABILITY, ParamSets.value(stage, params.probabilityCol));
    }
    columns.add(Content.PREDICTION, stage.getPredictionCol());
    columns.add(Content.NNGP_PREDICTION, stage.getNngpPredictionCol());
    columns.add(Content.VARIANCE, stage.getVarianceCol());
    columns.add(Content.DELTA_MEAN, stage.getDeltaMeanCol());
    columns.add(Content.STANDARD_ERROR, stage.getStandardErrorCol());
    columns.add(Content.WITHIN_EXPANSION, stage.getWithinExpansionCol());
    if (stage instanceof RegressorParams<?> regressor) {
      columns.add(Content.QUANTILES, regressor.getQuantilesCol());
      columns.add(Content.DENSITY_POSITIVE, regressor.getDensityPositiveCol());
    }
    return columns;
  }

  private void add(Content content, String name) {
    if (!name.isEmpty()) {
      columns.add(content);
      names.add(name);
    }
  }

  /**
   * A schema with these columns at its end.
   *
   * @throws IllegalArgumentException naming a column that is there already
   */
  public StructType append(StructType schema) {
    boolean sensitive = isCaseSensitive();
    StructType appended = schema;
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      for (String present : appended.fieldNames()) {
        if (sensitive ? present.equals(name) : present.equalsIgnoreCase(name)) {
          throw new IllegalArgumentException(
              "output column "
                  + name
                  + " exists already"
                  + (present.equals(name)
                      ? ""
                      : ", as " + present + ", and spark.sql.caseSensitive is off"));
        }
      }
      appended = appended.add(name, type(columns.get(i)), true, metadata(columns.get(i), name));
    }
    return appended;
  }

  private static boolean isCaseSensitive() {
    Option<SparkSession> session = SparkSession.getActiveSession();
    return session.isDefined()
        && Boolean.parseBoolean(session.get().conf().get("spark.sql.caseSensitive", "false"));
  }

  /** What stages that come later want to know: how many classes or components there are. */
  private Metadata metadata(Content content, String name) {
    if (outputs == SOME) {
      return Metadata.empty();
    }
    return switch (content) {
      case RAW, PROBABILITY -> new AttributeGroup(name, outputs).toMetadata();
      case PREDICTION, NNGP_PREDICTION ->
          classes
              ? NominalAttribute.defaultAttr().withName(name).withNumValues(outputs).toMetadata()
              : numbersMetadata(name);
      case WITHIN_EXPANSION, DENSITY_POSITIVE -> Metadata.empty();
      case QUANTILES ->
          vectors()
              ? Metadata.empty()
              : new AttributeGroup(name, probabilities.size()).toMetadata();
      case VARIANCE, DELTA_MEAN, STANDARD_ERROR -> numbersMetadata(name);
    };
  }

  private Metadata numbersMetadata(String name) {
    return vectors()
        ? new AttributeGroup(name, outputs).toMetadata()
        : NumericAttribute.defaultAttr().withName(name).toMetadata();
  }

  private DataType type(Content content) {
    return switch (content) {
      case RAW, PROBABILITY -> SQLDataTypes.VectorType();
      case PREDICTION, NNGP_PREDICTION -> classes ? DataTypes.DoubleType : numbers();
      case WITHIN_EXPANSION, DENSITY_POSITIVE -> DataTypes.BooleanType;
      case QUANTILES ->
          vectors()
              ? DataTypes.createArrayType(SQLDataTypes.VectorType(), false)
              : SQLDataTypes.VectorType();
      case VARIANCE, DELTA_MEAN, STANDARD_ERROR -> numbers();
    };
  }

  private DataType numbers() {
    return vectors() ? SQLDataTypes.VectorType() : DataTypes.DoubleType;
  }

  boolean has(Content content) {
    return columns.contains(content);
  }

  /**
   * Makes cells of predictions.
   *
   * @param widths of the hidden layers
   * @param scaler back to the label's units
   * @param noise variance in preprocessed units
   */
  public record Cells(OutputColumns columns, Widths widths, TargetScaler scaler, double noise)
      implements Serializable {

    /** The cells of a row, from {@code at} on; all null without a prediction. */
    void write(Prediction prediction, Object[] cells, int at) {
      if (prediction.isNone()) {
        return;
      }
      Predictive predictive = prediction.at(widths);
      double[] mean = predictive.mean();
      for (int c = 0; c < columns.columns().size(); c++) {
        cells[at + c] = cell(columns.columns().get(c), prediction, predictive, mean);
      }
    }

    private @Nullable Object cell(
        Content content, Prediction prediction, Predictive predictive, double[] mean) {
      boolean corrected = predictive.hasCorrection();
      return switch (content) {
        case RAW -> vector(i -> mean[i]);
        case PROBABILITY -> Vectors.dense(ClassProbabilities.of(predictive, noise));
        case PREDICTION -> prediction(mean);
        case NNGP_PREDICTION -> prediction(predictive.nngpMean());
        case VARIANCE -> numbers(variance(predictive));
        case DELTA_MEAN ->
            corrected ? number(i -> scaler.difference(i, predictive.deltaMean()[i])) : null;
        case STANDARD_ERROR -> corrected ? standardError(predictive) : null;
        case WITHIN_EXPANSION -> corrected ? (Object) predictive.trusted() : null;
        case QUANTILES -> quantiles(PredictiveDensity.latent(prediction, widths));
        case DENSITY_POSITIVE -> positive(PredictiveDensity.latent(prediction, widths));
      };
    }

    /** A vector for an output, in an array where there are several. */
    private Object quantiles(PredictiveDensity density) {
      Vector[] quantiles = new Vector[scaler.outputs()];
      for (int i = 0; i < quantiles.length; i++) {
        int output = i;
        quantiles[i] =
            Vectors.dense(
                columns.probabilities().stream()
                    .mapToDouble(p -> scaler.value(output, density.quantile(output, p)))
                    .toArray());
      }
      return columns.vectors() ? (Object) quantiles : quantiles[0];
    }

    private static @Nullable Object positive(PredictiveDensity density) {
      return density.hasCumulants() ? (Object) density.isPositive() : null;
    }

    /** In preprocessed units; empty where the correction was not asked for. */
    private static double[] variances(Predictive prediction) {
      return prediction.hasCorrection() && !prediction.hasVarianceCorrection()
          ? new double[0]
          : prediction.variance();
    }

    private double[] variance(Predictive prediction) {
      double[] variance = variances(prediction);
      for (int i = 0; i < variance.length; i++) {
        variance[i] = scaler.variance(i, variance[i]);
      }
      return variance;
    }

    private @Nullable Object numbers(double[] values) {
      return values.length == 0 ? null : number(i -> values[i]);
    }

    private Object standardError(Predictive prediction) {
      double[] error = prediction.meanError();
      return number(i -> scaler.difference(i, error[i]));
    }

    private Object prediction(double[] mean) {
      return columns.classes()
          ? (Object) (double) LargestOf.index(mean)
          : number(i -> scaler.value(i, mean[i]));
    }

    private Object number(IntToDoubleFunction output) {
      return columns.vectors() ? vector(output) : (Object) output.applyAsDouble(0);
    }

    private Object vector(IntToDoubleFunction output) {
      double[] values = new double[scaler.outputs()];
      Arrays.setAll(values, output);
      return Vectors.dense(values);
    }
  }
}
