package finitewidth.job.console;

import finitewidth.inference.work.Messages;
import finitewidth.inference.work.ProgressSink;
import finitewidth.inference.work.Standing;
import finitewidth.runtime.Redaction;
import finitewidth.runtime.RunMetrics;
import finitewidth.settings.Naming;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What a job says: progress and faults on stderr, results on stdout, without the secrets that
 * settings or URLs may hold. Lines carry the id of the run, but on a terminal, where there is one
 * run to look at.
 */
public final class Console implements Messages {
  private static final String NAME = "finite-width: ";

  /** Columns of the terminal that stderr is, as submit.sh has found them. */
  private static final String TERMINAL = "FINITE_WIDTH_TERMINAL";

  private final PrintStream progress;
  private final PrintStream results;
  private final RunId run;
  private final String prefix;
  private final ProgressDisplay display;

  /** Made when they are first asked for: help and mistakes of usage need no Spark. */
  private final List<RunMetrics> metrics = new ArrayList<>(1);

  private final Redaction redaction = Redaction.standard();

  public Console(PrintStream progress, PrintStream results) {
    this(progress, results, 0);
  }

  /**
   * @param columns of the terminal that progress goes to; 0 where there is none
   */
  public Console(PrintStream progress, PrintStream results, int columns) {
    this.progress = progress;
    this.results = results;
    run = RunId.fresh();
    prefix = columns > 0 ? NAME : NAME + "[" + run + "] ";
    display = new ProgressDisplay(progress, prefix, columns, System::nanoTime);
  }

  /** The streams of this process. */
  public static Console standard() {
    String columns = System.getenv().getOrDefault(TERMINAL, "");
    return new Console(
        System.err, System.out, columns.matches("\\d{1,4}") ? Integer.parseInt(columns) : 0);
  }

  /** Which run speaks. */
  public RunId run() {
    return run;
  }

  /** What Spark's metrics sinks may see of the run. */
  public synchronized RunMetrics metrics() {
    if (metrics.isEmpty()) {
      metrics.add(new RunMetrics());
    }
    return metrics.get(0);
  }

  /** One line on what is being done, or why it could not be; codes of settings become keys. */
  @Override
  public synchronized void say(String line) {
    display.clear();
    progress.println(prefix + redaction.text(Naming.KEYS.in(line)));
    progress.flush();
  }

  /** Where the standing of phases goes: to whoever looks at stderr, and to the metrics. */
  @Override
  public ProgressSink progress() {
    return this::update;
  }

  private synchronized void update(Standing standing) {
    metrics().update(standing);
    display.update(standing);
  }

  /** One line per result. */
  public synchronized void result(String line) {
    display.clear();
    results.println(redaction.text(Naming.KEYS.in(line)));
    results.flush();
  }

  /** Where an unexpected failure came from. */
  public synchronized void trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    progress.print(redaction.text(trace.toString()));
    progress.flush();
  }
}
