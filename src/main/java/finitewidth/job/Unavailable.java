package finitewidth.job;

import java.util.List;

/** Refuses what the contract of the job names but this version does not do. */
final class Unavailable {
  private Unavailable() {}

  /** Refuses the values that this version lacks. */
  static void refuse(ConfigReader values) {
    for (Key key : List.of(Key.INDUCING_POINTS, Key.CHECKPOINT_PATH)) {
      if (values.has(key) && !values.isWord(key, "none")) {
        throw values.refuse(key, instead("none"));
      }
    }
  }

  private static String instead(String accepted) {
    return "this is not available in this version; use " + accepted;
  }
}
