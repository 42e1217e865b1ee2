package finitewidth.runtime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Masks secrets in what is printed or stored: values of settings whose key matches {@code
 * spark.redaction.regex}, also within a sentence or the query of a URL, signatures of signed URLs,
 * and user and password in the authority of a URL, as in {@code s3a://key:secret@bucket}.
 */
public final class Redaction {
  /** What stands for a secret, as in Spark's own account. */
  public static final String MASK = "*********(redacted)";

  /** The setting that says which keys are secret. */
  static final String SETTING = "spark.redaction.regex";

  /** Spark's default. */
  static final String STANDARD = "(?i)secret|password|token|access[.]?key";

  /** Whoever has the signature of a URL needs no password. */
  private static final Pattern SIGNATURE = Pattern.compile("(?i)(x-amz-|x-goog-)?sig(nature)?");

  /**
   * A number and a slash behind the colon are a port. Lengths are bounded so that a long text costs
   * no more than its length.
   */
  private static final Pattern AUTHORITY =
      Pattern.compile("(:/{1,2})[^\\s/:@'\"]{1,256}:(?!\\d{1,5}/)[^\\s@'\"]{1,1024}@");

  /** Each word is tried once, from its beginning, however long it is. */
  private static final Pattern SETTINGS =
      Pattern.compile("(?<![\\w.\\-])([\\w.\\-]++)(\"?\\s*+=\\s*+)(\"[^\"]*\"|[^\\s\"&;,'}\\]]++)");

  private final Pattern keys;

  private Redaction(Pattern keys) {
    this.keys = keys;
  }

  /**
   * By the setting of this process, which spark-submit makes a system property; by Spark's default
   * where it is not set, or is no regular expression, which Spark itself will refuse.
   */
  public static Redaction standard() {
    try {
      return of(System.getProperty(SETTING, STANDARD));
    } catch (PatternSyntaxException e) {
      return of(STANDARD);
    }
  }

  /**
   * @param keys a regular expression that is found in secret keys
   */
  static Redaction of(String keys) {
    return new Redaction(Pattern.compile(keys));
  }

  /** A text without the secrets in it. */
  public String text(String text) {
    String shown = AUTHORITY.matcher(text).replaceAll("$1" + MASK + "@");
    return SETTINGS
        .matcher(shown)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    isSecret(found.group(1))
                        ? found.group(1) + found.group(2) + MASK
                        : found.group()));
  }

  /** The value of a setting as it may be shown. */
  public String value(String key, String value) {
    return isSecret(key) ? MASK : text(value);
  }

  private boolean isSecret(String key) {
    return keys.matcher(key).find() || SIGNATURE.matcher(key).matches();
  }
}
