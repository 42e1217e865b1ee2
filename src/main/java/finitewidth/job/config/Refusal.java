package finitewidth.job.config;

import finitewidth.settings.Key;
import java.util.List;
import java.util.Locale;

/** A value that a record refuses; who read the configuration knows the value and its place. */
final class Refusal extends ConfigException {
  private static final long serialVersionUID = 1L;

  private final Key key;
  private final String why;

  private Refusal(Key key, String why) {
    super(key + ": " + why);
    this.key = key;
    this.why = why;
  }

  /** Of what the key does not accept. */
  static Refusal of(Key key) {
    return new Refusal(key, "accepted is " + key.accepted());
  }

  /**
   * Of what does not fit in.
   *
   * @param why what is wrong and what would be accepted, as {@code String.format} has it
   */
  static Refusal of(Key key, String why, Object... arguments) {
    return new Refusal(key, String.format(Locale.ROOT, why, arguments));
  }

  static void unless(boolean valid, Key key) {
    if (!valid) {
      throw of(key);
    }
  }

  static void when(boolean wrong, Key key, String why, Object... arguments) {
    if (wrong) {
      throw of(key, why, arguments);
    }
  }

  /** The same of another key, where one key says what another one means. */
  Refusal insteadOf(Key named, Key other) {
    return key == named ? new Refusal(other, why) : this;
  }

  /** Whether a list has no member twice. */
  static boolean differ(List<?> members) {
    return members.stream().distinct().count() == members.size();
  }

  /** The sentence with the value and its place. */
  ConfigException told(ConfigValues values) {
    return values.refuse(key, why);
  }
}
