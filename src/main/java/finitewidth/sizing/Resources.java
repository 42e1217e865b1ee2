package finitewidth.sizing;

import finitewidth.runtime.SparkRuntime;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.network.util.JavaUtils;

/**
 * What a job has to compute with.
 *
 * @param cores that compute at the same time, over all executors
 * @param executors JVMs that compute, beside the driver; 1 where the driver does
 * @param tasksPerExecutor that run at the same time in one of them
 * @param driverHeap bytes
 * @param executorHeap bytes of each; that of the driver where it computes itself
 * @param local whether the driver computes itself
 * @param resultLimit bytes that the driver may receive from the tasks of one job; 0 for any amount
 */
public record Resources(
    int cores,
    int executors,
    int tasksPerExecutor,
    long driverHeap,
    long executorHeap,
    boolean local,
    long resultLimit) {

  /** Below, Spark does not start: 300 MB of its own, times one and a half. */
  public static final long LEAST_HEAP = 450L << 20;

  /** One JVM that does everything. */
  public static Resources local(int cores, long heap) {
    return new Resources(cores, 1, cores, heap, heap, true, 0);
  }

  /** What a running context has, as far as its executors have come so far. */
  public static Resources of(JavaSparkContext spark) {
    int cores = spark.defaultParallelism();
    long heap = Runtime.getRuntime().maxMemory();
    long limit = SparkRuntime.resultLimit(spark);
    if (spark.isLocal()) {
      return new Resources(cores, 1, cores, heap, heap, true, limit);
    }
    SparkConf conf = spark.getConf();
    int present = spark.sc().getExecutorMemoryStatus().size() - 1;
    int executors = Math.max(1, Math.max(present, conf.getInt("spark.executor.instances", 1)));
    int tasks =
        conf.contains("spark.executor.cores")
            ? conf.getInt("spark.executor.cores", 1) / conf.getInt("spark.task.cpus", 1)
            : (cores + executors - 1) / executors;
    return new Resources(
        cores,
        executors,
        Math.max(1, tasks),
        heap,
        JavaUtils.byteStringAsBytes(conf.get("spark.executor.memory", "1g")),
        false,
        limit);
  }
}
