package finitewidth.runtime;

import finitewidth.linalg.Blas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * Which BLAS the executors have loaded, as a job of a few tasks finds it.
 *
 * @param byExecutor of every executor that took one of the tasks, by its id
 */
public record ExecutorBlas(Map<String, String> byExecutor) {
  /** Tasks for each core: enough that hardly an executor that is there goes without. */
  private static final int TASKS_PER_CORE = 4;

  /** Long enough that no executor takes the tasks of all others. */
  private static final long TASK_MILLIS = 20;

  /** Asks; empty where the driver itself computes. */
  public static ExecutorBlas ask(JavaSparkContext spark) {
    if (spark.isLocal()) {
      return new ExecutorBlas(Map.of());
    }
    int tasks = TASKS_PER_CORE * spark.defaultParallelism();
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      numbers.add(i);
    }
    try (JobNames names = JobNames.of(spark, "which BLAS the executors have")) {
      Map<String, String> found = new TreeMap<>();
      Parcels.collect(Parcels.parallelize(spark, numbers, tasks).map(number -> answer()))
          .forEach(answer -> found.put(answer._1(), answer._2()));
      return new ExecutorBlas(found);
    }
  }

  private static Tuple2<String, String> answer() throws InterruptedException {
    Tuple2<String, String> answer = new Tuple2<>(SparkEnv.get().executorId(), Blas.description());
    Thread.sleep(TASK_MILLIS);
    return answer;
  }

  /** In a line: how many executors, and what they have loaded. */
  public String line() {
    int executors = byExecutor.size();
    return "BLAS of %s%s%s"
        .formatted(
            executors,
            executors == 1 ? " executor: " : " executors: ",
            String.join("; ", new TreeSet<>(byExecutor.values())));
  }

  /** How many have none that is native. */
  public long withoutNative() {
    return byExecutor.values().stream().filter(found -> !Blas.isNative(found)).count();
  }
}
