package finitewidth.inference;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What an engine has done to condition.
 *
 * @param engine by name
 * @param moments four-point moments
 * @param draws of each hidden layer; none where no layer was drawn for itself
 * @param effectiveDraws what draws of whole networks are worth; empty where there are none
 * @param error what a stopping rule reached; empty where there is none
 * @param tolerance what it wanted
 * @param met whether that was reached
 * @param chains of each network; none where there were no chains
 * @param scales of each network; none where the scale was not integrated
 * @param metrics of each network; none where no kernel has adapted
 */
public record Account(
    String engine,
    long moments,
    List<Long> draws,
    OptionalDouble effectiveDraws,
    OptionalDouble error,
    OptionalDouble tolerance,
    boolean met,
    List<ChainReport> chains,
    List<ScaleReport> scales,
    List<MetricReport> metrics) {

  /** Of an engine that integrates no scale. */
  public Account(
      String engine,
      long moments,
      List<Long> draws,
      OptionalDouble effectiveDraws,
      OptionalDouble error,
      OptionalDouble tolerance,
      boolean met,
      List<ChainReport> chains) {
    this(
        engine,
        moments,
        draws,
        effectiveDraws,
        error,
        tolerance,
        met,
        chains,
        List.of(),
        List.of());
  }

  /** Of an engine without errors of its own. */
  public static Account exact(String engine, long moments) {
    OptionalDouble none = OptionalDouble.empty();
    return new Account(engine, moments, List.of(), none, none, none, true, List.of());
  }

  /**
   * Of an engine that draws whole networks.
   *
   * @param enough whether so many draws are enough
   */
  public static Account drawn(String engine, double effectiveDraws, boolean enough) {
    OptionalDouble none = OptionalDouble.empty();
    return new Account(
        engine, 0, List.of(), OptionalDouble.of(effectiveDraws), none, none, enough, List.of());
  }

  /** The same, with what was found of the scale on top of it. */
  public Account with(List<ScaleReport> found) {
    return new Account(
        engine, moments, draws, effectiveDraws, error, tolerance, met, chains, found, metrics);
  }

  /** The same, with what kernels have learnt. */
  public Account learnt(List<MetricReport> found) {
    return new Account(
        engine, moments, draws, effectiveDraws, error, tolerance, met, chains, scales, found);
  }
}
