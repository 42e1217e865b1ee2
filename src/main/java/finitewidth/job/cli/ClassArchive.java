package finitewidth.job.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.ObjectName;

/**
 * The archive of loaded classes with which later jobs start faster.
 *
 * <p>The JVM could write it by itself as it ends, but then after jobs that failed or were told to
 * stop, too, and keep their callers waiting.
 */
public final class ClassArchive {
  /** Where submit.sh wants an archive, if it does. */
  private static final String PROPERTY = "finitewidth.archive";

  /** Tells submit.sh that what it may interrupt from here on is not the job. */
  private static final String BEGUN = ".begun";

  private ClassArchive() {}

  /** Writes the archive of a job that is done, where one is wanted and the JVM can. */
  public static void write() {
    String file = System.getProperty(PROPERTY);
    if (file == null) {
      return;
    }
    // The JVM would tell of it among the job's results.
    System.setOut(
        new PrintStream(OutputStream.nullOutputStream(), false, Charset.defaultCharset()));
    try {
      Files.createFile(Path.of(file + BEGUN));
      ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              "vmCds",
              new Object[] {new String[] {"dynamic_dump", '"' + file + '"'}},
              new String[] {String[].class.getName()});
    } catch (IOException | JMException | JMRuntimeException e) {
      // Later starts are slower, and submit.sh sees that there is no archive.
      return;
    }
  }
}
