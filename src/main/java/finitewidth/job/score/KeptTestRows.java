package finitewidth.job.score;

import finitewidth.data.DataRow;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.work.Checkpoint;
import finitewidth.job.console.Console;
import finitewidth.runtime.KeptRows;
import finitewidth.runtime.RowScorer;
import finitewidth.settings.Key;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Predictions of test rows in the checkpoint, where there is one. */
public final class KeptTestRows {
  private KeptTestRows() {}

  /**
   * What is kept of rows that a posterior predicts to first order; empty where nothing is kept.
   *
   * @param order to which rows are predicted; cumulants are not kept
   * @param inputs preprocessed
   * @param seconds what predicting them takes
   */
  public static Optional<KeptRows> of(
      Checkpoint checkpoint,
      Posterior posterior,
      Order order,
      JavaRDD<DataRow> inputs,
      long count,
      double seconds,
      Console console) {
    if (!checkpoint.keeps() || count == 0) {
      return Optional.empty();
    }
    if (order == Order.CUMULANTS) {
      console.say("checkpoint: test rows are not kept where " + Key.PREDICT_QUANTILES + " is set");
      return Optional.empty();
    }
    if (!KeptRows.fit(posterior, count)) {
      console.say("checkpoint: " + count + " test rows are too many to be kept");
      return Optional.empty();
    }
    return Optional.of(
        new KeptRows(
            JavaSparkContext.fromSparkContext(inputs.context()),
            checkpoint,
            posterior,
            RowsFingerprint.of(inputs),
            count,
            seconds));
  }

  /** A scorer that does not predict again what is there. */
  public static RowScorer<DataRow, ScoredRow> knowing(
      RowScorer<DataRow, ScoredRow> scorer, Optional<KeptRows> kept) {
    return kept.map(KeptRows::known)
        .map(known -> scorer.knowing(row -> known.value().of(row.number())))
        .orElse(scorer);
  }
}
