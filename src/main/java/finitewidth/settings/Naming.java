package finitewidth.settings;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What settings are called at an edge of the library. Below, a sentence names a setting by its code
 * in braces, such as {@code {WEIGHT_VARIANCE}}; the edge that tells the sentence puts the name in.
 */
public enum Naming {
  /** Keys of a job's configuration. */
  KEYS(Key::path),

  /** Params of spark.ml; the key where there is none. */
  PARAMS(key -> key.param().orElse(key.path()));

  private static final Pattern CODE = Pattern.compile("\\{([A-Z_]+)}");

  private final Function<Key, String> name;

  Naming(Function<Key, String> name) {
    this.name = name;
  }

  /** A sentence with names in place of codes; braces around anything else stay. */
  public String in(String sentence) {
    return CODE.matcher(sentence)
        .replaceAll(code -> Matcher.quoteReplacement(named(code.group(), code.group(1))));
  }

  private String named(String whole, String code) {
    return Key.ofCode(code).map(name).orElse(whole);
  }
}
