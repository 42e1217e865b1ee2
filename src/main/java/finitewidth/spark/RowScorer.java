package finitewidth.spark;

import finitewidth.posterior.CorrectedPosterior;
import finitewidth.posterior.Prediction;
import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;
import org.apache.spark.broadcast.Broadcast;

/**
 * Scores rows where they are, with a posterior that was broadcast. Each row is scored on its own,
 * so results do not depend on how rows are spread.
 *
 * @param <T> what a row is
 * @param <U> what becomes of it
 */
public final class RowScorer<T, U> implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The preprocessed features of a row. */
  @FunctionalInterface
  public interface Features<T> extends Serializable {
    double[] of(T row);
  }

  /** What becomes of a row and its prediction. */
  @FunctionalInterface
  public interface Result<T, U> extends BiFunction<T, Prediction, U>, Serializable {}

  private final Broadcast<CorrectedPosterior> posterior;
  private final Features<T> features;
  private final Result<T, U> result;

  public RowScorer(
      Broadcast<CorrectedPosterior> posterior, Features<T> features, Result<T, U> result) {
    this.posterior = posterior;
    this.features = features;
    this.result = result;
  }

  /** The results of a partition's rows, in their order, computed as they are asked for. */
  public Iterator<U> score(Iterator<T> rows) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    CorrectedPosterior.Predictor predictor = posterior.value().predictor();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public U next() {
        if (!rows.hasNext()) {
          throw new NoSuchElementException();
        }
        T row = rows.next();
        return result.apply(row, predictor.predict(features.of(row)));
      }
    };
  }
}
