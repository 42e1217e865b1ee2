package finitewidth.job.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import finitewidth.inference.work.Sha256;
import finitewidth.runtime.Redaction;
import finitewidth.settings.Key;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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

  private final Map<String, String> given = new LinkedHashMap<>();
  private final String fingerprint;

  private EffectiveConfig(ConfigValues values, Redaction redaction) {
    Sha256 print = new Sha256();
    for (Key key : Key.values()) {
      String value =
          redaction.value(key.path(), values.get(key).map(v -> canonical(v)).orElse(standard(key)));
      values.get(key).ifPresent(v -> given.put(key.path(), redaction.value(key.path(), shown(v))));
      if (!ELSEWHERE.contains(key)) {
        print.add((key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8));
      }
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
      case STRING, OBJECT -> value.render(ConfigRenderOptions.concise());
      default -> String.valueOf(value.unwrapped());
    };
  }

  private static String number(Number number) {
    return number instanceof Double d && !Double.isFinite(d)
        ? d.toString()
        : new BigDecimal(number.toString()).stripTrailingZeros().toString();
  }
}
