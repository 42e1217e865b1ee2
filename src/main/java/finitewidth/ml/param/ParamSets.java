package finitewidth.ml.param;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Reads and sets Params of a stage that is known by one of its interfaces. */
public final class ParamSets {
  private ParamSets() {}

  /** The value that is set, or the default. */
  public static <T> T value(SharedParams stage, Param<T> param) {
    return ((Params) stage).getOrDefault(param);
  }

  /** Whether there is a value other than a default. */
  public static boolean isSet(SharedParams stage, Param<?> param) {
    return ((Params) stage).isSet(param);
  }

  /** Sets a value that is valid; returns the stage. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // S is the stage's own type
  public static <S, T> S set(SharedParams stage, Param<T> param, T value) {
    return (S) ((Params) stage).set(param, value);
  }
}
