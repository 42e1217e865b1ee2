package finitewidth.gaussian;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.gaussian.activations.Activations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A pair has the same bits on its own, anywhere in a row, and however the loops were compiled. */
class TwoPointRowTest {
  private static final int LENGTH = TwoPointRows.LENGTH;

  static List<Activation> activations() {
    return TwoPointTest.activations();
  }

  @ParameterizedTest
  @MethodSource("activations")
  void aPairOnItsOwn(Activation activation) {
    for (TwoPointRow row : TwoPointRows.filled(true, 50, 1)) {
      activation.twoPoint(row, LENGTH);
      for (int i = 0; i < LENGTH; i++) {
        assertThat(TwoPoint.at(row, i))
            .isEqualTo(TwoPoint.of(activation, row.k11, row.k22[i], row.k12[i], row.separation[i]));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void withoutCurvature(Activation activation) {
    List<TwoPointRow> rows = TwoPointRows.filled(false, 50, 1);
    List<TwoPointRow> expected = TwoPointRows.filled(true, 50, 1);
    for (int r = 0; r < rows.size(); r++) {
      activation.twoPoint(rows.get(r), LENGTH);
      activation.twoPoint(expected.get(r), LENGTH);
      assertSameBits(rows.get(r), 0, expected.get(r), 0, LENGTH);
    }
  }

  /** A pair seen from its other point. */
  @ParameterizedTest
  @MethodSource("activations")
  void eitherPointFirst(Activation activation) {
    for (TwoPointRow row : TwoPointRows.filled(true, 50, 5)) {
      activation.twoPoint(row, LENGTH);
      for (int i = 0; i < LENGTH; i++) {
        TwoPoint one = TwoPoint.at(row, i);
        TwoPoint other =
            TwoPoint.of(activation, row.k22[i], row.k11, row.k12[i], row.separation[i]);
        assertThat(one.mean()).isEqualTo(other.mean());
        assertThat(one.distance()).isEqualTo(other.distance());
        assertThat(one.d1()).isEqualTo(other.d2());
        assertThat(one.dc()).isEqualTo(other.dc());
        assertThat(one.d11()).isEqualTo(other.d22());
        assertThat(one.d1c()).isEqualTo(other.d2c());
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

  /** Interpreted; compiled without vectors, with those of this machine and with shorter ones. */
  @Test
  void howeverCompiled() {
    List<String> plain = digests("-Xint", "1");
    assertThat(digests("-XX:-UseSuperWord", "400")).isEqualTo(plain);
    assertThat(digests("-XX:+UseSuperWord", "400")).isEqualTo(plain);
    assertThat(digests("-XX:MaxVectorSize=16", "400")).isEqualTo(plain);
  }

  private static List<String> digests(String flag, String repetitions) {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            flag,
            "-cp",
            System.getProperty("java.class.path"),
            TwoPointRows.class.getName(),
            repetitions);
    try {
      Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      byte[] out = process.getInputStream().readAllBytes();
      List<String> lines = new String(out, StandardCharsets.UTF_8).lines().toList();
      assertThat(lines).hasSize(1 + Activations.namesWithFourPoints().size());
      // Started without the incubating module.
      assertThat(lines.get(0)).isEqualTo("false");
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertSameBits(
      TwoPointRow row, int from, TwoPointRow expected, int expectedFrom, int count) {
    List<double[]> results = TwoPointRows.results(row);
    // The shorter list: a row without curvature has first derivatives only.
    List<double[]> expectations = TwoPointRows.results(expected);
    for (int k = 0; k < results.size(); k++) {
      assertThat(Arrays.copyOfRange(results.get(k), from, from + count))
          .isEqualTo(Arrays.copyOfRange(expectations.get(k), expectedFrom, expectedFrom + count));
    }
  }
}
