package finitewidth.job.config;

import finitewidth.settings.Key;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the keys that a mistyped one may have meant. */
final class NearestKeys {
  private static final int SUGGESTIONS = 2;

  private NearestKeys() {}

  /** The nearest known keys, best first; never empty. */
  static List<String> to(String unknown) {
    List<String> section =
        Arrays.stream(Key.values())
            .map(Key::path)
            .filter(path -> path.startsWith(unknown + "."))
            .toList();
    if (!section.isEmpty()) {
      return section;
    }
    return among(unknown, Arrays.stream(Key.values()).map(Key::path).toList());
  }

  /** The nearest of some words, best first; never empty. */
  static List<String> among(String unknown, List<String> known) {
    List<String> sorted =
        known.stream().sorted(Comparator.comparingDouble(path -> distance(unknown, path))).toList();
    double best = distance(unknown, sorted.get(0));
    return sorted.stream()
        .limit(SUGGESTIONS)
        .filter(path -> distance(unknown, path) <= best + 1)
        .toList();
  }

  /**
   * Edits between whole keys, or between their last parts at the price of the missing section; a
   * part of a key is as near as one edit.
   */
  private static double distance(String unknown, String path) {
    double edits = Math.min(edits(unknown, path), 0.5 + edits(last(unknown), last(path)));
    return unknown.length() > 2 && path.contains(unknown) ? Math.min(1, edits) : edits;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static int edits(String a, String b) {
    return LevenshteinDistance.getDefaultInstance().apply(a, b);
  }
}
