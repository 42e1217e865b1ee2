package finitewidth.job.output;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Who holds a lock.
 *
 * @param id of the lock
 * @param machine host, boot and process namespace: where a process number means this process
 * @param process its number
 * @param started when the process started
 * @param since when the lock was taken
 * @param application of Spark; empty until it is known
 * @param beats signs of life so far
 */
record LockHolder(
    String id,
    String host,
    String machine,
    long process,
    String started,
    String since,
    String application,
    long beats) {

  /** This process. */
  static LockHolder self() {
    ProcessHandle process = ProcessHandle.current();
    return new LockHolder(
        UUID.randomUUID().toString(),
        thisHost(),
        thisMachine(),
        process.pid(),
        started(process),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        "",
        0);
  }

  LockHolder in(String spark) {
    return new LockHolder(id, host, machine, process, started, since, spark, beats);
  }

  LockHolder next() {
    return new LockHolder(id, host, machine, process, started, since, application, beats + 1);
  }

  /** Whether it is a process of this very machine, of which is known whether it lives. */
  boolean isHere() {
    return machine.equals(thisMachine());
  }

  /** Whether that process, of this machine, lives. */
  boolean lives() {
    return ProcessHandle.of(process)
        .filter(ProcessHandle::isAlive)
        .filter(found -> started(found).equals(started))
        .isPresent();
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("unknown");
  }

  private static String thisHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  private static String thisMachine() {
    return thisHost() + " " + boot() + " " + namespace();
  }

  private static String boot() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** Containers on one host number their processes each for itself. */
  private static String namespace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "unknown";
    }
  }

  /** As it stands in the lock's file, a line for each part. */
  byte[] text() {
    String text =
        "id="
            + id
            + "\nhost="
            + host
            + "\nmachine="
            + machine
            + "\nprocess="
            + process
            + "\nstarted="
            + started
            + "\nsince="
            + since
            + "\napplication="
            + application
            + "\nbeats="
            + beats
            + "\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What {@link #text} says; of what cannot be read, somebody unknown. */
  static LockHolder read(byte[] text) {
    Map<String, String> parts = new HashMap<>();
    new String(text, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains("="))
        .forEach(
            line ->
                parts.put(
                    line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    return new LockHolder(
        parts.getOrDefault("id", ""),
        parts.getOrDefault("host", "unknown"),
        parts.getOrDefault("machine", ""),
        number(parts.getOrDefault("process", "")),
        parts.getOrDefault("started", ""),
        parts.getOrDefault("since", ""),
        parts.getOrDefault("application", ""),
        number(parts.getOrDefault("beats", "")));
  }

  /** Whether what was read is what {@link #text} says. */
  boolean saysSo() {
    return !id.isEmpty() && !machine.isEmpty() && process > 0;
  }

  private static long number(String text) {
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  /** For messages. */
  @Override
  public String toString() {
    return (application.isEmpty() ? "" : "application " + application + ", ")
        + "process "
        + process
        + " on "
        + host
        + (since.isEmpty() ? "" : ", since " + since);
  }
}
