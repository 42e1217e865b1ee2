package finitewidth.job.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException.Parse;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import finitewidth.settings.Key;
import java.io.File;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The values of a configuration file with those of the command line laid over them.
 *
 * <p>Nothing leaks in from the environment or from system properties: the same file and the same
 * arguments make the same job anywhere.
 */
public final class ConfigValues {
  private static final ConfigResolveOptions CLOSED =
      ConfigResolveOptions.defaults().setUseSystemEnvironment(false);

  /** Far above any job's: what a parser of paths takes grows with the square of their length. */
  private static final long LONGEST = 1L << 20;

  /** What takes one of these takes plain text. */
  private static final Pattern TEXT =
      Pattern.compile("a path|a column name|an encoding|a format|one character|\\. or ,");

  private final Map<Key, ConfigValue> values;

  private ConfigValues(Map<Key, ConfigValue> values) {
    this.values = values;
  }

  /**
   * Reads a file and overrides of the form key=value.
   *
   * @throws ConfigException naming file and line, or an unknown key and the nearest known ones
   */
  public static ConfigValues read(File file, List<String> overrides) {
    if (!file.isFile() || !file.canRead()) {
      throw new ConfigException("--config " + file + ": no such file, or it cannot be read");
    }
    if (file.length() > LONGEST) {
      throw new ConfigException(
          "--config " + file + " has " + file.length() + " bytes; accepted are up to " + LONGEST);
    }
    try {
      Config given = ConfigFactory.parseFile(file);
      Config laidOver = ConfigFactory.empty();
      for (String override : overrides) {
        laidOver = override(override).withFallback(laidOver);
      }
      Config merged = laidOver.withFallback(given).resolve(CLOSED);
      Map<Key, ConfigValue> values = new EnumMap<>(Key.class);
      collect(merged, values);
      // A key in quotes, "data.train", is another path to HOCON but the same key here.
      collect(laidOver.resolveWith(merged, CLOSED), values);
      return new ConfigValues(values);
    } catch (com.typesafe.config.ConfigException e) {
      throw new ConfigException("--config " + file + ": " + oneLine(e), e);
    } catch (StackOverflowError e) {
      throw new ConfigException("--config " + file + ": lists or blocks are nested too deeply", e);
    }
  }

  Optional<ConfigValue> get(Key key) {
    return Optional.ofNullable(values.get(key));
  }

  /** A default as HOCON has it; nothing where words stand for one. */
  static Optional<ConfigValue> standard(Key key) {
    try {
      return Optional.of(ConfigFactory.parseString("x = " + key.standard()).getValue("x"));
    } catch (Parse | com.typesafe.config.ConfigException.Missing e) {
      return Optional.empty();
    }
  }

  /** The refusal of a value: key, value, where it was set, and what would be accepted. */
  ConfigException refuse(Key key, String accepted) {
    return new ConfigException(
        get(key)
                .map(value -> key + " = " + shown(value) + " (" + origin(value) + ")")
                .orElse(key + " is not set")
            + ": "
            + accepted);
  }

  private static void collect(Config config, Map<Key, ConfigValue> values) {
    for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
      String path = String.join(".", ConfigUtil.splitPath(entry.getKey()));
      Optional<Key> key = Key.of(path);
      if (key.isEmpty() && path.startsWith(FileKeys.BLOCK)) {
        // Options of Spark's readers are Spark's to name; all of them are one value here.
        ConfigObject others =
            values.get(Key.DATA_OPTIONS) instanceof ConfigObject some
                ? some
                : ConfigFactory.empty().root();
        values.put(
            Key.DATA_OPTIONS,
            others
                .withValue(path.substring(FileKeys.BLOCK.length()), entry.getValue())
                .withOrigin(entry.getValue().origin()));
      } else {
        values.put(key.orElseThrow(() -> unknown(path, entry.getValue())), entry.getValue());
      }
    }
  }

  private static ConfigException unknown(String whole, ConfigValue value) {
    String path = Words.shortened(whole);
    return new ConfigException(
        "unknown key %s (%s); did you mean %s?"
            .formatted(path, origin(value), String.join(" or ", NearestKeys.to(path))));
  }

  private static Config override(String text) {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      throw new ConfigException("\"" + Words.shortened(text) + "\" is not of the form key=value");
    }
    String path = text.substring(0, equals).strip();
    String value = text.substring(equals + 1).strip();
    if (value.isEmpty()) {
      throw new ConfigException(Words.shortened(path) + "= has no value; write " + path + "=VALUE");
    }
    boolean literal =
        Key.of(path).filter(ConfigValues::isText).isPresent()
            && !value.startsWith("\"")
            && !value.startsWith("[")
            && !value.startsWith("${");
    String right = literal ? ConfigUtil.quoteString(value) : value;
    try {
      return ConfigFactory.parseString(
          path + " = " + right, ConfigParseOptions.defaults().setOriginDescription("command line"));
    } catch (Parse e) {
      throw new ConfigException("command line, " + Words.shortened(text) + ": " + oneLine(e), e);
    }
  }

  /** Whether it takes plain text: globs and URLs need no quotes on the command line. */
  private static boolean isText(Key key) {
    return TEXT.matcher(key.accepted()).find();
  }

  /** Options of Spark's readers by their names alone, since their values may be secrets. */
  private static String shown(ConfigValue value) {
    return value instanceof ConfigObject block
        ? Words.shortened(String.join(", ", block.keySet()))
        : Words.shortened(value.render(ConfigRenderOptions.concise()));
  }

  /** File and line, or the command line. */
  private static String origin(ConfigValue value) {
    String description = value.origin().description();
    return description.startsWith("command line")
        ? "command line"
        : description.replaceFirst(": (\\d+)(-\\d+)?$", ", line $1");
  }

  private static String oneLine(Exception failed) {
    return Words.shortened(String.valueOf(failed.getMessage()).replaceAll("\\s*\\R\\s*", " "));
  }
}
