package finitewidth.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What settings are called at an edge of the library. Below, a sentence names a setting by its code
 * in braces, such as {@code {WEIGHT_VARIANCE}}; the edge that tells the sentence puts the name in.
 */
public enum Naming {
  /** Keys of a job's configuration. */
  KEYS {
    @Override
    String nameOf(Key key) {
      return key.path();
    }
  },

  /** Params of spark.ml; the key where there is none. */
  PARAMS {
    @Override
    String nameOf(Key key) {
      return key.param().orElse(key.path());
    }
  };

  private static final Pattern CODE = Pattern.compile("\\{([A-Z_]+)}");

  abstract String nameOf(Key key);

  /** A sentence with names in place of codes; braces around anything else stay. */
  public String in(String sentence) {
    return CODE.matcher(sentence)
        .replaceAll(
            code ->
                Matcher.quoteReplacement(
                    Key.ofCode(code.group(1)).map(this::nameOf).orElse(code.group())));
  }
}
