package finitewidth.runtime;

import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.work.Shared;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.Prediction;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.BiFunction;

/**
 * Predicts rows where they are, in blocks, with a posterior that was broadcast. Results do not
 * depend on how rows are spread, see {@link BlockPredictor}.
 *
 * @param <T> what a row is
 * @param <U> what becomes of it
 */
public final class RowPredictor<T, U> implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The preprocessed features of a row; empty for a row that cannot be predicted. */
  @FunctionalInterface
  public interface Features<T> extends Serializable {
    double[] of(T row);
  }

  /** What becomes of a row and its prediction, {@link Prediction#none} where it had no features. */
  @FunctionalInterface
  public interface Result<T, U> extends BiFunction<T, Prediction, U>, Serializable {}

  private final Shared<? extends Posterior> posterior;
  private final Order order;
  private final Features<T> features;
  private final Result<T, U> result;

  public RowPredictor(
      Shared<? extends Posterior> posterior,
      Order order,
      Features<T> features,
      Result<T, U> result) {
    this.posterior = posterior;
    this.order = order;
    this.features = features;
    this.result = result;
  }

  /** The results of a partition's rows, in their order, computed as they are asked for. */
  public Iterator<U> predict(Iterator<T> rows) {
    return new Predicted(rows);
  }

  private final class Predicted implements Iterator<U> {
    private final Iterator<T> rows;
    private final Queue<U> ready = new ArrayDeque<>();

    /** Made when there is something to predict; an empty partition costs nothing. */
    private final List<BlockPredictor> predictor = new ArrayList<>(1);

    Predicted(Iterator<T> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      return !ready.isEmpty() || rows.hasNext();
    }

    @Override
    public U next() {
      if (ready.isEmpty()) {
        fill();
      }
      if (ready.isEmpty()) {
        throw new NoSuchElementException();
      }
      return ready.remove();
    }

    private void fill() {
      List<T> block = new ArrayList<>();
      List<double[]> inputs = new ArrayList<>();
      List<double[]> whole = new ArrayList<>();
      // A block ends where it is full of rows to predict, or is too long with others between them.
      while (rows.hasNext()
          && (block.isEmpty()
              || ((whole.isEmpty() || whole.size() < predictor().blockRows())
                  && block.size() < LONGEST))) {
        block.add(rows.next());
        inputs.add(features.of(block.get(block.size() - 1)));
        if (inputs.get(block.size() - 1).length > 0) {
          whole.add(inputs.get(block.size() - 1));
        }
      }
      Iterator<Prediction> predictions =
          whole.isEmpty()
              ? List.<Prediction>of().iterator()
              : predictor().predict(whole.toArray(double[][]::new)).iterator();
      for (int i = 0; i < block.size(); i++) {
        ready.add(
            result.apply(
                block.get(i), inputs.get(i).length > 0 ? predictions.next() : Prediction.none()));
      }
    }

    private BlockPredictor predictor() {
      if (predictor.isEmpty()) {
        predictor.add(posterior.value().predictor(order));
      }
      return predictor.get(0);
    }
  }

  /** Rows held at once, those that cannot be predicted included. */
  private static final int LONGEST = 1 << 14;
}
