package finitewidth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.inference.work.Standing;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RunMetricsTest {
  private final AtomicLong now = new AtomicLong();
  private final RunMetrics metrics = new RunMetrics(now::get);

  @Test
  void countersAreOfTheRunAndGaugesOfThePhase() {
    assertThat(gauge("phaseSecondsLeft")).isZero();
    metrics.update(new Standing("training rows", "moments", 40, 100, 40, 0, 20));
    metrics.update(new Standing("test rows", "moments", 10, 40, 10, 5, 5));
    metrics.update(new Standing("round 1", "draws", 8, 10, 8, 0, 4));
    assertThat(counter("momentsDone")).isEqualTo(50);
    assertThat(counter("drawsDone")).isEqualTo(8);
    assertThat(counter("rowsScored")).isEqualTo(5);
    assertThat(gauge("phaseDone")).isCloseTo(0.8, within(1e-12));
    assertThat(gauge("phaseSecondsLeft")).isCloseTo(1, within(1e-12));
  }

  /** Between two tasks' ends the estimate runs down, but not below zero. */
  @Test
  void timeLeftRunsDown() {
    metrics.update(new Standing("training rows", "moments", 40, 100, 40, 0, 20));
    now.set(10_000_000_000L);
    assertThat(gauge("phaseSecondsLeft")).isCloseTo(20, within(1e-9));
    now.set(100_000_000_000L);
    assertThat(gauge("phaseSecondsLeft")).isZero();
  }

  private long counter(String name) {
    return metrics.metricRegistry().counter(name).getCount();
  }

  private double gauge(String name) {
    return (Double) metrics.metricRegistry().getGauges().get(name).getValue();
  }
}
