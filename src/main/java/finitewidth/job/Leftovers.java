package finitewidth.job;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What a job that was killed may leave beside its output: an incomplete result, or an old one that
 * was just about to be replaced. To be cleared by whoever has the output's lock.
 */
final class Leftovers {
  private static final String DRAFT = ".incomplete-";
  private static final String RETIRED = ".replaced-";

  private final FileSystem fs;
  private final Path target;

  Leftovers(FileSystem fs, Path target) {
    this.fs = fs;
    this.target = target;
  }

  /** Where a result grows until it is complete. */
  static Path draft(Path target, String unique) {
    return new Path(target.getParent(), "." + target.getName() + DRAFT + unique);
  }

  /** Where an old result is while the new one takes its place. */
  static Path retired(Path target, String unique) {
    return new Path(target.getParent(), "." + target.getName() + RETIRED + unique);
  }

  /** Removes all of that; an old result that no new one has replaced gets its name back. */
  void clear() throws IOException {
    for (FileStatus old : named(RETIRED)) {
      if (fs.exists(target)) {
        fs.delete(old.getPath(), true);
      } else if (!fs.rename(old.getPath(), target)) {
        throw new IOException(old.getPath() + " cannot be renamed to " + target);
      }
    }
    for (FileStatus draft : named(DRAFT)) {
      fs.delete(draft.getPath(), true);
    }
  }

  /** The last one first. */
  private FileStatus[] named(String kind) throws IOException {
    Pattern name = Pattern.compile(Pattern.quote("." + target.getName() + kind) + "[0-9a-f]{8}");
    FileStatus[] found =
        fs.listStatus(target.getParent(), path -> name.matcher(path.getName()).matches());
    Arrays.sort(found, Comparator.comparing(FileStatus::getModificationTime).reversed());
    return found;
  }
}
