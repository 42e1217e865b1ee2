package finitewidth.runtime;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import finitewidth.inference.work.ProgressSink;
import finitewidth.inference.work.Standing;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.source.Source;

/**
 * What Spark's metrics sinks see of a run, on the driver, under the source {@value #SOURCE}: the
 * counters {@code momentsDone}, {@code drawsDone}, {@code networksDone} and {@code rowsScored} of
 * the whole run, and the gauges {@code phaseDone}, from 0 to 1, and {@code phaseSecondsLeft} of the
 * phase that runs.
 *
 * <p>The source is registered with the metrics system of the session at hand. A {@code SparkPlugin}
 * would be made by Spark from {@code spark.plugins}, on every executor too, and could be told of a
 * run by static state alone.
 */
public final class RunMetrics implements Source, ProgressSink {
  /** What stands between the driver's name and a metric's. */
  public static final String SOURCE = "finiteWidth";

  private static final double NANOS = 1e9;

  private final MetricRegistry registry = new MetricRegistry();
  private final Map<String, Counter> done =
      Map.of(
          "moments", registry.counter("momentsDone"),
          "draws", registry.counter("drawsDone"),
          "networks", registry.counter("networksDone"));
  private final Counter rows = registry.counter("rowsScored");
  private final LongSupplier nanos;
  private Standing last = new Standing("", "", 0, 0, 0, 0, 0);
  private long at;

  public RunMetrics() {
    this(System::nanoTime);
  }

  /**
   * @param nanos a clock
   */
  RunMetrics(LongSupplier nanos) {
    this.nanos = nanos;
    at = nanos.getAsLong();
    registry.register("phaseDone", (Gauge<Double>) this::phaseDone);
    registry.register("phaseSecondsLeft", (Gauge<Double>) this::phaseSecondsLeft);
  }

  /** Shows the metrics to the sinks of the session that runs in this process. */
  public void register() {
    SparkEnv.get().metricsSystem().registerSource(this);
  }

  @Override
  public synchronized void update(Standing standing) {
    Counter counter = done.get(standing.unit());
    if (counter != null) {
      counter.inc(standing.added());
    }
    rows.inc(standing.rows());
    last = standing;
    at = nanos.getAsLong();
  }

  private synchronized double phaseDone() {
    return last.fraction();
  }

  /** The estimate of the last standing less the time since; NaN while there is none. */
  private synchronized double phaseSecondsLeft() {
    double since = (nanos.getAsLong() - at) / NANOS;
    return Math.max(0, last.secondsLeft().orElse(Double.NaN) - since);
  }

  @Override
  public String sourceName() {
    return SOURCE;
  }

  @Override
  public MetricRegistry metricRegistry() {
    return registry;
  }
}
