package finitewidth.job.run;

import finitewidth.job.cli.SparkFailure;
import finitewidth.job.config.Verb;
import finitewidth.job.console.Console;
import finitewidth.job.console.RunId;
import finitewidth.job.output.LocalDirectories;
import finitewidth.job.output.StorageException;
import finitewidth.runtime.JobNames;
import finitewidth.runtime.Parcels;
import finitewidth.runtime.RunMetrics;
import finitewidth.sizing.Resources;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.SparkSession;
import org.slf4j.MDC;
import scala.jdk.javaapi.OptionConverters;

/** Spark as the submission configured it. */
public final class Sessions {
  /**
   * Sums of a few megabytes come back with the message that a task is done. By Spark's default of
   * one megabyte they are fetched in a second step, which costs ten milliseconds a task.
   */
  private static final String DIRECT_RESULTS = "spark.task.maxDirectResultSize";

  /** Spark hands local properties of this beginning to the logging context of tasks. */
  private static final String LOGGED_RUN = "mdc.run";

  private static final String EXECUTOR_MEMORY = "spark.executor.memory";

  private Sessions() {}

  /**
   * The storage settings of the session to come, known before it is started, or of one there is.
   */
  public static Configuration hadoop() {
    return there()
        .map(SparkContext::hadoopConfiguration)
        .orElseGet(() -> SparkHadoopUtil.get().newConfiguration(new SparkConf()));
  }

  private static Optional<SparkContext> there() {
    return OptionConverters.toJava(SparkSession.getDefaultSession())
        .map(SparkSession::sparkContext)
        .filter(spark -> !spark.isStopped());
  }

  /**
   * Starts a session that carries the run's id: in the application's name, as the group of its jobs
   * and in the logging context of driver and tasks. Its metrics are those of the run. Where Spark
   * is running already, the run goes by its settings and leaves it running.
   *
   * @throws MemoryException if a heap is smaller than the least that Spark takes
   * @throws StorageException if Spark refuses its settings, or cannot be reached
   */
  public static RunSession start(Verb verb, RunId run, RunMetrics metrics) {
    MDC.put(LOGGED_RUN, run.id());
    SparkSession.Builder builder =
        SparkSession.builder().appName("finite-width " + verb + " " + run);
    SparkConf conf = new SparkConf();
    refuseSmall("the driver", Runtime.getRuntime().maxMemory(), "--driver-memory");
    if (conf.contains(EXECUTOR_MEMORY)) {
      refuseSmall(
          "an executor",
          JavaUtils.byteStringAsBytes(conf.get(EXECUTOR_MEMORY)),
          "--executor-memory");
    }
    LocalDirectories.refuseUnusable(conf);
    if (!conf.contains(DIRECT_RESULTS)) {
      builder.config(DIRECT_RESULTS, "16m");
    }
    Parcels.settings(conf).forEach(builder::config);
    boolean ours = there().isEmpty();
    SparkSession session = started(builder);
    SparkContext spark = session.sparkContext();
    spark.setJobGroup(run.id(), verb.toString(), false);
    spark.setLocalProperty(LOGGED_RUN, run.id());
    JobNames.standard(spark, verb.toString());
    metrics.register();
    passes();
    return new RunSession(session, ours);
  }

  private static void passes() {
    try {
      Parcels.check();
    } catch (IllegalStateException e) {
      throw new StorageException(String.valueOf(e.getMessage()), e);
    }
  }

  private static SparkSession started(SparkSession.Builder builder) {
    try {
      return builder.getOrCreate();
    } catch (Exception e) {
      // Scala's methods throw what they do not declare.
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
      String sentence = SparkFailure.givenUp(e).orElse("Spark cannot be started: " + reason);
      throw new StorageException(sentence, e);
    }
  }

  /** The same, of a run that speaks through this console. */
  public static RunSession start(Verb verb, Console console) {
    return start(verb, console.run(), console.metrics());
  }

  private static void refuseSmall(String whose, long heap, String option) {
    if (heap < Resources.LEAST_HEAP) {
      throw new MemoryException(
          "the heap of %s is %s MB, and Spark does not start below %s MB: give more with -- %s 1g"
              .formatted(whose, heap >> 20, Resources.LEAST_HEAP >> 20, option));
    }
  }
}
