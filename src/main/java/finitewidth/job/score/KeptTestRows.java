package finitewidth.job.score;

import finitewidth.data.DataRow;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.work.Checkpoint;
import finitewidth.inference.work.Fingerprint;
import finitewidth.job.console.Console;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.PredictionShape;
import finitewidth.runtime.RowPredictor;
import finitewidth.runtime.checkpoint.TaskFiles;
import finitewidth.settings.Key;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * First-order predictions of test rows in the checkpoint. A task takes what earlier runs have of
 * its rows, predicts the others, and keeps those in a file of its own: nothing passes by the
 * driver.
 */
public final class KeptTestRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String NAME = "test rows";
  private static final int KEY_BYTES = 32;

  private final TaskFiles files;
  private final PredictionShape shape;
  private final long count;
  private final double seconds;
  private final transient Console console;

  private KeptTestRows(
      TaskFiles files, PredictionShape shape, long count, double seconds, Console console) {
    this.files = files;
    this.shape = shape;
    this.count = count;
    this.seconds = seconds;
    this.console = console;
  }

  /**
   * Takes up what is kept; empty where nothing is.
   *
   * @param order to which rows are predicted; cumulants are not kept
   * @param seconds what predicting them takes
   */
  public static Optional<KeptTestRows> of(
      JavaSparkContext spark,
      Checkpoint checkpoint,
      Posterior posterior,
      Order order,
      long count,
      double seconds,
      Console console) {
    if (!checkpoint.keeps() || count == 0 || order == Order.NNGP) {
      return Optional.empty();
    }
    Optional<PredictionShape> shape = posterior.predictionShape();
    if (order == Order.CUMULANTS || shape.isEmpty()) {
      String where =
          shape.isEmpty()
              ? "the posterior is by " + posterior.engine()
              : Key.PREDICT_QUANTILES + " is set";
      console.say("checkpoint: test rows are not kept where " + where);
      return Optional.empty();
    }
    Fingerprint work = Fingerprint.of("rows").add(posterior.fingerprint()).done();
    return TaskFiles.of(checkpoint, spark, NAME, work)
        .map(files -> new KeptTestRows(files, shape.orElseThrow(), count, seconds, console));
  }

  /**
   * Predicts rows, but for those that are found.
   *
   * @param rows sorted by their numbers where some are kept
   */
  public static JavaRDD<PredictedRow> predict(
      JavaRDD<DataRow> rows,
      RowPredictor<DataRow, PredictedRow> predictor,
      Optional<KeptTestRows> kept) {
    // An Optional cannot be sent to tasks.
    return kept.map(some -> rows.mapPartitions(task -> some.predict(predictor, task)))
        .orElseGet(() -> rows.mapPartitions(predictor::predict));
  }

  /** How many rows tasks that are done have found. */
  long found() {
    return files.found();
  }

  /** Says what was found, when all rows are there. */
  public void finish() {
    // Tasks of executors that were lost have counted twice.
    long found = Math.min(count, files.found());
    if (found > 0) {
      console.say("checkpoint: found " + found + " of " + count + " " + NAME);
    }
    files.finish(seconds, (double) found / count);
  }

  private Iterator<PredictedRow> predict(
      RowPredictor<DataRow, PredictedRow> predictor, Iterator<DataRow> partition) {
    List<DataRow> rows = new ArrayList<>();
    partition.forEachRemaining(rows::add);
    if (rows.isEmpty()) {
      return Collections.emptyIterator();
    }
    Map<ByteBuffer, Prediction> known = known(rows);
    List<DataRow> missing = rows.stream().filter(row -> !known.containsKey(key(row))).toList();
    files.count(rows.size() - missing.size());
    List<PredictedRow> fresh = new ArrayList<>();
    predictor.predict(missing.iterator()).forEachRemaining(fresh::add);
    keep(missing, fresh);
    Iterator<PredictedRow> next = fresh.iterator();
    return rows.stream()
        .map(
            row ->
                Optional.ofNullable(known.get(key(row)))
                    .map(prediction -> PredictedRow.of(row, prediction))
                    .orElseGet(next::next))
        .iterator();
  }

  /** Of a row's number and features: where one of them has changed it is another row. */
  private static ByteBuffer key(DataRow row) {
    return ByteBuffer.wrap(
        Fingerprint.of("row").add(row.number()).add(row.features()).done().bytes());
  }

  private int bytes() {
    return KEY_BYTES + Double.BYTES * shape.numbers();
  }

  private Map<ByteBuffer, Prediction> known(List<DataRow> rows) {
    Map<ByteBuffer, Prediction> known = new HashMap<>();
    files.read(
        rows.get(0).number(),
        rows.get(rows.size() - 1).number(),
        bytes(),
        row -> {
          byte[] key = new byte[KEY_BYTES];
          row.get(key);
          ByteBuffer numbers = row.slice().order(ByteOrder.LITTLE_ENDIAN);
          known.put(ByteBuffer.wrap(key), shape.read(numbers.asDoubleBuffer()));
        });
    return known;
  }

  private void keep(List<DataRow> rows, List<PredictedRow> scored) {
    List<ByteBuffer> pieces = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      // A row that lacks numbers has none.
      if (scored.get(i).prediction().hasCorrection()) {
        ByteBuffer piece = ByteBuffer.allocate(bytes()).put(key(rows.get(i)));
        ByteBuffer numbers = piece.slice().order(ByteOrder.LITTLE_ENDIAN);
        shape.write(scored.get(i).prediction(), numbers.asDoubleBuffer());
        pieces.add(piece.rewind());
      }
    }
    if (!pieces.isEmpty()) {
      files.write(rows.get(0).number(), rows.get(rows.size() - 1).number(), pieces);
    }
  }
}
