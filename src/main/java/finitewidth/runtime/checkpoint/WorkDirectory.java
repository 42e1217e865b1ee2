package finitewidth.runtime.checkpoint;

import finitewidth.storage.Kind;
import finitewidth.storage.Reason;
import finitewidth.storage.Tree;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Where one piece of work is kept: files of pieces, and one that says for which result it was. */
record WorkDirectory(FileSystem fs, Path path) {
  private static final String OWNER = "owner";
  private static final int LONGEST_OWNER = 1 << 13;

  /** A kind of work and a fingerprint. */
  private static final Pattern NAME = Pattern.compile("[a-z-]+-[0-9a-f]{32}");

  private static final String FILE =
      "(pieces-[0-9a-f]{8}-[0-9]{5,}|" + TaskFiles.NAME + "|" + OWNER + ")";

  /** Files, and what was to become one. */
  private static final Pattern OURS = Pattern.compile(FILE + "|\\." + FILE + "\\.[0-9a-f-]{36}");

  /** Whether it is a directory, no link to one, of such a name and for this result. */
  boolean isOf(String owner) throws IOException {
    return NAME.matcher(path.getName()).matches()
        && Kind.of(fs, path) == Kind.DIRECTORY
        && owner().equals(owner);
  }

  /** The result that its work is for; empty where that cannot be told. */
  private String owner() throws IOException {
    Path file = new Path(path, OWNER);
    if (Kind.of(fs, file) != Kind.FILE) {
      return "";
    }
    try (InputStream in = fs.open(file)) {
      return new String(in.readNBytes(LONGEST_OWNER), StandardCharsets.UTF_8);
    } catch (FileNotFoundException e) {
      return "";
    } catch (FSError e) {
      throw Reason.exception(e);
    }
  }

  /** Says for which result it is, unless it does already. */
  void own(String owner) throws IOException {
    Path file = new Path(path, OWNER);
    if (Kind.of(fs, file) != Kind.NOTHING) {
      return;
    }
    try (AtomicFile writing = new AtomicFile(fs, file)) {
      writing.out().write(owner.getBytes(StandardCharsets.UTF_8));
      writing.complete();
    }
  }

  /** Removes what was kept. What somebody else has put there stays, and so does the directory. */
  void remove() throws IOException {
    if (Kind.of(fs, path) != Kind.DIRECTORY) {
      return;
    }
    // Who owns it goes last: what is left when this is cut short still says so.
    for (boolean owner : new boolean[] {false, true}) {
      for (Tree.Entry entry : new Tree(fs, path).top()) {
        String name = entry.checksumOf().orElse(entry.name());
        if (entry.kind() == Kind.FILE
            && OURS.matcher(name).matches()
            && name.equals(OWNER) == owner) {
          fs.delete(new Path(path, entry.name()), false);
        }
      }
    }
    if (new Tree(fs, path).top().isEmpty()) {
      fs.delete(path, false);
    }
  }
}
