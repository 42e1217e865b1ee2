package finitewidth.job;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Damages bytes as storage, transport and people do, the same way for the same seed. */
final class Mutator {
  /** In the place of any number. */
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-1",
          "1e9",
          "1000000000",
          "2147483647",
          "2147483648",
          "9223372036854775807",
          "-9223372036854775808",
          "99999999999999999999999",
          "1e308",
          "1e999",
          "-1e-320",
          "0.5",
          "NaN",
          "null",
          "true",
          "\"7\"",
          "\"\"",
          "[]",
          "{}",
          "[1,[2]]");

  /** In the place of any word. */
  private static final List<String> WORDS =
      List.of(
          "",
          "..",
          "../..",
          "/",
          "none",
          "auto",
          "all",
          "*",
          "java.lang.Runtime",
          "java.lang.String",
          "a\u0000b",
          "ünïcödé ∞",
          "${x}",
          "file:/etc/passwd",
          "s3a://k:s@b/x",
          "x".repeat(5000),
          "\"",
          "{",
          "\\",
          "%n%s",
          "\n");

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE]-?\\d+)?");
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z.\\-]{2,}");

  private final Random random;

  Mutator(long seed) {
    random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  String number() {
    return oneOf(NUMBERS);
  }

  String word() {
    return oneOf(WORDS);
  }

  /** Bytes flipped, lost, doubled, blanked or cut off. */
  byte[] bytes(byte[] whole) {
    if (whole.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    byte[] copy = whole.clone();
    int at = below(copy.length);
    int some = 1 + below(Math.min(64, copy.length - at));
    switch (below(8)) {
      case 0 -> copy[at] ^= (byte) (1 << below(8));
      case 1 -> copy[at] = (byte) random.nextInt();
      case 2 -> {
        for (int k = 0; k < 20; k++) {
          copy[below(copy.length)] = (byte) random.nextInt();
        }
      }
      case 3 -> copy = Arrays.copyOf(copy, at);
      case 4 -> Arrays.fill(copy, at, at + some, (byte) (random.nextBoolean() ? 0 : 255));
      case 5 -> copy = joined(Arrays.copyOf(copy, at), tail(copy, at + some));
      case 6 -> copy = joined(Arrays.copyOf(copy, at + some), tail(copy, at));
      default -> {
        // Where lengths and offsets of a Parquet file stand.
        int near = copy.length - 1 - below(Math.min(1200, copy.length));
        copy[near] = (byte) random.nextInt();
      }
    }
    return copy;
  }

  /** A number, a word or some bytes of a text replaced. */
  String text(String whole) {
    return switch (below(4)) {
      case 0 -> replaced(whole, NUMBER, number());
      case 1 -> replaced(whole, WORD, word());
      case 2 -> doubled(whole);
      default -> new String(bytes(whole.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    };
  }

  private String replaced(String whole, Pattern pattern, String by) {
    List<MatchResult> found = pattern.matcher(whole).results().toList();
    if (found.isEmpty()) {
      return whole + by;
    }
    MatchResult chosen = oneOf(found);
    return whole.substring(0, chosen.start()) + by + whole.substring(chosen.end());
  }

  /** A piece stands twice, or many times. */
  private String doubled(String whole) {
    int at = below(whole.length() + 1);
    int to = at + below(whole.length() - at + 1);
    return whole.substring(0, to)
        + whole.substring(at, to).repeat(1 + below(3))
        + whole.substring(to);
  }

  private static byte[] tail(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, Math.min(from, bytes.length), bytes.length);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
