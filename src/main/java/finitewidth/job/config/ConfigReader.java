package finitewidth.job.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoublePredicate;

/** Reads values of the type and range that a key accepts, or refuses them in a sentence. */
final class ConfigReader {
  private final ConfigValues values;

  ConfigReader(ConfigValues values) {
    this.values = values;
  }

  boolean has(Key key) {
    return values.get(key).isPresent();
  }

  ConfigException refuse(Key key, String accepted) {
    return values.refuse(key, accepted);
  }

  /** A text that is not empty. */
  Optional<String> text(Key key, String accepted) {
    return values.get(key).map(value -> text(key, value, accepted));
  }

  /** One text or a list of at least one, without duplicates. */
  Optional<List<String>> texts(Key key, String accepted) {
    Optional<List<String>> texts =
        values
            .get(key)
            .map(
                value ->
                    value instanceof ConfigList list
                        ? list.stream().map(item -> text(key, item, accepted)).toList()
                        : List.of(text(key, value, accepted)));
    if (texts.isPresent()
        && (texts.get().isEmpty()
            || texts.get().stream().distinct().count() < texts.get().size())) {
      throw refuse(key, accepted);
    }
    return texts;
  }

  /** Texts, numbers and other words as they are written, one or a list, maybe of none. */
  Optional<List<String>> words(Key key, String accepted) {
    return values
        .get(key)
        .map(
            value ->
                (value instanceof ConfigList list ? List.copyOf(list) : List.of(value))
                    .stream().map(item -> word(key, item, accepted)).toList());
  }

  private String word(Key key, ConfigValue value, String accepted) {
    return switch (value.valueType()) {
      case STRING -> (String) value.unwrapped();
      case NUMBER, BOOLEAN, NULL -> value.render();
      case LIST, OBJECT -> throw refuse(key, accepted);
    };
  }

  /** Words by their names, if the key is set. */
  Map<String, String> wordsByName(Key key, String accepted) {
    Map<String, String> words = new TreeMap<>();
    values
        .get(key)
        .ifPresent(
            value -> {
              if (!(value instanceof ConfigObject object)) {
                throw refuse(key, accepted);
              }
              object.forEach((name, word) -> words.put(name, word(key, word, accepted)));
            });
    return words;
  }

  /** One of a few words. */
  String choice(Key key, List<String> accepted) {
    String sentence = "accepted is " + String.join(", ", accepted);
    String chosen = text(key, sentence).orElse(key.standard());
    if (!accepted.contains(chosen)) {
      throw refuse(key, sentence);
    }
    return chosen;
  }

  /** One of the constants, by its name in lower case with hyphens. */
  <E extends Enum<E>> E choice(Key key, E[] constants) {
    List<String> names = new ArrayList<>();
    for (E constant : constants) {
      names.add(Words.of(constant));
    }
    return constants[names.indexOf(choice(key, names))];
  }

  boolean flag(Key key) {
    return values
        .get(key)
        .map(
            value -> {
              if (value.valueType() != ConfigValueType.BOOLEAN) {
                throw refuse(key, "accepted is true or false");
              }
              return (Boolean) value.unwrapped();
            })
        .orElse(Boolean.parseBoolean(key.standard()));
  }

  double number(Key key, DoublePredicate valid, String accepted) {
    return values
        .get(key)
        .map(value -> number(key, value, valid, accepted))
        .orElseGet(() -> Double.parseDouble(key.standard()));
  }

  /** A whole number from {@code least} to {@code most}, if the key is set. */
  Optional<Long> whole(Key key, long least, long most) {
    return whole(key, least, most, "");
  }

  /**
   * The same where something else is accepted too, which the caller has looked for.
   *
   * @param others that, as it stands before the number in a sentence
   */
  Optional<Long> whole(Key key, long least, long most, String others) {
    String accepted = "accepted is " + others + "a whole number from " + least + " to " + most;
    return values.get(key).map(value -> whole(key, value, least, most, accepted));
  }

  /** The same, or the default. */
  long wholeOrStandard(Key key, long least, long most) {
    return whole(key, least, most).orElseGet(() -> Long.valueOf(key.standard()));
  }

  /** A list of whole numbers, if the key is set. */
  Optional<List<Long>> wholes(Key key, long least, long most, String accepted) {
    return values
        .get(key)
        .map(
            value ->
                list(key, value, accepted).stream()
                    .map(item -> whole(key, item, least, most, accepted))
                    .toList());
  }

  /** A list of numbers, if the key is set. */
  Optional<List<Double>> numbers(Key key, DoublePredicate valid, String accepted) {
    return values
        .get(key)
        .map(
            value ->
                list(key, value, accepted).stream()
                    .map(item -> number(key, item, valid, accepted))
                    .toList());
  }

  /** Whether the value is this very text. */
  boolean isWord(Key key, String word) {
    return values.get(key).filter(value -> word.equals(value.unwrapped())).isPresent();
  }

  boolean isList(Key key) {
    return values.get(key).filter(ConfigList.class::isInstance).isPresent();
  }

  private ConfigList list(Key key, ConfigValue value, String accepted) {
    if (value instanceof ConfigList list) {
      return list;
    }
    throw refuse(key, accepted);
  }

  private String text(Key key, ConfigValue value, String accepted) {
    if (value.valueType() == ConfigValueType.STRING) {
      String text = (String) value.unwrapped();
      if (!text.isBlank() || (text.isEmpty() && key.takesNoName())) {
        return text;
      }
    }
    throw refuse(key, accepted);
  }

  private double number(Key key, ConfigValue value, DoublePredicate valid, String accepted) {
    if (value.valueType() == ConfigValueType.NUMBER) {
      double number = ((Number) value.unwrapped()).doubleValue();
      if (Double.isFinite(number) && valid.test(number)) {
        return number;
      }
    }
    throw refuse(key, accepted);
  }

  private long whole(Key key, ConfigValue value, long least, long most, String accepted) {
    if (value.valueType() == ConfigValueType.NUMBER) {
      Number number = (Number) value.unwrapped();
      boolean fraction = number instanceof Double d && d != Math.rint(d);
      double size = number.doubleValue();
      if (!fraction && size >= least && size <= most) {
        return number.longValue();
      }
    }
    throw refuse(key, accepted);
  }
}
