package finitewidth.job.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import finitewidth.inference.work.Sha256;
import finitewidth.runtime.Redaction;
import finitewidth.settings.Key;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The configuration that a job ran with, as it may be shown, and its fingerprint.
 *
 * <p>The fingerprint is the SHA-256 of a canonical text: a line {@code key=value} for every key
 * that can change what is computed, in the order of {@code --help}, defaults included. Numbers
 * stand in their shortest decimal form, so {@code 0.10} and {@code 1e-1} are one; texts stand in
 * quotes. Where results and checkpoints go, and whether they may replace others, changes nothing
 * and is left out. Secrets are masked before: a hash of them would let them be guessed.
 */
public final class EffectiveConfig {
  private static final Set<Key> ELSEWHERE =
      EnumSet.of(
          Key.OUTPUT_PATH, Key.OUTPUT_OVERWRITE, Key.CHECKPOINT_PATH, Key.CHECKPOINT_INTERVAL);

  private static final SortedMap<String, ConfigValue> NOTHING = Collections.emptySortedMap();

  private final Map<String, String> given = new LinkedHashMap<>();
  private final String fingerprint;

  private EffectiveConfig(ConfigValues values, Redaction redaction) {
    Sha256 print = new Sha256();
    for (Key key : Key.values()) {
      SortedMap<String, ConfigValue> set = values.get(key).map(v -> named(key, v)).orElse(NOTHING);
      set.forEach((name, v) -> given.put(name, redaction.value(name, shown(v))));
      if (ELSEWHERE.contains(key)) {
        continue;
      }
      if (set.isEmpty()) {
        add(print, key.path(), redaction.value(key.path(), standard(key)));
      }
      set.forEach((name, v) -> add(print, name, redaction.value(name, canonical(v))));
    }
    fingerprint = print.hex();
  }

  public static EffectiveConfig of(ConfigValues values) {
    return new EffectiveConfig(values, Redaction.standard());
  }

  /** The keys that were set, with their values, secrets masked. */
  public Map<String, String> given() {
    return given;
  }

  /** 64 hexadecimal digits. */
  public String fingerprint() {
    return fingerprint;
  }

  private static void add(Sha256 print, String name, String value) {
    print.add((name + "=" + value + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Options that Spark names are one setting, but have names that may say that they are secret. */
  private static SortedMap<String, ConfigValue> named(Key key, ConfigValue value) {
    SortedMap<String, ConfigValue> named = new TreeMap<>();
    if (value instanceof ConfigObject block) {
      block.forEach((name, word) -> named.put(FileKeys.BLOCK + name, word));
    } else {
      named.put(key.path(), value);
    }
    return named;
  }

  private static String shown(ConfigValue value) {
    return value.valueType() == ConfigValueType.STRING
        ? (String) value.unwrapped()
        : value.render(ConfigRenderOptions.concise());
  }

  /** A default as HOCON has it, or the words that stand for one. */
  private static String standard(Key key) {
    return ConfigValues.standard(key)
        .map(EffectiveConfig::canonical)
        .orElse("\"" + key.standard() + "\"");
  }

  private static String canonical(ConfigValue value) {
    if (value instanceof ConfigList list) {
      return list.stream()
          .map(EffectiveConfig::canonical)
          .collect(Collectors.joining(",", "[", "]"));
    }
    return switch (value.valueType()) {
      case NUMBER -> number((Number) value.unwrapped());
      case STRING -> value.render(ConfigRenderOptions.concise());
      default -> String.valueOf(value.unwrapped());
    };
  }

  private static String number(Number number) {
    return number instanceof Double d && !Double.isFinite(d)
        ? d.toString()
        : new BigDecimal(number.toString()).stripTrailingZeros().toString();
  }
}
