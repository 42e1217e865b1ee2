package finitewidth.inference.work;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.linalg.Matrix;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  @Test
  void sequencesAreToldApart() {
    List<String> all =
        List.of(
            Fingerprint.of("ab").add("c").done().toString(),
            Fingerprint.of("a").add("bc").done().toString(),
            Fingerprint.of("a").add(1L).add(2L).done().toString(),
            Fingerprint.of("a").add(1.0, 2.0).done().toString(),
            Fingerprint.of("a").add(1.0).add(2.0).done().toString(),
            Fingerprint.of("a").add(0.0).done().toString(),
            Fingerprint.of("a").add(-0.0).done().toString());
    assertThat(all).doesNotHaveDuplicates().allMatch(name -> name.matches("[0-9a-f]{32}"));
    double[] many = new double[3000];
    double[] other = many.clone();
    other[2999] = Math.nextUp(0.0);
    assertThat(Fingerprint.of("a").add(many).done().toString())
        .isNotEqualTo(Fingerprint.of("a").add(other).done().toString());
  }

  /**
   * Work kept by an earlier version must be found again. The digits are those that Python's hashlib
   * gives for the bytes written out by hand.
   */
  @Test
  void theBytesOfASequence() {
    double[] numbers = new double[2000];
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = 0.5 * k;
    }
    Fingerprint all =
        Fingerprint.of("größe")
            .add(-3)
            .add(true)
            .add(numbers)
            .add(Matrix.wrap(2, 2, new double[] {1, 2, 3, 4}))
            .add(Fingerprint.of("other").done())
            .done();
    assertThat(all).hasToString("a82667d2dee6b6b3bc071b2612632352");
  }

  @Test
  void plainBytes() {
    Sha256 sum = new Sha256();
    sum.add("ab".getBytes(StandardCharsets.UTF_8));
    sum.add(-2);
    sum.add("code".getBytes(StandardCharsets.UTF_8), 1);
    assertThat(sum.hex())
        .isEqualTo("bfd926c5b581336318398d2b0662476b7c542e48473034fec3a90a3ae5cd5980");
    sum.add("abc".getBytes(StandardCharsets.UTF_8));
    assertThat(sum.hex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }
}
