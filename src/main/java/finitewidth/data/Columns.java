package finitewidth.data;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which columns mean what.
 *
 * @param features column names; empty stands for all columns that mean nothing else
 * @param targets columns to regress on; not used where there is a label
 * @param label class column, which makes the task a classification
 * @param id column carried to the predictions; without one the row number in file order is
 */
public record Columns(
    List<String> features, Targets targets, Optional<String> label, Optional<String> id) {

  /**
   * Target columns.
   *
   * @param named whether the configuration names them; unnamed ones give way to the label of a
   *     libsvm file
   */
  public record Targets(List<String> names, boolean named) {
    public Targets {
      names = List.copyOf(names);
    }
  }

  public Columns {
    features = List.copyOf(features);
  }

  /** The same roles with the features spelt out. */
  Columns withFeatures(List<String> names) {
    return new Columns(names, targets, label, id);
  }

  /** Columns that are no features when all others are. */
  Set<String> reserved() {
    Set<String> reserved = new LinkedHashSet<>(targets.names());
    label.ifPresent(reserved::add);
    id.ifPresent(reserved::add);
    return reserved;
  }
}
