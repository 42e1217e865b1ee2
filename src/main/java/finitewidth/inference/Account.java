package finitewidth.inference;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What an engine has done to condition.
 *
 * @param engine by name
 * @param moments four-point moments
 * @param draws of each hidden layer; none where nothing was drawn
 * @param error what a stopping rule reached; empty where there is none
 * @param tolerance what it wanted
 * @param met whether that was reached
 */
public record Account(
    String engine,
    long moments,
    List<Long> draws,
    OptionalDouble error,
    OptionalDouble tolerance,
    boolean met) {

  /** Of an engine without errors of its own. */
  public static Account exact(String engine, long moments) {
    return new Account(
        engine, moments, List.of(), OptionalDouble.empty(), OptionalDouble.empty(), true);
  }
}
