package finitewidth.prior;

import finitewidth.linalg.NumericsException;
import java.util.function.Function;

/**
 * Numbers that double precision cannot hold, or has lost all digits of. The sentence names settings
 * as whoever tells it calls them.
 */
public final class RangeException extends NumericsException {
  private static final long serialVersionUID = 1L;

  /** What the sentence may name, as spark.ml calls it. */
  public enum Setting {
    WEIGHT_VARIANCE("weightVariance"),
    BIAS_VARIANCE("biasVariance"),
    NOISE_VARIANCE("noiseVariance"),
    HIDDEN_WIDTHS("hiddenWidths"),
    FEATURE_SCALING("featureScaling"),
    TARGET_SCALING("targetScaling");

    private final String param;

    Setting(String param) {
      this.param = param;
    }

    /** As it stands in a template. */
    private String place() {
      return "{" + name() + "}";
    }
  }

  private final String template;

  /**
   * @param template the sentence, with the names of settings in braces, such as {@code
   *     {WEIGHT_VARIANCE}}
   */
  public RangeException(String template) {
    super(named(template, setting -> setting.param));
    this.template = template;
  }

  /** The sentence with other names of settings. */
  public String sentence(Function<Setting, String> names) {
    return named(template, names);
  }

  private static String named(String template, Function<Setting, String> names) {
    String text = template;
    for (Setting setting : Setting.values()) {
      text = text.replace(setting.place(), names.apply(setting));
    }
    return text;
  }
}
