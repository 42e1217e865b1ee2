package finitewidth.data.scale;

import finitewidth.data.Cells;
import java.util.List;
import java.util.stream.Collectors;

/** What becomes of features that say nothing because they are constant over the training rows. */
public enum ConstantColumns {
  /** Inputs of the network leave them out. */
  DROP,
  /** They are refused. */
  REFUSE;

  private static final int MOST_NAMED = 20;

  /** Names for a sentence; of many the first. */
  static String named(List<String> names) {
    String shown =
        names.stream().limit(MOST_NAMED).map(Cells::shorten).collect(Collectors.joining(", "));
    return (names.size() == 1 ? "feature column " : "feature columns ")
        + shown
        + (names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more" : "");
  }
}
