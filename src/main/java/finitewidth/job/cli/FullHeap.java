package finitewidth.job.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.service.launcher.IrqHandler;

/**
 * Ends the job with a sentence and its exit code when the heap is full. Where it is one of Spark's
 * threads that finds it full the others would outlive that: submit.sh has the JVM send a signal.
 *
 * <p>No option of the JVM does it: with ExitOnOutOfMemoryError it ends with 3, which says data, and
 * with CrashOnOutOfMemoryError with 134; both leave what is half-written.
 */
public final class FullHeap {
  private static final String SIGNAL = "ALRM";

  /** For removing what is half-written, which wants memory too. */
  private static final long PATIENCE_MILLIS = 10_000;

  private final AtomicBoolean told = new AtomicBoolean();
  private final Thread last = new Thread(FullHeap::halt, "full heap");

  /** Needs no memory to write, as System.err would. */
  private final FileOutputStream err = new FileOutputStream(FileDescriptor.err);

  private final byte[] sentence;

  public FullHeap() {
    last.setDaemon(true);
    long heap = Runtime.getRuntime().maxMemory();
    sentence =
        String.format(
                "finite-width: %d MB of memory are not enough: give more with -- --driver-memory"
                    + " %dg, say%n",
                heap >> 20, 1 + (2 * heap >> 30))
            .getBytes(StandardCharsets.UTF_8);
  }

  /** Takes the signal from here on. */
  public void watch() {
    try {
      new IrqHandler(SIGNAL, interrupt -> end()).bind();
    } catch (IllegalArgumentException e) {
      // A system without this signal: the JVM ends as it does.
      return;
    }
  }

  private void end() {
    if (told.get()) {
      return;
    }
    last.start();
    System.exit(tell());
  }

  /** Says so, once; the exit code. */
  public int tell() {
    if (!told.getAndSet(true)) {
      try {
        err.write(sentence);
      } catch (IOException e) {
        // There is nobody left to tell.
        return ExitCode.STORAGE.code();
      }
    }
    return ExitCode.STORAGE.code();
  }

  private static void halt() {
    try {
      Thread.sleep(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      // Then at once.
    }
    Runtime.getRuntime().halt(ExitCode.STORAGE.code());
  }
}
