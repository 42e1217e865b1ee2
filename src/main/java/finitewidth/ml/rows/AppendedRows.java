package finitewidth.ml.rows;

import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.Prediction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a partition with the cells of predictions at their end. Nothing is predicted before a
 * cell is asked for; then it is for a whole block of rows, which are read ahead. Results do not
 * depend on where blocks begin, see {@link BlockPredictor}.
 */
public final class AppendedRows implements Iterator<Row> {
  /** Rows held at once, those that cannot be predicted included. */
  private static final int LONGEST = 1 << 14;

  private final Iterator<Row> rows;
  private final InputRows input;
  private final OutputColumns.Cells cells;
  private final Supplier<BlockPredictor> predictors;

  /** Read, and not yet handed out. */
  private final Queue<Appended> ahead = new ArrayDeque<>();

  /** Made when there is something to predict. */
  private final List<BlockPredictor> predictor = new ArrayList<>(1);

  /**
   * @param rows without those that are to be left out
   * @param predictors makes one for this thread
   */
  public AppendedRows(
      Iterator<Row> rows,
      InputRows input,
      OutputColumns.Cells cells,
      Supplier<BlockPredictor> predictors) {
    this.rows = rows;
    this.input = input;
    this.cells = cells;
    this.predictors = predictors;
  }

  @Override
  public boolean hasNext() {
    return !ahead.isEmpty() || rows.hasNext();
  }

  @Override
  public Row next() {
    return ahead.isEmpty() ? new Appended(rows.next()) : ahead.remove();
  }

  /** Predicts a row, and with it those that come next. */
  private void predict(Appended first) {
    List<Appended> block = new ArrayList<>();
    List<double[]> whole = new ArrayList<>();
    add(first, block, whole);
    for (Appended next : ahead) {
      if (next.appended == null && isOpen(block, whole)) {
        add(next, block, whole);
      }
    }
    while (isOpen(block, whole) && rows.hasNext()) {
      Appended next = new Appended(rows.next());
      ahead.add(next);
      add(next, block, whole);
    }
    if (!whole.isEmpty()) {
      Iterator<Prediction> predictions =
          predictor().predict(whole.toArray(double[][]::new)).iterator();
      block.forEach(row -> row.take(predictions.next()));
    }
  }

  private boolean isOpen(List<Appended> block, List<double[]> whole) {
    return ahead.size() < LONGEST && (whole.isEmpty() || block.size() < predictor().blockRows());
  }

  /** Rows that cannot be predicted are done at once. */
  private void add(Appended row, List<Appended> block, List<double[]> whole) {
    double[] inputs = input.inputs(row.row);
    if (inputs.length == 0) {
      row.take(Prediction.none());
    } else {
      block.add(row);
      whole.add(inputs);
    }
  }

  private BlockPredictor predictor() {
    if (predictor.isEmpty()) {
      predictor.add(predictors.get());
    }
    return predictor.get(0);
  }

  /** A row that knows its predictions as soon as one is asked for. */
  @SuppressWarnings("serial") // Spark takes its cells out where it was made
  private final class Appended implements Row {
    private final Row row;

    /** Null as long as nobody has asked. */
    private Object @Nullable [] appended;

    Appended(Row row) {
      this.row = row;
    }

    void take(Prediction prediction) {
      Object[] own = new Object[cells.columns().columns().size()];
      cells.write(prediction, own, 0);
      appended = own;
    }

    @Override
    public int length() {
      return row.length() + cells.columns().columns().size();
    }

    @Override
    public Object get(int i) {
      if (i < row.length()) {
        return row.get(i);
      }
      if (appended == null) {
        predict(this);
      }
      return Objects.requireNonNull(appended)[i - row.length()];
    }

    @Override
    public Row copy() {
      Object[] all = new Object[length()];
      for (int i = 0; i < all.length; i++) {
        all[i] = get(i);
      }
      return RowFactory.create(all);
    }
  }
}
