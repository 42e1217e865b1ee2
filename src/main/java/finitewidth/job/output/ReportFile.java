package finitewidth.job.output;

import finitewidth.job.console.Console;
import java.util.function.Supplier;

/**
 * Writes report.html. A page is for looking at: where it cannot be made, the job says so and keeps
 * its results. Where it cannot be stored, neither can they.
 */
public final class ReportFile {
  static final String NAME = "report.html";

  private ReportFile() {}

  @SuppressWarnings("CatchAndPrintStackTrace") // the trace goes where the job's progress goes
  public static void write(ResultDirectory result, Console console, Supplier<String> page) {
    String text;
    try {
      text = page.get();
    } catch (RuntimeException e) {
      console.say("warning: there is no " + NAME + ", all else is complete: " + e);
      console.trace(e);
      return;
    }
    result.write(NAME, text);
  }

  /** What a path or glob is called in a heading. */
  public static String dataName(String path) {
    String name = path.replaceFirst("/+$", "");
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
