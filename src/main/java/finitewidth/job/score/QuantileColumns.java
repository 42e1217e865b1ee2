package finitewidth.job.score;

import finitewidth.data.scale.TargetScaler;
import finitewidth.job.config.Quantiles;
import finitewidth.posterior.Cumulants;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.PredictiveDensity;
import finitewidth.prior.Widths;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * The columns of {@code predictions/} that quantiles ask for: third and fourth cumulant, the
 * quantiles by Cornish and Fisher's form of first order, and whether the Edgeworth density behind
 * them is nowhere negative; the cumulants with standard errors, 0 where the contraction was exact.
 * Rows at order 0 have the Gaussian's quantiles and no cumulants.
 */
public final class QuantileColumns implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final List<String> CUMULANTS = List.of("third_cumulant", "fourth_cumulant");

  private final List<Double> probabilities;
  private final Widths widths;
  private final TargetScaler scaler;
  private final boolean targets;
  private final double noise;

  /**
   * @param noiseVariance s², in preprocessed units
   */
  public QuantileColumns(
      Quantiles quantiles, Widths widths, TargetScaler scaler, double noiseVariance) {
    probabilities = new ArrayList<>(quantiles.probabilities());
    this.widths = widths;
    this.scaler = scaler;
    targets = quantiles.of() == Quantiles.Of.TARGET;
    noise = noiseVariance;
  }

  /**
   * @param number the type of a number for each output
   */
  List<StructField> fields(DataType number) {
    if (probabilities.isEmpty()) {
      return List.of();
    }
    List<StructField> fields = new ArrayList<>();
    for (String name : CUMULANTS) {
      fields.add(DataTypes.createStructField(name, number, true));
    }
    for (double p : probabilities) {
      fields.add(DataTypes.createStructField("quantile_" + p, number, true));
    }
    fields.add(DataTypes.createStructField("density_positive", DataTypes.BooleanType, true));
    for (String name : CUMULANTS) {
      fields.add(DataTypes.createStructField(name + "_standard_error", number, true));
    }
    return fields;
  }

  /** The cells of a row that could not be predicted. */
  List<Object> none() {
    return Collections.nCopies(fields(DataTypes.DoubleType).size(), null);
  }

  /** The cells of a row. */
  public List<Object> cells(Prediction prediction, PredictionTable.Cells numbers) {
    if (probabilities.isEmpty()) {
      return List.of();
    }
    PredictiveDensity density =
        targets
            ? PredictiveDensity.target(prediction, widths, noise)
            : PredictiveDensity.latent(prediction, widths);
    Cumulants cumulants = prediction.cumulants();
    boolean known = density.hasCumulants();
    List<Object> cells = new ArrayList<>();
    cells.add(known ? numbers.of(i -> scaled(i, 3, density.third(i))) : null);
    cells.add(known ? numbers.of(i -> scaled(i, 4, density.fourth(i))) : null);
    for (double p : probabilities) {
      cells.add(numbers.of(i -> scaler.value(i, density.quantile(i, p))));
    }
    cells.add(known ? (Object) density.isPositive() : null);
    boolean errors = !cumulants.isNone();
    cells.add(errors ? numbers.of(i -> scaled(i, 3, cumulants.thirdError(widths, i))) : null);
    cells.add(errors ? numbers.of(i -> scaled(i, 4, cumulants.fourthError(widths))) : null);
    return cells;
  }

  /** A cumulant of that order in the target's units. */
  private double scaled(int i, int order, double cumulant) {
    return Math.pow(scaler.deviation(i), order) * cumulant;
  }
}
