package finitewidth.job;

/** Refuses what the contract of the job names but this version does not do. */
final class Unavailable {
  private Unavailable() {}

  /** Refuses the values that this version lacks. */
  static void refuse(ConfigReader values) {
    if (values.has(Key.CHECKPOINT_PATH) && !values.isWord(Key.CHECKPOINT_PATH, "none")) {
      throw values.refuse(Key.CHECKPOINT_PATH, "this is not available in this version; use none");
    }
  }
}
