package finitewidth.sizing;

import finitewidth.inference.Cost;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What a job will cost with what it has, part by part. Seconds are those of a typical machine,
 * right to a factor of about two. The heap is that of the part that needs most: what a Spark that
 * does nothing takes, and its arrays times {@value #ROOM}, for the collector and for copies that
 * Spark makes of what it sends. It is rather too large than too small.
 */
public final class Estimate {
  private static final double MEGABYTE = 1 << 20;

  /** Spark, its classes and its buffers in a driver, and in an executor. */
  private static final double DRIVER = 150 * MEGABYTE;

  private static final double EXECUTOR = 110 * MEGABYTE;

  /** What arrays are multiplied with. */
  static final double ROOM = 1.4;

  /** A heap this much too small is too small without doubt: not even the arrays have room. */
  static final double MARGIN = 1.5;

  private final Resources resources;
  private final List<Part> parts;
  private final Optional<String> impossible;

  /** A part of a job, by a name that stands after "for". */
  private record Part(String name, Cost cost) {}

  /** Whether the memory that is there suffices. */
  private enum Verdict {
    FITS("fits"),
    CLOSE("may not fit"),
    NONE("does not fit");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }
  }

  private Estimate(Resources resources, List<Part> parts, Optional<String> impossible) {
    this.resources = resources;
    this.parts = List.copyOf(parts);
    this.impossible = impossible;
  }

  /** A job that does nothing. */
  public static Estimate of(Resources resources) {
    return new Estimate(resources, List.of(), Optional.empty());
  }

  /** With one more part, whose name stands after "for". */
  public Estimate with(String name, Cost cost) {
    List<Part> all = new ArrayList<>(parts);
    all.add(new Part(name, cost));
    return new Estimate(resources, all, impossible.or(() -> tooLarge(cost.heap().result())));
  }

  /** What no memory helps with, in words. */
  public Estimate impossible(String why) {
    return new Estimate(resources, parts, Optional.of(why));
  }

  private Optional<String> tooLarge(double result) {
    String what = "the sums of one task are " + bytes(result) + ", more than ";
    if (result > Integer.MAX_VALUE - Byte.MAX_VALUE) {
      return Optional.of(what + "the 2 GiB that a Java array holds");
    }
    return resources.resultLimit() > 0 && result > resources.resultLimit()
        ? Optional.of(what + "spark.driver.maxResultSize = " + bytes(resources.resultLimit()))
        : Optional.empty();
  }

  private Cost whole() {
    return parts.stream().map(Part::cost).reduce(Cost.NOTHING, Cost::then);
  }

  /** Seconds that are certain. */
  public double seconds() {
    Cost cost = whole();
    return cost.seconds() / resources.cores() + cost.driverSeconds();
  }

  /** Seconds with all that may come to be needed. */
  public double mostSeconds() {
    Cost cost = whole();
    return cost.mostSeconds() / resources.cores() + cost.driverSeconds();
  }

  /** The heap that the driver needs, in bytes; where it computes itself, with all its tasks. */
  public double driverHeap() {
    return largest(this::driver);
  }

  /** The heap that every executor needs, in bytes; the driver's where that computes itself. */
  public double executorHeap() {
    return resources.local() ? driverHeap() : largest(this::executor);
  }

  private double largest(ToDoubleFunction<Part> heap) {
    return parts.stream().mapToDouble(heap).max().orElse(Resources.LEAST_HEAP);
  }

  private String needing(ToDoubleFunction<Part> heap) {
    return parts.stream().max(Comparator.comparingDouble(heap)).orElseThrow().name();
  }

  private double driver(Part part) {
    Cost.Heap heap = part.cost().heap();
    double arrays =
        resources.local() ? Math.max(heap.driver(), heap.executor()) + tasks(heap) : heap.driver();
    return Math.max(Resources.LEAST_HEAP, DRIVER + ROOM * arrays);
  }

  private double executor(Part part) {
    Cost.Heap heap = part.cost().heap();
    return Math.max(Resources.LEAST_HEAP, EXECUTOR + ROOM * (heap.executor() + tasks(heap)));
  }

  private double tasks(Cost.Heap heap) {
    return resources.tasksPerExecutor() * heap.task();
  }

  /** How much too small the memory is that is there, as a ratio; infinite if none would do. */
  public double excess() {
    return impossible.isPresent()
        ? Double.POSITIVE_INFINITY
        : Math.max(
            driverHeap() / resources.driverHeap(), executorHeap() / resources.executorHeap());
  }

  private Verdict verdict() {
    return excess() <= 1 ? Verdict.FITS : excess() <= MARGIN ? Verdict.CLOSE : Verdict.NONE;
  }

  /** Whether the memory that is there suffices, with all the room that is wanted. */
  public boolean fits() {
    return verdict() == Verdict.FITS;
  }

  /** Whether it cannot suffice. */
  public boolean isHopeless() {
    return verdict() == Verdict.NONE;
  }

  /** In words, without the user's names of things. */
  public List<String> lines() {
    List<String> work = new ArrayList<>();
    Map<String, Double> counts = new TreeMap<>(Comparator.reverseOrder());
    counts.putAll(whole().counts());
    counts.forEach((name, count) -> work.add(count(count) + " " + name));
    boolean range = mostSeconds() > 1.05 * seconds();
    work.add(
        "about "
            + time(seconds())
            + (range ? " to " + time(mostSeconds()) : "")
            + " on "
            + resources.cores()
            + (resources.cores() == 1 ? " core" : " cores"));
    String memory =
        resources.local()
            ? String.format("heap %s of %s", bytes(driverHeap()), bytes(resources.driverHeap()))
            : String.format(
                "heap of the driver %s of %s, of each of %d executors %s of %s",
                bytes(driverHeap()),
                bytes(resources.driverHeap()),
                resources.executors(),
                bytes(executorHeap()),
                bytes(resources.executorHeap()));
    return List.of(
        work.stream().collect(Collectors.joining(", ", "estimate: ", "")),
        "estimate: " + memory + ": " + verdict().words);
  }

  /**
   * Why the memory that is there does not suffice, or may not, in a sentence; empty where it does.
   *
   * @param otherwise what else the user may do, as it stands after "or"
   */
  public Optional<String> shortage(String otherwise) {
    if (impossible.isPresent()) {
      return impossible.map(reason -> reason + ": " + otherwise);
    }
    if (fits()) {
      return Optional.empty();
    }
    boolean onDriver =
        driverHeap() / resources.driverHeap() >= executorHeap() / resources.executorHeap();
    double needed = onDriver ? driverHeap() : executorHeap();
    double there = onDriver ? resources.driverHeap() : resources.executorHeap();
    String whose =
        resources.local() ? "a heap" : "a heap of " + (onDriver ? "the driver" : "each executor");
    return Optional.of(
        String.format(
            Locale.ROOT,
            "about %s of memory %s needed (%s, for %s) and there are %s: give more with -- %s %dg,"
                + " or %s",
            bytes(needed),
            isHopeless() ? "are" : "may be",
            whose,
            needing(onDriver ? this::driver : this::executor),
            bytes(there),
            onDriver ? "--driver-memory" : "--executor-memory",
            (long) Math.ceil(needed / (1 << 30)),
            otherwise));
  }

  /** A number of things, in thousands, millions and so on. */
  static String count(double things) {
    if (things < 1e4) {
      return String.format(Locale.ROOT, "%.0f", things);
    }
    String[] units = {"thousand", "million", "billion", "trillion"};
    int unit = (int) Math.min(units.length, Math.floor(Math.log10(things) / 3));
    double scaled = things / Math.pow(1000, unit);
    return scaled < 1e4
        ? String.format(Locale.ROOT, "%.3g %s", scaled, units[unit - 1])
        : String.format(Locale.ROOT, "%.3g", things);
  }

  static String time(double seconds) {
    if (seconds < 100) {
      return String.format(Locale.ROOT, "%.0f s", Math.ceil(seconds));
    }
    if (seconds < 100 * 60) {
      return String.format(Locale.ROOT, "%.0f min", seconds / 60);
    }
    return seconds < 100 * 3600
        ? String.format(Locale.ROOT, "%.0f h", seconds / 3600)
        : String.format(Locale.ROOT, "%.0f days", seconds / 86400);
  }

  /** As Spark's options take them, so that figures can be compared. */
  static String bytes(double bytes) {
    double megabytes = bytes / MEGABYTE;
    return megabytes < 1000
        ? String.format(Locale.ROOT, "%.0f MB", Math.ceil(megabytes))
        : String.format(Locale.ROOT, "%.1f GB", megabytes / 1024);
  }
}
