package finitewidth.ml;

import finitewidth.data.read.TrainingBlocks;
import finitewidth.ml.param.NetworkParams;
import finitewidth.ml.param.ParamSet;
import finitewidth.ml.param.TrainingSetters;
import finitewidth.ml.rows.OutputColumns;
import finitewidth.ml.rows.TrainingRows;
import finitewidth.ml.rows.VectorColumns;
import finitewidth.model.FiniteWidthModel;
import finitewidth.runtime.Parcels;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * What the regressor and the classifier share: training rows come to the driver, unless inducing
 * points stand for them; the contraction is spread over the executors; and the same rows give the
 * same bits in whatever order they come.
 *
 * @param <E> the estimator itself
 * @param <M> its models
 */
public abstract class FiniteWidthEstimator<
        E extends FiniteWidthEstimator<E, M>, M extends FiniteWidthPredictionModel<M>>
    extends Estimator<M> implements TrainingSetters<E>, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final ParamSet params;

  FiniteWidthEstimator(String uid) {
    this.uid = uid;
    params = new ParamSet(this, classifies());
  }

  @Override
  public final String uid() {
    return uid;
  }

  @Override
  public final ParamSet paramSet() {
    return params;
  }

  abstract boolean classifies();

  abstract M model(String sameUid, FiniteWidthModel content);

  /** An estimator without settings. */
  abstract E like(String sameUid);

  /**
   * {@inheritDoc}
   *
   * @throws finitewidth.data.DataException naming a row or column that cannot be trained on
   * @throws finitewidth.linalg.NumericsException if the kernel is not positive definite, naming the
   *     row, or the sampled engine misses its tolerance and {@code strict} is set
   */
  @Override
  public final M fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    Parcels.check();
    Fitting.Fitted fitted = fitted(dataset);
    M model = copyValues(model(uid, fitted.model()), new ParamMap());
    model.setParent(this);
    model.withSummary(fitted.summary());
    return model;
  }

  private Fitting.Fitted fitted(Dataset<?> dataset) {
    TrainingRows rows = new TrainingRows(this, classifies());
    Fitting fitting = new Fitting(this, dataset.sparkSession());
    if (getInducingPoints() == 0) {
      return fitting.fit(rows.collect(dataset));
    }
    try (TrainingBlocks blocks = rows.distribute(dataset)) {
      return fitting.fit(blocks);
    }
  }

  @Override
  public final StructType transformSchema(StructType schema) {
    VectorColumns.require(schema, getFeaturesCol());
    boolean vectors = classifies() || VectorColumns.isVector(TrainingRows.label(this, schema));
    if (classifies() && VectorColumns.isVector(TrainingRows.label(this, schema))) {
      throw new IllegalArgumentException(
          "column " + getLabelCol() + " is a vector; a classifier learns one number, the class");
    }
    NetworkParams.check(this);
    return OutputColumns.of(this, classifies(), vectors ? OutputColumns.SOME : 1).append(schema);
  }

  @Override
  public final E copy(ParamMap extra) {
    return copyValues(like(uid), extra);
  }

  @Override
  public final MLWriter write() {
    return new StageWriter((spark, path) -> DefaultParamsWriter.saveMetadata(this, path, spark));
  }
}
