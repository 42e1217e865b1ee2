package finitewidth.job;

import finitewidth.data.Classes;
import finitewidth.data.TargetScaler;
import finitewidth.flow.Widths;
import finitewidth.posterior.Prediction;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of {@code predictions/}: order by order and summed, in the target's units, one number
 * for one output and an array for several.
 */
final class PredictionTable implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Widths widths;
  private final TargetScaler scaler;

  /** Null where there are none: {@code Optional} cannot be serialised. */
  private final Classes classes;

  private final DataType idType;

  PredictionTable(Widths widths, TargetScaler scaler, Optional<Classes> classes, DataType idType) {
    this.widths = widths;
    this.scaler = scaler;
    this.classes = classes.orElse(null);
    this.idType = idType;
  }

  StructType schema() {
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
    fields.add(DataTypes.createStructField("within_expansion", DataTypes.BooleanType, false));
    if (classes != null) {
      fields.add(DataTypes.createStructField("nngp_prediction", classes.type(), false));
      fields.add(DataTypes.createStructField("prediction", classes.type(), false));
    }
    return DataTypes.createStructType(fields);
  }

  Row row(ScoredRow scored) {
    Prediction prediction = scored.prediction();
    double[] nngp = prediction.nngpMean();
    double[] deltaMean = prediction.deltaMean(widths);
    double[] deltaVariance = prediction.deltaVariance(widths);
    boolean variance = prediction.hasVarianceCorrection();
    List<Object> cells = new ArrayList<>();
    cells.add(scored.id());
    if (classes == null) {
      cells.add(scored.targets().length == 0 ? null : numbers(i -> scored.targets()[i]));
    } else {
      cells.add(scored.label().isEmpty() ? null : classes.value(scored.label()));
    }
    cells.add(numbers(i -> scaler.value(i, nngp[i])));
    cells.add(numbers(i -> scaler.variance(i, prediction.nngpVariance())));
    cells.add(numbers(i -> scaler.difference(i, deltaMean[i])));
    cells.add(variance ? numbers(i -> scaler.variance(i, deltaVariance[i])) : null);
    cells.add(numbers(i -> scaler.value(i, nngp[i] + deltaMean[i])));
    cells.add(
        variance
            ? numbers(i -> scaler.variance(i, prediction.nngpVariance() + deltaVariance[i]))
            : null);
    double[] meanError = prediction.meanError(widths);
    double[] varianceError = prediction.varianceError(widths);
    cells.add(numbers(i -> scaler.difference(i, meanError[i])));
    cells.add(variance ? numbers(i -> scaler.variance(i, varianceError[i])) : null);
    cells.add(prediction.withinExpansion(widths));
    if (classes != null) {
      double[] mean = new double[nngp.length];
      Arrays.setAll(mean, i -> nngp[i] + deltaMean[i]);
      cells.add(classes.value(classes.names().get(ScoreBoard.largest(nngp))));
      cells.add(classes.value(classes.names().get(ScoreBoard.largest(mean))));
    }
    return RowFactory.create(cells.toArray());
  }

  private Object numbers(IntToDoubleFunction output) {
    int outputs = scaler.outputs();
    return outputs == 1
        ? (Object) output.applyAsDouble(0)
        : IntStream.range(0, outputs).mapToObj(output::applyAsDouble).toArray(Double[]::new);
  }
}
