package finitewidth.job;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.service.launcher.IrqHandler;

/**
 * Ends the job with a sentence and its exit code when the JVM tells that the heap is full: Spark's
 * threads would otherwise outlive that. The JVM is told by submit.sh to send this signal.
 */
final class FullHeap {
  private static final String SIGNAL = "ALRM";

  /** For removing what is half-written, which wants memory too. */
  private static final long PATIENCE_MILLIS = 10_000;

  private FullHeap() {}

  /** From here on. */
  static void watch() {
    byte[] sentence =
        String.format(
                "finite-width: %d MB of memory are not enough: give more with -- --driver-memory"
                    + " %dg, say%n",
                Runtime.getRuntime().maxMemory() >> 20,
                1 + (2 * Runtime.getRuntime().maxMemory() >> 30))
            .getBytes(StandardCharsets.UTF_8);
    // Needs no memory to write, as System.err would.
    FileOutputStream err = new FileOutputStream(FileDescriptor.err);
    Thread last = new Thread(FullHeap::halt, "full heap");
    last.setDaemon(true);
    try {
      new IrqHandler(SIGNAL, interrupt -> end(err, sentence, last)).bind();
    } catch (IllegalArgumentException e) {
      // A system without this signal: the JVM ends as it does.
      return;
    }
  }

  private static void end(FileOutputStream err, byte[] sentence, Thread last) {
    try {
      last.start();
    } catch (IllegalThreadStateException e) {
      // The signal comes more than once.
      return;
    }
    try {
      err.write(sentence);
    } catch (IOException e) {
      // There is nobody left to tell.
    }
    System.exit(ExitCode.STORAGE.code());
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
