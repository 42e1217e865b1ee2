package finitewidth.sizing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What a job will cost with what it has. Seconds are those of a typical machine, right to a factor
 * of about two; heaps are rather too large than too small.
 */
public final class Estimate {
  private final List<Phase> phases;
  private final Resources resources;
  private final Optional<String> obstacle;

  Estimate(List<Phase> phases, Resources resources, Optional<String> obstacle) {
    this.phases = List.copyOf(phases);
    this.resources = resources;
    this.obstacle = obstacle;
  }

  /** With something to do after all the rest. */
  Estimate and(Phase last) {
    List<Phase> all = new ArrayList<>(phases);
    all.add(last);
    return new Estimate(all, resources, obstacle);
  }

  /** With one of two things to do after all the rest, which of them is seen on the way. */
  Estimate andEither(Phase one, Phase other) {
    return and(seconds(one) > seconds(other) ? one.perhaps() : other.perhaps());
  }

  /** Four-point moments over all source layers. */
  public double moments() {
    return total(true, phase -> phase.compute().moments());
  }

  /** Draws that are certain. */
  public double draws() {
    return total(true, phase -> phase.compute().draws());
  }

  /** Core seconds that are certain, the driver's among them. */
  public double coreSeconds() {
    return total(true, phase -> phase.compute().parallel() + phase.compute().serial());
  }

  /** Seconds that are certain. */
  public double seconds() {
    return total(true, this::seconds);
  }

  /** Seconds with all that may come to be needed. */
  public double mostSeconds() {
    return total(false, this::seconds);
  }

  private double seconds(Phase phase) {
    return phase.compute().parallel() / resources.cores() + phase.compute().serial();
  }

  /** Bytes that move between JVMs, or would, if there were several. */
  public double moved() {
    return total(
        true,
        phase -> resources.executors() * phase.traffic().broadcast() + phase.traffic().moved());
  }

  private double total(boolean certain, ToDoubleFunction<Phase> part) {
    return phases.stream().filter(phase -> phase.certain() || !certain).mapToDouble(part).sum();
  }

  /** The heap that the driver needs, in bytes. */
  public double driverHeap() {
    return driver(largest(this::driver));
  }

  /** The heap that every executor needs, in bytes; the driver's where that computes itself. */
  public double executorHeap() {
    return executor(largest(this::executor));
  }

  private Phase largest(ToDoubleFunction<Phase> heap) {
    return phases.stream().max(Comparator.comparingDouble(heap)).orElseThrow();
  }

  private double driver(Phase phase) {
    double live = phase.heap().driver();
    double stored = phase.traffic().broadcast();
    if (resources.local()) {
      live += phase.heap().executor() + resources.tasksPerExecutor() * phase.heap().task();
      stored += phase.traffic().kept();
    }
    return Heaps.needed(Heaps.DRIVER, live, stored);
  }

  private double executor(Phase phase) {
    if (resources.local()) {
      return driver(phase);
    }
    return Heaps.needed(
        Heaps.EXECUTOR,
        phase.traffic().broadcast()
            + phase.heap().executor()
            + resources.tasksPerExecutor() * phase.heap().task(),
        phase.traffic().broadcast() + phase.traffic().kept() / resources.executors());
  }

  /** In words, without the user's names of things. */
  public List<String> lines() {
    List<String> work = new ArrayList<>();
    if (moments() > 0) {
      work.add(count(moments()) + " moments");
    }
    if (draws() > 0) {
      work.add(count(draws()) + " draws");
    }
    work.add(
        String.format(
            Locale.ROOT,
            "about %s on %d core%s",
            mostSeconds() > 1.05 * seconds()
                ? time(seconds()) + " to " + time(mostSeconds())
                : time(seconds()),
            resources.cores(),
            resources.cores() == 1 ? "" : "s"));
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
        "estimate: " + String.join(", ", work),
        "estimate: "
            + memory
            + "; "
            + bytes(moved())
            + (resources.local() ? " in" : "")
            + " broadcasts, results and rows"
            + (resources.local() ? "" : " moved"));
  }

  /** Whether the memory that is there suffices. */
  public boolean fits() {
    return refusal("").isEmpty();
  }

  /**
   * Why the memory that is there cannot suffice, in a sentence; empty where it does.
   *
   * @param otherwise what else the user may do, as it stands after "or"
   */
  public Optional<String> refusal(String otherwise) {
    if (obstacle.isPresent()) {
      return obstacle.map(reason -> reason + ": " + otherwise);
    }
    if (driverHeap() > resources.driverHeap()) {
      return Optional.of(
          tooSmall(
              resources.local() ? "a heap" : "a heap of the driver",
              driverHeap(),
              largest(this::driver),
              resources.driverHeap(),
              "--driver-memory",
              otherwise));
    }
    if (!resources.local() && executorHeap() > resources.executorHeap()) {
      return Optional.of(
          tooSmall(
              "a heap of each executor",
              executorHeap(),
              largest(this::executor),
              resources.executorHeap(),
              "--executor-memory",
              otherwise));
    }
    return Optional.empty();
  }

  private static String tooSmall(
      String what, double needed, Phase phase, double there, String option, String otherwise) {
    return String.format(
        Locale.ROOT,
        "about %s of memory are needed (%s, for %s) and there are %s: give more with -- %s %dg, or"
            + " %s",
        bytes(needed),
        what,
        phase.name(),
        bytes(there),
        option,
        (long) Math.ceil(needed / (1 << 30)),
        otherwise);
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
    double megabytes = bytes / Heaps.MEGABYTE;
    return megabytes < 1000
        ? String.format(Locale.ROOT, "%.0f MB", Math.ceil(megabytes))
        : String.format(Locale.ROOT, "%.1f GB", megabytes / 1024);
  }
}
