package finitewidth.job;

import org.apache.hadoop.util.ShutdownHookManager;

/**
 * What becomes of a job that is told to stop, by SIGTERM, SIGINT or the end of its terminal: Spark
 * stops its tasks, the checkpoint keeps what is finished, an incomplete result is removed, and the
 * process ends with {@link ExitCode#STORAGE} rather than with the signal's own code.
 */
final class StopSignal {
  /** After all others, Hadoop's closing of its file systems included. */
  private static final int LAST = 1;

  private final Console console;
  private volatile boolean leaving;

  private StopSignal(Console console) {
    this.console = console;
  }

  /** Takes care of signals from now on. */
  static StopSignal watch(Console console) {
    StopSignal signal = new StopSignal(console);
    ShutdownHookManager.get().addShutdownHook(signal::stop, LAST);
    return signal;
  }

  private void stop() {
    if (!leaving) {
      console.say("stopped before it was done");
      Runtime.getRuntime().halt(ExitCode.STORAGE.code());
    }
  }

  /** Leaves with an exit code, unless a signal came first. */
  void leave(int code) {
    leaving = !ShutdownHookManager.get().isShutdownInProgress();
    System.exit(code);
  }
}
