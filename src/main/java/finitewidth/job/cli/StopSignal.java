package finitewidth.job.cli;

import finitewidth.job.console.Console;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * What becomes of a job that is told to stop, by SIGTERM, SIGINT or the end of its terminal: Spark
 * stops its tasks, the checkpoint keeps what is finished, an incomplete result is removed, and the
 * process ends with {@link ExitCode#STORAGE} rather than with the signal's own code.
 */
public final class StopSignal {
  /** After all others, Hadoop's closing of its file systems included. */
  private static final int LAST = 1;

  /** Before Spark stops. */
  private static final int FIRST = FileSystem.SHUTDOWN_HOOK_PRIORITY + 100;

  /** The process of submit.sh, which passes signals on, unless it is killed. */
  private static final String SUBMITTED_BY = "FINITE_WIDTH_SUBMIT";

  private final Console console;
  private volatile boolean watching;
  private volatile boolean leaving;

  public StopSignal(Console console) {
    this.console = console;
  }

  /** Takes care of signals from now on. Until then no class of Hadoop is needed. */
  public void watch() {
    watching = true;
    Optional.ofNullable(System.getenv(SUBMITTED_BY)).ifPresent(StopSignal::endWith);
    ShutdownHookManager.get().addShutdownHook(this::hush, FIRST);
    ShutdownHookManager.get().addShutdownHook(this::stop, LAST);
  }

  /** Nothing outlives the process that it was started for, if that is one of its ancestors. */
  private static void endWith(String process) {
    Stream.iterate(
            ProcessHandle.current().parent(),
            Optional::isPresent,
            parent -> parent.flatMap(ProcessHandle::parent))
        .flatMap(Optional::stream)
        .filter(parent -> Long.toString(parent.pid()).equals(process))
        .forEach(parent -> parent.onExit().thenRun(() -> System.exit(ExitCode.STORAGE.code())));
  }

  /** Spark's threads are stopped in the midst of things, and some tell at length what they miss. */
  private void hush() {
    if (!leaving) {
      System.setErr(
          new PrintStream(OutputStream.nullOutputStream(), false, Charset.defaultCharset()));
    }
  }

  private void stop() {
    if (!leaving) {
      console.say("stopped before it was done");
      Runtime.getRuntime().halt(ExitCode.STORAGE.code());
    }
  }

  /** Leaves with an exit code, unless a signal came first. */
  public void leave(int code) {
    leaving = !(watching && ShutdownHookManager.get().isShutdownInProgress());
    System.exit(code);
  }
}
