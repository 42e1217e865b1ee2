package finitewidth.job;

import finitewidth.job.cli.ExitCode;
import finitewidth.job.console.Console;

/**
 * The command line in a JVM and a Spark that somebody else has started, such as a task of a jar on
 * Databricks. Both go on when the job is done.
 */
public final class Hosted {
  private Hosted() {}

  /**
   * Runs a job: {@code VERB --config FILE [key=value ...]}.
   *
   * @throws IllegalStateException with the exit code that the job would have had, unless it is
   *     done; the sentence that says why is on stderr
   */
  public static void main(String[] arguments) {
    int code = Main.run(Console.standard(), arguments);
    if (code != ExitCode.DONE.code()) {
      throw new IllegalStateException(
          "finite-width ended with exit code " + code + "; its last line on stderr says why");
    }
  }
}
