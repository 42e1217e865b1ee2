package finitewidth.job.engine;

import finitewidth.data.DataRow;
import finitewidth.inference.FittedPosterior;
import finitewidth.inference.montecarlo.DrawnCumulants;
import finitewidth.inference.montecarlo.DrawnPosterior;
import finitewidth.inference.montecarlo.RowBlock;
import finitewidth.job.console.Console;
import finitewidth.job.score.ScoredRow;
import finitewidth.posterior.Cumulants;
import finitewidth.posterior.Prediction;
import finitewidth.runtime.EngineCost;
import finitewidth.runtime.Parcels;
import finitewidth.runtime.ScoringJob;
import finitewidth.runtime.Shared;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Adds cumulants to rows that a fit has predicted already. */
public final class DrawnCumulantRows {
  private DrawnCumulantRows() {}

  private record Known(DataRow row, Prediction prediction) implements Serializable {}

  /**
   * The scored rows, computed where they are asked for.
   *
   * @param drawn a {@link DrawnPosterior}
   */
  static JavaRDD<ScoredRow> of(
      JavaSparkContext spark,
      Shared<FittedPosterior> drawn,
      List<DataRow> rows,
      List<Prediction> predictions) {
    List<Known> known = new ArrayList<>();
    for (int x = 0; x < rows.size(); x++) {
      known.add(new Known(rows.get(x), predictions.get(x)));
    }
    int tasks = ScoringJob.blockPartitions(spark.defaultParallelism(), rows.size(), RowBlock.ROWS);
    return Parcels.parallelize(spark, known, tasks)
        .mapPartitions(part -> new Blocks((DrawnPosterior) drawn.value(), part));
  }

  /** The rows of a task, a block at a time. */
  private static final class Blocks implements Iterator<ScoredRow> {
    private final DrawnPosterior drawn;
    private final Iterator<Known> rows;
    private Iterator<ScoredRow> ready = List.<ScoredRow>of().iterator();

    /** Made when there is something to do; an empty task costs nothing. */
    private final List<DrawnCumulants> worker = new ArrayList<>(1);

    Blocks(DrawnPosterior drawn, Iterator<Known> rows) {
      this.drawn = drawn;
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      return ready.hasNext() || rows.hasNext();
    }

    @Override
    public ScoredRow next() {
      if (!ready.hasNext()) {
        List<Known> block = new ArrayList<>();
        while (rows.hasNext() && block.size() < RowBlock.ROWS) {
          block.add(rows.next());
        }
        ready = scored(block).iterator();
      }
      return ready.next();
    }

    private List<ScoredRow> scored(List<Known> block) {
      if (block.isEmpty()) {
        return List.of();
      }
      if (worker.isEmpty()) {
        worker.add(drawn.cumulants());
      }
      double[][] features = new double[block.size()][];
      Arrays.setAll(features, x -> block.get(x).row().features());
      List<Cumulants> cumulants = worker.get(0).of(features);
      List<ScoredRow> scored = new ArrayList<>();
      for (int x = 0; x < block.size(); x++) {
        Known known = block.get(x);
        scored.add(ScoredRow.of(known.row(), known.prediction().with(cumulants.get(x))));
      }
      return scored;
    }
  }

  /** Says beforehand what cumulants from draws cost. */
  public static void announce(DrawnPosterior drawn, long rows, Console console) {
    console.say(
        String.format(
            Locale.ROOT,
            "cumulants of %s from draws by layer %s: about %.0f core seconds",
            Console.count(rows, "row"),
            Arrays.toString(DrawnCumulants.draws(drawn)),
            Math.ceil(EngineCost.seconds(DrawnCumulants.operations(drawn, rows)))));
  }
}
