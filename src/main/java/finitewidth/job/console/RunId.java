package finitewidth.job.console;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * One run of the job, for whoever looks for what belongs together: its id stands in every line of
 * its log, in the application's name, in Spark's job group and logging context, and in
 * summary.json.
 *
 * @param id eight hexadecimal digits, by chance
 * @param started when, to the second
 */
public record RunId(String id, Instant started) {
  private static final int DIGITS = 8;

  /** A new run, that starts now. */
  public static RunId fresh() {
    return new RunId(
        UUID.randomUUID().toString().substring(0, DIGITS),
        Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  @Override
  public String toString() {
    return id;
  }
}
