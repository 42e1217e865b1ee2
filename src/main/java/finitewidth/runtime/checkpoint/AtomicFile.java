package finitewidth.runtime.checkpoint;

import finitewidth.storage.Reason;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file that is there whole or not at all: written under a hidden name of its own and renamed when
 * it is complete. Hadoop's {@code FSError}, of a disk that is full, is an IOException here.
 */
final class AtomicFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final FileSystem fs;
  private final Path target;
  private final Path draft;
  private final OutputStream out;
  private boolean complete;

  /**
   * @param target which must not exist
   */
  AtomicFile(FileSystem fs, Path target) throws IOException {
    this.fs = fs;
    this.target = target;
    draft = new Path(target.getParent(), "." + target.getName() + "." + UUID.randomUUID());
    out = new BufferedOutputStream(new Checked(fs.create(draft, false)), BUFFER);
  }

  private static final class Checked extends OutputStream {
    private final OutputStream to;

    Checked(OutputStream to) {
      this.to = to;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        to.write(bytes, from, length);
      } catch (FSError e) {
        throw Reason.exception(e);
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        to.flush();
      } catch (FSError e) {
        throw Reason.exception(e);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        to.close();
      } catch (FSError e) {
        throw Reason.exception(e);
      }
    }
  }

  OutputStream out() {
    return out;
  }

  /** Gives the file its name. */
  void complete() throws IOException {
    out.close();
    if (!fs.rename(draft, target)) {
      throw new IOException(draft + " cannot be renamed to " + target);
    }
    complete = true;
  }

  /** Removes what is there of an incomplete file. */
  @Override
  public void close() throws IOException {
    if (!complete) {
      try {
        out.close();
      } finally {
        fs.delete(draft, false);
      }
    }
  }
}
