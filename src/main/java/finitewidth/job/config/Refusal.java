package finitewidth.job.config;

import finitewidth.settings.Key;
import java.util.List;

/** A value that a record refuses; who read the configuration knows the value and its place. */
final class Refusal extends ConfigException {
  private static final long serialVersionUID = 1L;

  private final Key key;
  private final String why;

  /**
   * @param why what is wrong, or what would be accepted
   */
  Refusal(Key key, String why) {
    super(key + ": " + why);
    this.key = key;
    this.why = why;
  }

  /** Refuses what its key does not accept. */
  Refusal(Key key) {
    this(key, "accepted is " + key.accepted());
  }

  Key key() {
    return key;
  }

  String why() {
    return why;
  }

  /** Refuses what its key does not accept, unless a condition holds. */
  static void unless(boolean valid, Key key) {
    if (!valid) {
      throw new Refusal(key);
    }
  }

  /** Refuses for a reason, where there is one. */
  static void where(boolean wrong, Key key, String why) {
    if (wrong) {
      throw new Refusal(key, why);
    }
  }

  static boolean differ(List<?> values) {
    return values.stream().distinct().count() == values.size();
  }
}
