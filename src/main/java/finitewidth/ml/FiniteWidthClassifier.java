package finitewidth.ml;

import finitewidth.ml.param.ClassifierParams;
import finitewidth.model.FiniteWidthModel;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;

/**
 * Bayesian classification with a network of finite width, without training it: regression on the
 * classes' codes, 1 − 1/C for the class of a row and −1/C for every other, for labels 0 … C − 1.
 *
 * <p>{@code explainParams()} says what each Param means; they have the job's names and defaults.
 */
public final class FiniteWidthClassifier
    extends FiniteWidthEstimator<FiniteWidthClassifier, FiniteWidthClassificationModel>
    implements ClassifierParams<FiniteWidthClassifier> {
  private static final long serialVersionUID = 1L;

  public FiniteWidthClassifier() {
    this(Identifiable.randomUID("finiteWidthClassifier"));
  }

  public FiniteWidthClassifier(String uid) {
    super(uid);
  }

  @Override
  boolean classifies() {
    return true;
  }

  @Override
  FiniteWidthClassificationModel model(String uid, FiniteWidthModel content) {
    return new FiniteWidthClassificationModel(uid, content);
  }

  @Override
  FiniteWidthClassifier like(String uid) {
    return new FiniteWidthClassifier(uid);
  }

  /** Reads what {@code write()} has written. */
  public static MLReader<FiniteWidthClassifier> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads an estimator. */
  public static FiniteWidthClassifier load(String path) {
    return read().load(path);
  }
}
