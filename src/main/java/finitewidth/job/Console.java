package finitewidth.job;

import finitewidth.spark.Messages;
import java.io.PrintStream;

/** What a job says: progress and faults on stderr, results on stdout. */
final class Console implements Messages {
  private static final String NAME = "finite-width: ";

  private final PrintStream progress;
  private final PrintStream results;

  Console(PrintStream progress, PrintStream results) {
    this.progress = progress;
    this.results = results;
  }

  /** The streams of this process. */
  static Console standard() {
    return new Console(System.err, System.out);
  }

  /** One line on what is being done, or why it could not be. */
  @Override
  public void say(String line) {
    progress.println(NAME + line);
    progress.flush();
  }

  /** A number of things in words, such as 1 row or 3 rows. */
  static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /** Where progress goes, for those who write it line by line. */
  @Override
  public PrintStream progress() {
    return progress;
  }

  /** One line per result. */
  void result(String line) {
    results.println(line);
    results.flush();
  }

  /** Where an unexpected failure came from. */
  void trace(Throwable failure) {
    failure.printStackTrace(progress);
    progress.flush();
  }
}
