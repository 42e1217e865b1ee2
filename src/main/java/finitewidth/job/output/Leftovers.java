package finitewidth.job.output;

import finitewidth.storage.Kind;
import finitewidth.storage.Places;
import finitewidth.storage.Reason;
import finitewidth.storage.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
  private final Consumer<String> say;

  /**
   * @param say takes what is left, and why
   */
  Leftovers(FileSystem fs, Path target, Consumer<String> say) {
    this.fs = fs;
    this.target = target;
    this.say = say;
  }

  /** Where a result grows until it is complete. */
  static Path draft(Path target, String unique) {
    return new Path(target.getParent(), "." + target.getName() + DRAFT + unique);
  }

  /** Where an old result is while the new one takes its place. */
  static Path retired(Path target, String unique) {
    return new Path(target.getParent(), "." + target.getName() + RETIRED + unique);
  }

  /**
   * Removes all of that; an old result that no new one has replaced gets its name back. What only
   * bears such a name, or cannot be removed, is told and left.
   */
  void clear() throws IOException {
    for (Path old : named(RETIRED)) {
      unlessItStays(old, this::restoreOrRemove);
    }
    for (Path draft : named(DRAFT)) {
      unlessItStays(draft, this::remove);
    }
  }

  private void restoreOrRemove(Path old) throws IOException {
    Optional<String> objection = Replaceable.objection(fs, old);
    if (objection.isPresent()) {
      throw new IOException("it " + objection.get());
    }
    if (ResultMark.read(fs, old).isPresent() && Kind.of(fs, target) == Kind.NOTHING) {
      Places.rename(fs, old, target);
    } else {
      remove(old);
    }
  }

  private void remove(Path directory) throws IOException {
    if (ResultMark.read(fs, directory).isEmpty()) {
      throw new IOException("it does not say that a job wrote it");
    }
    new Tree(fs, directory).delete(ResultMark.NAME);
  }

  private interface Clearing {
    void clear(Path directory) throws IOException;
  }

  private void unlessItStays(Path directory, Clearing clearing) {
    try {
      clearing.clear(directory);
    } catch (IOException e) {
      say.accept(directory + " is left as it is: " + Reason.of(e));
    }
  }

  /** Directories, no links to any; the last one first. */
  private List<Path> named(String kind) throws IOException {
    Pattern name = Pattern.compile(Pattern.quote("." + target.getName() + kind) + "[0-9a-f]{8}");
    FileStatus[] found =
        fs.listStatus(target.getParent(), path -> name.matcher(path.getName()).matches());
    Arrays.sort(found, Comparator.comparing(FileStatus::getModificationTime).reversed());
    List<Path> directories = new ArrayList<>();
    for (FileStatus one : found) {
      if (Kind.of(fs, one.getPath()) == Kind.DIRECTORY) {
        directories.add(one.getPath());
      }
    }
    return directories;
  }
}
