package finitewidth.runtime;

import finitewidth.inference.work.Checkpoint;
import finitewidth.inference.work.Messages;
import finitewidth.inference.work.Runtime;
import finitewidth.inference.work.Shared;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.network.util.JavaUtils;

/** Executors of a Spark application. */
public final class SparkRuntime implements Runtime {
  private static final String RESULT_LIMIT = "spark.driver.maxResultSize";

  private final JavaSparkContext spark;
  private final Checkpoint checkpoint;
  private final Messages messages;

  /**
   * @param checkpoint keeps what is finished
   */
  public SparkRuntime(JavaSparkContext spark, Checkpoint checkpoint, Messages messages) {
    this.spark = spark;
    this.checkpoint = checkpoint;
    this.messages = messages;
  }

  /** Keeps nothing and says nothing. */
  public static SparkRuntime of(JavaSparkContext spark) {
    return new SparkRuntime(spark, Checkpoint.none(), Messages.none());
  }

  /** What it runs on. */
  public JavaSparkContext spark() {
    return spark;
  }

  @Override
  public int cores() {
    return spark.defaultParallelism();
  }

  /** Half of what Spark lets a driver receive. */
  @Override
  public long resultBytes() {
    long limit = resultLimit(spark);
    return limit > 0 ? limit / 2 : Long.MAX_VALUE;
  }

  /** What Spark lets a driver receive from the tasks of one job, in bytes; 0 for any amount. */
  public static long resultLimit(JavaSparkContext spark) {
    return JavaUtils.byteStringAsBytes(spark.getConf().get(RESULT_LIMIT, "1g"));
  }

  @Override
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  @Override
  public Messages messages() {
    return messages;
  }

  @Override
  public <T> Shared<T> share(T value) {
    return SharedParcel.of(spark, value);
  }

  @Override
  public <P, R> void run(
      Name name, List<P> pieces, int tasks, Task<P, R> task, Consumer<R> whenDone) {
    if (pieces.isEmpty()) {
      return;
    }
    try (JobNames names = JobNames.of(spark, name.whole())) {
      PartitionJob.run(
          Parcels.parallelize(spark, pieces, Math.min(tasks, pieces.size())).setName(name.pieces()),
          task::of,
          whenDone);
    }
  }
}
