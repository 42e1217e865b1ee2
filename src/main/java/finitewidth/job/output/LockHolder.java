package finitewidth.job.output;

import finitewidth.job.console.RunId;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who holds a lock; one line of text in the lock's file.
 *
 * @param application of Spark; empty until it is known
 * @param run its id
 * @param process its number
 * @param machine host and namespace of process numbers: containers number theirs each for itself
 * @param since when the lock was taken, in seconds since 1970
 */
record LockHolder(String application, String run, long process, String machine, long since) {
  private static final Pattern LINE =
      Pattern.compile(
          "finite-width: application=(\\S*) run=([0-9a-f]{8}) process=(\\d{1,18}) machine=(\\S+)"
              + " since=(\\d{1,11})\n");

  /** To which the start of a process is known, and more. */
  private static final long SECONDS = 2;

  /** This process. */
  static LockHolder self(RunId run) {
    long process = ProcessHandle.current().pid();
    return new LockHolder("", run.id(), process, thisMachine(), Instant.now().getEpochSecond());
  }

  LockHolder in(String spark) {
    return new LockHolder(spark, run, process, machine, since);
  }

  /** Whether it lives; empty for a process of another machine. */
  Optional<Boolean> lives() {
    return machine.equals(thisMachine())
        ? Optional.of(
            ProcessHandle.of(process)
                .filter(ProcessHandle::isAlive)
                .filter(this::isIt)
                .filter(found -> !isEnded(found.pid()))
                .isPresent())
        : Optional.empty();
  }

  /** One that started later only has its number. */
  private boolean isIt(ProcessHandle found) {
    Optional<Instant> start = found.info().startInstant();
    return start.isEmpty() || start.get().getEpochSecond() <= since + SECONDS;
  }

  /**
   * Whether only its number is left, until its parent asks how it ended. In a container that may be
   * never: the first process there need not know that it is to do that.
   */
  private static boolean isEnded(long process) {
    try {
      String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
      // Its name, in brackets, may hold anything.
      int state = stat.lastIndexOf(')') + 2;
      return state < stat.length() && "ZX".indexOf(stat.charAt(state)) >= 0;
    } catch (IOException | UnsupportedOperationException e) {
      // Gone just now, or no such files here.
      return !ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
    }
  }

  private static String thisMachine() {
    try {
      return "%s/%s"
          .formatted(
              InetAddress.getLocalHost().getHostName(),
              Files.readSymbolicLink(Path.of("/proc/self/ns/pid")));
    } catch (IOException | UnsupportedOperationException e) {
      return "unknown/" + ProcessHandle.current().pid();
    }
  }

  /** As it stands in the lock's file. */
  byte[] text() {
    String line =
        "finite-width: application=%s run=%s process=%d machine=%s since=%d\n"
            .formatted(application, run, process, machine, since);
    return line.getBytes(StandardCharsets.UTF_8);
  }

  /** What {@link #text} says; empty for all else, which is no lock. */
  static Optional<LockHolder> read(byte[] text) {
    Matcher line = LINE.matcher(new String(text, StandardCharsets.UTF_8));
    return line.matches()
        ? Optional.of(
            new LockHolder(
                line.group(1),
                line.group(2),
                Long.parseLong(line.group(3)),
                line.group(4),
                Long.parseLong(line.group(5))))
        : Optional.empty();
  }

  /** For messages. */
  @Override
  public String toString() {
    return (application.isEmpty() ? "" : "application " + application + ", ")
        + "run %s, process %d on %s, since %s"
            .formatted(run, process, machine.replaceAll("/.*", ""), Instant.ofEpochSecond(since));
  }
}
