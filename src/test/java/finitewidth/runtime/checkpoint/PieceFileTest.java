package finitewidth.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.inference.work.Fingerprint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PieceFileTest {
  private static final Fingerprint FINGERPRINT = Fingerprint.of("a").done();
  private static final List<byte[]> PIECES =
      List.of(new byte[] {1, 2, 3}, new byte[0], new byte[] {4, 5, 6, 7, 8});
  private static final int LARGEST = 5;
  private static byte[] file;

  @BeforeAll
  static void write() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PieceFile.Writer writer = new PieceFile.Writer(out, FINGERPRINT);
    for (byte[] piece : PIECES) {
      writer.put(ByteBuffer.wrap(piece));
    }
    writer.end();
    file = out.toByteArray();
  }

  private static List<byte[]> read(byte[] bytes, List<byte[]> to) throws IOException {
    PieceFile.read(
        new ByteArrayInputStream(bytes),
        bytes.length,
        FINGERPRINT,
        LARGEST,
        piece -> {
          byte[] read = new byte[piece.remaining()];
          piece.get(read);
          to.add(read);
        });
    return to;
  }

  private static void assertBegin(List<byte[]> found) {
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i)).isEqualTo(PIECES.get(i));
    }
  }

  @Test
  void readsWhatWasWritten() throws IOException {
    assertThat(read(file, new ArrayList<>())).hasSize(3);
    assertBegin(read(file, new ArrayList<>()));
  }

  @Test
  void aFileThatEndsTooEarlyGivesItsFirstPieces() {
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      List<byte[]> found = new ArrayList<>();
      assertThatThrownBy(() -> read(cut, found)).isInstanceOf(PieceFile.Malformed.class);
      assertBegin(found);
    }
  }

  /** No byte can change without being noticed, and none before it is lost. */
  @Test
  void everyFlippedBitIsNoticed() {
    for (int at = 0; at < file.length; at++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        byte[] bad = file.clone();
        bad[at] ^= (byte) (1 << bit);
        List<byte[]> found = new ArrayList<>();
        assertThatThrownBy(() -> read(bad, found))
            .as("bit %d of byte %d", bit, at)
            .isInstanceOf(PieceFile.Malformed.class);
        assertBegin(found);
      }
    }
  }

  /** A length is not believed beyond what a piece may have, nor beyond the file's end. */
  @Test
  void lengthsAreCheckedBeforeMemoryIsTaken() {
    int firstLength = 8 + 4 + 32 + 1;
    for (int claimed : new int[] {-1, Integer.MIN_VALUE, LARGEST + 1, Integer.MAX_VALUE}) {
      byte[] bad = file.clone();
      ByteBuffer.wrap(bad).putInt(firstLength, claimed);
      assertThatThrownBy(() -> read(bad, new ArrayList<>()))
          .isInstanceOf(PieceFile.Malformed.class)
          .hasMessage("piece 0 claims " + claimed + " bytes");
    }
    byte[] end = Arrays.copyOf(file, firstLength + 8 + 2);
    assertThatThrownBy(() -> read(end, new ArrayList<>())).hasMessage("piece 0 claims 3 bytes");
  }

  @Test
  void anotherFingerprintIsRefused() {
    assertThatThrownBy(
            () ->
                PieceFile.read(
                    new ByteArrayInputStream(file),
                    file.length,
                    Fingerprint.of("b").done(),
                    LARGEST,
                    piece -> {}))
        .hasMessage("its fingerprint is another");
  }
}
