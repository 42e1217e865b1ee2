package finitewidth.settings;

import org.jspecify.annotations.Nullable;

/**
 * A failure with a sentence of its own, which may name settings by their codes in braces. The
 * message has the names that spark.ml has for them, since nobody else stands between it and the
 * user; the job asks for the sentence with its own.
 */
public class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String sentence;

  protected Fault(String sentence) {
    super(Naming.PARAMS.in(sentence));
    this.sentence = sentence;
  }

  protected Fault(String sentence, @Nullable Throwable cause) {
    super(Naming.PARAMS.in(sentence), cause);
    this.sentence = sentence;
  }

  /** What went wrong, where, and what would help. */
  public final String sentence(Naming names) {
    return names.in(sentence);
  }
}
