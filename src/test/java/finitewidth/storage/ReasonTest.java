package finitewidth.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ReasonTest {
  private static final Path HERE = new Path("file:///");

  @Test
  void inWords() {
    assertThat(Reason.of(new AccessDeniedException("/a/b"))).isEqualTo("/a/b: permission denied");
    assertThat(Reason.of(new NoSuchFileException("/a"))).isEqualTo("/a: no such file or directory");
    assertThat(Reason.of(new FileSystemException("/a", null, "Read-only file system")))
        .isEqualTo("/a: Read-only file system");
    IOException full = new IOException("No space left on device");
    assertThat(Reason.of(new UncheckedIOException(full))).isEqualTo("No space left on device");
    assertThat(Reason.of(new UncheckedIOException("x cannot be used", full)))
        .isEqualTo("x cannot be used");
    assertThat(Reason.of(new IOException())).isEqualTo("IOException");
  }

  @Test
  void fullDisks() {
    assertThat(Reason.isFull(new IOException("x", new IOException("Disk quota exceeded")), HERE))
        .isTrue();
    assertThat(Reason.isFull(new AccessDeniedException("/a"), HERE)).isFalse();
  }

  /** Linux has a device that is a full disk. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void hadoopsErrors() throws IOException {
    Throwable error = null;
    try (OutputStream out =
        FileSystem.getLocal(new Configuration())
            .getRaw()
            .create(new Path("file:///dev/full"), true)) {
      out.write(new byte[100_000]);
    } catch (FSError e) {
      error = e;
    }
    assertThat(error).isNotNull();
    assertThat(Reason.of(error)).isEqualTo("No space left on device");
    assertThat(Reason.isFull(error, HERE)).isTrue();
    assertThat(Reason.exception(error)).hasMessage("No space left on device");
  }
}
