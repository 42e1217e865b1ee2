package finitewidth.job.score;

import finitewidth.data.Classes;
import finitewidth.data.DataException;
import finitewidth.data.scale.TargetScaler;
import finitewidth.inference.Validity;
import finitewidth.job.config.Quantiles;
import finitewidth.posterior.LargestOf;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Widths;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The columns of {@code predictions/}: order by order and summed, in the target's units, one number
 * for one output and an array for several.
 */
public final class PredictionTable implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Columns that a prediction fills, without those of a classification. */
  private static final int PREDICTED = 9;

  private final Widths widths;
  private final TargetScaler scaler;

  /** Null where there are none: {@code Optional} cannot be serialised. */
  private final @Nullable Classes classes;

  private final DataType idType;

  private final StructType carried;
  private final QuantileColumns quantiles;
  private final String trusted;

  /** Makes a cell of a number for each output. */
  @FunctionalInterface
  public interface Cells {
    Object of(IntToDoubleFunction output);
  }

  /**
   * @param carried columns of the data that stand at the end
   * @param noiseVariance s², in preprocessed units
   * @param validity of the posterior that predicts
   * @throws DataException if one of them has the name of another column
   */
  public PredictionTable(
      Widths widths,
      TargetScaler scaler,
      Optional<Classes> classes,
      DataType idType,
      StructType carried,
      Quantiles quantiles,
      double noiseVariance,
      Validity validity) {
    trusted = validity.column();
    this.widths = widths;
    this.scaler = scaler;
    this.classes = classes.orElse(null);
    this.idType = idType;
    this.carried = carried;
    this.quantiles = new QuantileColumns(quantiles, widths, scaler, noiseVariance);
    Set<String> names = new HashSet<>();
    for (StructField field : fields()) {
      String name = field.name();
      if (!names.add(name)) {
        throw new DataException(
            "column \""
                + name
                + "\" of the data has the name of a column of the predictions; leave it out of"
                + " predict.columns");
      }
    }
  }

  public StructType schema() {
    return DataTypes.createStructType(fields());
  }

  private List<StructField> fields() {
    DataType number =
        scaler.outputs() == 1
            ? DataTypes.DoubleType
            : DataTypes.createArrayType(DataTypes.DoubleType, false);
    List<StructField> fields = new ArrayList<>();
    fields.add(DataTypes.createStructField("id", idType, false));
    fields.add(
        classes == null
            ? DataTypes.createStructField("target", number, true)
            : DataTypes.createStructField("label", classes.type(), true));
    for (String name : List.of("nngp_mean", "nngp_variance", "delta_mean", "delta_variance")) {
      fields.add(DataTypes.createStructField(name, number, true));
    }
    for (String name : List.of("mean", "variance", "standard_error", "variance_standard_error")) {
      fields.add(DataTypes.createStructField(name, number, true));
    }
    fields.add(DataTypes.createStructField(trusted, DataTypes.BooleanType, true));
    fields.addAll(quantiles.fields(number));
    if (classes != null) {
      fields.add(DataTypes.createStructField("nngp_prediction", classes.type(), true));
      fields.add(DataTypes.createStructField("prediction", classes.type(), true));
    }
    fields.addAll(List.of(carried.fields()));
    return fields;
  }

  public Row row(PredictedRow scored) {
    Prediction prediction = scored.prediction();
    List<Object> cells = new ArrayList<>();
    cells.add(scored.id());
    if (classes == null) {
      cells.add(scored.targets().length == 0 ? null : numbers(i -> scored.targets()[i]));
    } else {
      cells.add(scored.label().isEmpty() ? null : classes.value(scored.label()));
    }
    if (prediction.isNone()) {
      cells.addAll(Collections.nCopies(PREDICTED, null));
      cells.addAll(quantiles.none());
      cells.addAll(Collections.nCopies(classes == null ? 0 : 2, null));
    } else {
      predict(prediction, cells);
    }
    cells.addAll(Arrays.asList(scored.carried()));
    return RowFactory.create(cells.toArray());
  }

  /** To the order there is: what is not known is null, and the sums go as far as they can. */
  private void predict(Prediction prediction, List<Object> cells) {
    Predictive predictive = prediction.at(widths);
    boolean corrected = predictive.hasCorrection();
    boolean variance = !corrected || predictive.hasVarianceCorrection();
    double[] nngp = predictive.nngpMean();
    double[] mean = predictive.mean();
    double[] variances = predictive.variance();
    cells.add(numbers(i -> scaler.value(i, nngp[i])));
    cells.add(numbers(i -> scaler.variance(i, predictive.nngpVariance())));
    cells.add(corrected ? numbers(i -> scaler.difference(i, predictive.deltaMean()[i])) : null);
    cells.add(
        predictive.hasVarianceCorrection()
            ? numbers(i -> scaler.variance(i, predictive.deltaVariance()[i]))
            : null);
    cells.add(numbers(i -> scaler.value(i, mean[i])));
    cells.add(variance ? numbers(i -> scaler.variance(i, variances[i])) : null);
    cells.add(corrected ? numbers(i -> scaler.difference(i, predictive.meanError()[i])) : null);
    cells.add(
        predictive.hasVarianceCorrection()
            ? numbers(i -> scaler.variance(i, predictive.varianceError()[i]))
            : null);
    cells.add(corrected ? (Object) predictive.trusted() : null);
    cells.addAll(quantiles.cells(prediction, this::numbers));
    if (classes != null) {
      cells.add(classes.value(classes.names().get(LargestOf.index(nngp))));
      cells.add(classes.value(classes.names().get(LargestOf.index(mean))));
    }
  }

  private Object numbers(IntToDoubleFunction output) {
    int outputs = scaler.outputs();
    return outputs == 1
        ? (Object) output.applyAsDouble(0)
        : IntStream.range(0, outputs).mapToObj(output::applyAsDouble).toArray(Double[]::new);
  }
}
