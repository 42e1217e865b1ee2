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
 * @param except columns that are no features where all others are
 */
public record Columns(
    List<String> features,
    Targets targets,
    Optional<String> label,
    Optional<String> id,
    List<String> except) {

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
    except = List.copyOf(except);
  }

  /** Columns of which none is excepted. */
  public Columns(
      List<String> features, Targets targets, Optional<String> label, Optional<String> id) {
    this(features, targets, label, id, List.of());
  }

  /** The same roles with the features spelt out. */
  public Columns withFeatures(List<String> names) {
    return new Columns(names, targets, label, id);
  }

  /** The same with another target. */
  public Columns withTarget(String name) {
    return new Columns(features, new Targets(List.of(name), false), label, id, except);
  }

  /** Whether features are all columns that mean nothing else. */
  public boolean all() {
    return features.isEmpty();
  }

  /** Columns that are no features when all others are. */
  public Set<String> reserved() {
    Set<String> reserved = new LinkedHashSet<>(targets.names());
    label.ifPresent(reserved::add);
    id.ifPresent(reserved::add);
    reserved.addAll(except);
    return reserved;
  }
}
