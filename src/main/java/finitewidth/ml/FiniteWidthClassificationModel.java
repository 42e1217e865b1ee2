package finitewidth.ml;

import finitewidth.ml.param.ClassifierParams;
import finitewidth.model.FiniteWidthModel;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;

/**
 * A model for classification: the posterior of a network of finite width with one output for each
 * class, whose target is 1 − 1/C for the class of a row and −1/C for every other; the class with
 * the largest mean is predicted.
 */
public final class FiniteWidthClassificationModel
    extends FiniteWidthPredictionModel<FiniteWidthClassificationModel>
    implements ClassifierParams<FiniteWidthClassificationModel> {
  private static final long serialVersionUID = 1L;

  /** A model of nothing, by which a server of Spark Connect knows the class. */
  public FiniteWidthClassificationModel() {
    super("", null, null);
  }

  /** A model of what was fitted. */
  public FiniteWidthClassificationModel(FiniteWidthModel content) {
    this(Identifiable.randomUID("finiteWidthClassification"), content);
  }

  FiniteWidthClassificationModel(String uid, FiniteWidthModel content) {
    this(uid, content, new SharedPosterior(content.posterior()));
  }

  private FiniteWidthClassificationModel(
      String uid, FiniteWidthModel content, SharedPosterior shared) {
    super(uid, content, shared);
  }

  @Override
  FiniteWidthClassificationModel like(
      String uid, FiniteWidthModel content, SharedPosterior shared) {
    return new FiniteWidthClassificationModel(uid, content, shared);
  }

  @Override
  boolean classifies() {
    return true;
  }

  /** Reads what {@code write()} or the job's {@code fit} has written. */
  public static MLReader<FiniteWidthClassificationModel> read() {
    return new ModelReader<>(
        FiniteWidthClassificationModel.class, FiniteWidthClassificationModel::new);
  }

  /**
   * Loads a model.
   *
   * @throws finitewidth.model.ModelException if there is none, or it is newer than this version,
   *     incomplete or damaged
   */
  public static FiniteWidthClassificationModel load(String path) {
    return read().load(path);
  }
}
