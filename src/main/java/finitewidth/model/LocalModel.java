package finitewidth.model;

import finitewidth.PredictedArrays;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.RowPredictions;
import finitewidth.inference.work.Runtime;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Widths;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * A saved model that predicts rows in this process, without Spark, with the bits of the job's
 * {@code predict}. Any number of threads may ask it at once.
 *
 * <p>Rows are raw: as many numbers as {@link #featureNames()}, in that order. Predictions are in
 * the target's units.
 */
public final class LocalModel {
  private final FiniteWidthModel content;
  private final Widths widths;
  private final Order order;

  /** Predictors that no thread uses now; each is for one thread at a time. */
  private final Queue<BlockPredictor> idle = new ConcurrentLinkedQueue<>();

  private LocalModel(FiniteWidthModel content, Widths widths, Order order) {
    this.content = content;
    this.widths = widths;
    this.order = order;
  }

  /**
   * Reads what the job's {@code fit}, or a spark.ml model, has written to a disk of this machine.
   *
   * @throws ModelException if there is none, or it is newer than this version, incomplete or
   *     damaged
   */
  public static LocalModel load(Path directory) {
    return of(ModelReading.read(new LocalDirectory(directory), directory.toString()).content());
  }

  /** Reads a model, as {@link #load(Path)}. */
  public static LocalModel load(String directory) {
    return load(Path.of(directory));
  }

  private static LocalModel of(FiniteWidthModel content) {
    boolean infinite = content.posterior().logEvidence().isOrderZero();
    return new LocalModel(content, content.widths(), infinite ? Order.NNGP : Order.CORRECTED);
  }

  /**
   * The same model read at other widths.
   *
   * @throws IllegalArgumentException if they are not one for each hidden layer
   */
  public LocalModel at(Widths others) {
    int layers = content.widths().hiddenLayers();
    if (others.hiddenLayers() != layers) {
      throw new IllegalArgumentException(
          "widths " + others + ", but the model has " + layers + " hidden layers");
    }
    return new LocalModel(content, others, order);
  }

  /** The same model at infinite width alone: much cheaper. */
  public LocalModel uncorrected() {
    return new LocalModel(content, widths, Order.NNGP);
  }

  /**
   * The same model with quantiles, which cost more.
   *
   * @throws IllegalStateException if none are known of it
   */
  public LocalModel withQuantiles() {
    Order scored =
        content
            .posterior()
            .quantiles()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "no quantiles are known of a model by " + content.posterior().engine()));
    return new LocalModel(content, widths, order == Order.NNGP ? order : scored);
  }

  /**
   * Predicts one row, on the thread that asks.
   *
   * @throws IllegalArgumentException if it has not as many numbers as there are features, or one
   *     that is not finite
   */
  public LocalPrediction predict(double[] row) {
    return predict(new double[][] {row}).get(0);
  }

  /**
   * Predicts rows, on the thread that asks.
   *
   * @throws IllegalArgumentException naming a row that has not as many numbers as there are
   *     features, or one that is not finite
   */
  public List<LocalPrediction> predict(double[][] rows) {
    double[][] inputs = inputs(rows);
    BlockPredictor taken = idle.poll();
    BlockPredictor predictor = taken == null ? content.posterior().predictor(order) : taken;
    List<Prediction> predictions = new ArrayList<>(inputs.length);
    int block = predictor.blockRows();
    for (int from = 0; from < inputs.length; from += block) {
      int to = Math.min(inputs.length, from + block);
      predictions.addAll(predictor.predict(Arrays.copyOfRange(inputs, from, to)));
    }
    // One that has failed is not used again.
    idle.add(predictor);
    return read(predictions);
  }

  /**
   * Predicts rows on threads of a runtime, such as those of {@code LocalRuntime.allCores()}.
   *
   * @throws IllegalArgumentException as {@link #predict(double[][])}
   */
  public List<LocalPrediction> predict(double[][] rows, Runtime runtime) {
    return read(RowPredictions.of(runtime, content.posterior(), order, inputs(rows)));
  }

  /**
   * Predicts rows on threads of a runtime, as arrays rows × outputs in the target's units.
   *
   * @throws IllegalArgumentException as {@link #predict(double[][])}
   */
  public PredictedArrays arrays(double[][] rows, Runtime runtime) {
    List<LocalPrediction> predictions = predict(rows, runtime);
    boolean[] trusted = new boolean[predictions.size()];
    for (int i = 0; i < trusted.length; i++) {
      trusted[i] = predictions.get(i).isTrusted();
    }
    return new PredictedArrays(
        arrays(predictions, LocalPrediction::mean),
        arrays(predictions, LocalPrediction::variance),
        arrays(predictions, LocalPrediction::nngpMean),
        arrays(predictions, LocalPrediction::deltaMean),
        arrays(predictions, LocalPrediction::deltaVariance),
        arrays(predictions, LocalPrediction::meanError),
        arrays(predictions, LocalPrediction::varianceError),
        trusted);
  }

  /**
   * The probability of each class, rows × classes; rows are empty for a regression.
   *
   * @throws IllegalArgumentException as {@link #predict(double[][])}
   */
  public double[][] classProbabilities(double[][] rows, Runtime runtime) {
    return arrays(predict(rows, runtime), LocalPrediction::probabilities);
  }

  private static double[][] arrays(
      List<LocalPrediction> rows, Function<LocalPrediction, double[]> column) {
    return rows.stream().map(column).toArray(double[][]::new);
  }

  private List<LocalPrediction> read(List<Prediction> predictions) {
    return predictions.stream()
        .map(prediction -> new LocalPrediction(content, prediction, widths))
        .toList();
  }

  private double[][] inputs(double[][] rows) {
    double[][] inputs = new double[rows.length][];
    for (int x = 0; x < rows.length; x++) {
      double[] row = rows[x];
      if (row.length != content.features()) {
        throw new IllegalArgumentException(
            "row " + x + " has " + row.length + " features, not " + content.features());
      }
      for (int j = 0; j < row.length; j++) {
        if (!Double.isFinite(row[j])) {
          throw new IllegalArgumentException(
              "row " + x + " has " + row[j] + " for " + content.featureNames().get(j));
        }
      }
      inputs[x] = content.preprocessing().features().forward(row);
    }
    return inputs;
  }

  /** One name for each number of a row. */
  public List<String> featureNames() {
    return content.featureNames();
  }

  /** One name for each output: targets, or classes. */
  public List<String> outputNames() {
    return content.outputNames();
  }

  /** The classes in order; empty for a regression. */
  public List<String> classNames() {
    return content.classNames();
  }

  /** Those that predictions are read at. */
  public Widths widths() {
    return widths;
  }

  /** The log evidence of the scaled training targets, in nats, to be read at widths. */
  public LogEvidence logEvidence() {
    return content.posterior().logEvidence();
  }

  /** The posterior itself, in preprocessed units. */
  public Posterior posterior() {
    return content.posterior();
  }
}
