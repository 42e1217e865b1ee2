package finitewidth.job.config;

import finitewidth.settings.Key;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The key from which a component of a record is filled. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@interface From {
  Key value();

  /** Whether a list may be given as its only member. */
  boolean orOne() default false;

  /** Whether an {@code Optional} takes the default where the key is not set. */
  boolean orStandard() default false;

  /** Whether words, numbers and blanks are taken as they are written. */
  boolean asWritten() default false;
}
