package finitewidth.inference.networks;

import finitewidth.gaussian.activations.Activations;
import finitewidth.inducing.TrainingBlock;
import finitewidth.inducing.TrainingPasses;
import finitewidth.inference.work.RandomStream;
import finitewidth.linalg.Matrix;
import finitewidth.prior.Architecture;
import finitewidth.runtime.BlockPasses;
import finitewidth.runtime.HeldRows;
import finitewidth.runtime.Parcels;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * How a leap of chains in lockstep grows with rows: seconds of the clock, and of all tasks' threads
 * wherever these run, the median of some leaps in one warm application. Rows are of eight features and one target.
 */
final class LockstepGrowth {
  private static final int FEATURES = 8;
  private static final int BLOCKS_PER_PARTITION = 32;

  private LockstepGrowth() {}

  /** Arguments: master, chains, width, activation, leaps, numbers of rows, the first to warm up. */
  public static void main(String[] arguments) {
    int chains = Integer.parseInt(arguments[1]);
    int width = Integer.parseInt(arguments[2]);
    Architecture network =
        Architecture.uniform(Activations.byName(arguments[3]).orElseThrow(), 1, 0.5, 2);
    int leaps = Integer.parseInt(arguments[4]);
    SparkConf conf =
        new SparkConf()
            .setMaster(arguments[0])
            .setAppName("growth of a leap")
            .set("spark.ui.enabled", "false");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      for (int i = 5; i < arguments.length; i++) {
        leaps(spark, network, chains, width, leaps, Long.parseLong(arguments[i]));
      }
    }
  }

  private static void leaps(
      JavaSparkContext spark, Architecture network, int chains, int width, int leaps, long rows) {
    long blocks = (rows + TrainingBlock.ROWS - 1) / TrainingBlock.ROWS;
    int partitions = (int) Math.max(2, blocks / BLOCKS_PER_PARTITION);
    JavaRDD<TrainingBlock> made =
        Parcels.parallelize(spark, LongStream.range(0, blocks).boxed().toList(), partitions)
            .map(block -> block(block, rows));
    HeldRows<TrainingBlock> held = HeldRows.of(made, "rows");
    TrainingPasses passes = new BlockPasses(held.rows(), rows, 1, "leaps");
    LockstepProblem problem =
        LockstepProblem.of(
            LockstepProblem.sums(passes, network, FEATURES), network, 0.05, Optional.empty());
    LockstepLikelihood likelihood = new LockstepLikelihood(passes, problem);
    NetworkShape shape = problem.shape(width);
    List<Position> positions =
        IntStream.range(0, chains)
            .mapToObj(
                chain -> {
                  double[] u = new double[shape.weights()];
                  new RandomStream(1, chain, 0, 0, 0).fill(u);
                  return new Position(shape, u);
                })
            .toList();
    TaskSeconds tasks = TaskSeconds.of(spark);
    double[] clock = new double[leaps];
    double[] cores = new double[leaps];
    for (int leap = -1; leap < leaps; leap++) {
      long start = System.nanoTime();
      double used = tasks.spent();
      likelihood.points(positions, Thinning.NONE);
      if (leap >= 0) {
        clock[leap] = (System.nanoTime() - start) * 1e-9;
        cores[leap] = tasks.spent() - used;
      }
    }
    held.release();
    double gradient = new Costs(rows, 1, shape).gradient() + 2.0 * rows * shape.weights();
    System.out.printf(
        Locale.ROOT,
        "| %d | %d | %.3f | %.3f | %.2f | %.1f |%n",
        rows,
        chains,
        median(clock),
        median(cores),
        1e6 * median(cores) / rows,
        chains * gradient / median(cores) * 1e-9);
  }

  /** Seconds of the processor that tasks have taken, by what executors tell. */
  private static final class TaskSeconds extends SparkListener {
    private final JavaSparkContext spark;
    private final AtomicLong nanoseconds = new AtomicLong();

    private TaskSeconds(JavaSparkContext spark) {
      this.spark = spark;
    }

    static TaskSeconds of(JavaSparkContext spark) {
      TaskSeconds all = new TaskSeconds(spark);
      spark.sc().addSparkListener(all);
      return all;
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      nanoseconds.addAndGet(end.taskMetrics().executorCpuTime());
    }

    /** Once all that has been told has come. */
    double spent() {
      try {
        spark.sc().listenerBus().waitUntilEmpty();
      } catch (TimeoutException e) {
        throw new IllegalStateException(e);
      }
      return 1e-9 * nanoseconds.get();
    }
  }

  private static double median(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static TrainingBlock block(long number, long rows) {
    int count = (int) Math.min(TrainingBlock.ROWS, rows - number * TrainingBlock.ROWS);
    RandomStream deviates = new RandomStream(2, number, 0, 0, 0);
    Matrix inputs = Matrix.zeros(count, FEATURES);
    Matrix targets = Matrix.zeros(count, 1);
    deviates.fill(inputs.data());
    deviates.fill(targets.data());
    return new TrainingBlock(number, inputs, targets);
  }
}
