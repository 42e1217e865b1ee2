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

  /** That these are constant, as a sentence begins; of many the first are named. */
  static String are(List<String> names, long rows) {
    return "feature column%s %s%s %s constant over the %s training rows"
        .formatted(
            names.size() == 1 ? "" : "s",
            names.stream().limit(MOST_NAMED).map(Cells::shorten).collect(Collectors.joining(", ")),
            names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more" : "",
            names.size() == 1 ? "is" : "are",
            rows);
  }
}
