package finitewidth.job;

import java.util.HashMap;
import java.util.Map;

/** Where jobs in this process find Spark, as spark-submit would have told them; until closed. */
public final class LocalSpark implements AutoCloseable {
  private final Map<String, String> settings =
      new HashMap<>(
          Map.of(
              "spark.master", "local[2]",
              "spark.ui.enabled", "false",
              "spark.sql.shuffle.partitions", "2"));

  private LocalSpark(Map<String, String> more) {
    settings.putAll(more);
    settings.forEach(System::setProperty);
  }

  /** Two threads. */
  public static LocalSpark set() {
    return set(Map.of());
  }

  /** The same with further settings, or others. */
  public static LocalSpark set(Map<String, String> more) {
    return new LocalSpark(more);
  }

  @Override
  public void close() {
    settings.keySet().forEach(System::clearProperty);
  }
}
