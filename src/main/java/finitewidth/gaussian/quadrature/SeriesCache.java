package finitewidth.gaussian.quadrature;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleFunction;

/**
 * The series of the variances met lately. Samples come with the same variances row after row, test
 * rows with ever new ones: when one half is full, it becomes the other, and what was that is
 * forgotten. What comes out does not depend on what is kept. Safe to share between threads.
 */
final class SeriesCache {
  /** Numbers in one half: 64 MiB. */
  private static final long HALF = 1L << 23;

  private final DoubleFunction<VarianceSeries> maker;
  private final AtomicLong filled = new AtomicLong();
  private volatile Map<Double, VarianceSeries> recent = new ConcurrentHashMap<>();
  private volatile Map<Double, VarianceSeries> former = Map.of();

  SeriesCache(DoubleFunction<VarianceSeries> maker) {
    this.maker = maker;
  }

  VarianceSeries at(double variance) {
    Double key = variance;
    VarianceSeries found = recent.get(key);
    if (found != null) {
      return found;
    }
    found = former.get(key);
    if (found == null) {
      found = maker.apply(variance);
    }
    keep(key, found);
    return found;
  }

  private void keep(Double key, VarianceSeries series) {
    if (recent.putIfAbsent(key, series) == null && filled.addAndGet(series.size()) > HALF) {
      turn();
    }
  }

  private synchronized void turn() {
    if (filled.get() > HALF) {
      former = recent;
      recent = new ConcurrentHashMap<>();
      filled.set(0);
    }
  }
}
