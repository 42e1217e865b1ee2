package finitewidth.gaussian;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A pair has the same bits on its own, anywhere in a row, and with or without vectors. */
class TwoPointRowTest {
  private static final int LENGTH = TwoPointRows.LENGTH;

  static List<Activation> activations() {
    return TwoPointTest.activations();
  }

  @ParameterizedTest
  @MethodSource("activations")
  void aPairOnItsOwn(Activation activation) {
    for (boolean curvature : new boolean[] {false, true}) {
      List<TwoPointRow> rows = TwoPointRows.filled(curvature, 50, 1);
      List<TwoPointRow> expected = TwoPointRows.filled(curvature, 50, 1);
      for (int r = 0; r < rows.size(); r++) {
        activation.twoPoint(rows.get(r), LENGTH);
        RowMap.pairwise(activation).apply(expected.get(r), LENGTH);
        assertSameBits(rows.get(r), 0, expected.get(r), 0, LENGTH);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void anyCutOfARow(Activation activation) {
    for (TwoPointRow whole : TwoPointRows.filled(true, 20, 2)) {
      activation.twoPoint(whole, LENGTH);
      TwoPointRow part = new TwoPointRow(LENGTH, true);
      part.k11 = whole.k11;
      for (int from = 0; from < LENGTH; from += 7) {
        for (int count : new int[] {1, 2, 3, 5, 8, LENGTH - from}) {
          int n = Math.min(count, LENGTH - from);
          System.arraycopy(whole.k22, from, part.k22, 0, n);
          System.arraycopy(whole.k12, from, part.k12, 0, n);
          System.arraycopy(whole.separation, from, part.separation, 0, n);
          activation.twoPoint(part, n);
          assertSameBits(part, 0, whole, from, n);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void everyResultIsFinite(Activation activation) {
    for (TwoPointRow row : TwoPointRows.filled(true, 50, 4)) {
      activation.twoPoint(row, LENGTH);
      for (double[] result : TwoPointRows.results(row)) {
        assertThat(Arrays.stream(result, 0, LENGTH)).allMatch(Double::isFinite);
      }
    }
  }

  /**
   * Virtual machines without the incubating module and with shorter vectors than this machine's.
   */
  @Test
  void anyVectors() {
    List<String> flags = List.of("--add-modules=jdk.incubator.vector");
    List<String> here = digests(flags);
    assertThat(here.get(0)).isEqualTo(Boolean.toString(Lanes.available()));
    List<String> none = digests(List.of());
    assertThat(none.get(0)).isEqualTo("false");
    List<String> shorter = new ArrayList<>(flags);
    shorter.add("-XX:MaxVectorSize=16");
    assertThat(none.subList(1, none.size())).isEqualTo(here.subList(1, here.size()));
    assertThat(digests(shorter)).isEqualTo(here);
  }

  private static List<String> digests(List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(TwoPointRows.class.getName());
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      byte[] out = process.getInputStream().readAllBytes();
      List<String> lines = new String(out, StandardCharsets.UTF_8).lines().toList();
      assertThat(lines).hasSize(1 + Activations.names().size());
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertSameBits(
      TwoPointRow row, int from, TwoPointRow expected, int expectedFrom, int count) {
    List<double[]> results = TwoPointRows.results(row);
    List<double[]> expectations = TwoPointRows.results(expected);
    for (int k = 0; k < results.size(); k++) {
      assertThat(Arrays.copyOfRange(results.get(k), from, from + count))
          .isEqualTo(Arrays.copyOfRange(expectations.get(k), expectedFrom, expectedFrom + count));
    }
  }
}
