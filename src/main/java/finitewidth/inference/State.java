package finitewidth.inference;

import finitewidth.inference.work.Fingerprint;
import finitewidth.linalg.Matrix;
import java.util.List;
import java.util.SortedMap;

/**
 * What an engine adds to the problem and the log evidence to make its posterior: all that a saved
 * model must hold of it, and all that decides the bits of its predictions.
 *
 * @param engine by name
 * @param numbers whole numbers, such as the seed of draws, by name
 * @param tensors by name
 */
public record State(
    String engine, SortedMap<String, List<Long>> numbers, SortedMap<String, Matrix> tensors) {

  /**
   * What the tensors' shapes follow from.
   *
   * @param size P
   * @param inputs n_0
   * @param outputs m
   * @param sources H
   * @param variance whether variances are corrected
   * @param numbers of the state
   */
  public record Sizes(
      long size,
      int inputs,
      int outputs,
      int sources,
      boolean variance,
      SortedMap<String, List<Long>> numbers) {

    /**
     * The numbers of this name, as many as there must be.
     *
     * @throws IllegalArgumentException if they are not there, or one is not from least to most
     */
    public List<Long> numbers(String name, int count, long least, long most) {
      List<Long> found = numbers.get(name);
      if (found == null
          || found.size() != count
          || found.stream().anyMatch(n -> n == null || n < least || n > most)) {
        throw new IllegalArgumentException(name + " is missing or wrong");
      }
      return found;
    }
  }

  /** Takes the names and shapes of tensors. */
  @FunctionalInterface
  public interface Expected {
    void tensor(String name, long rows, long columns);
  }

  /** Adds all of it to a fingerprint. */
  public void addTo(Fingerprint.Builder all) {
    all.add(engine);
    numbers.forEach(
        (name, values) -> {
          all.add(name);
          values.forEach(all::add);
        });
    tensors.forEach((name, tensor) -> all.add(name).add(tensor));
  }

  /**
   * The numbers of this name.
   *
   * @throws IllegalArgumentException if there are none
   */
  public List<Long> number(String name) {
    List<Long> found = numbers.get(name);
    if (found == null) {
      throw new IllegalArgumentException("the state of " + engine + " lacks " + name);
    }
    return found;
  }

  /**
   * The tensor of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Matrix tensor(String name) {
    Matrix found = tensors.get(name);
    if (found == null) {
      throw new IllegalArgumentException("the state of " + engine + " lacks " + name);
    }
    return found;
  }
}
