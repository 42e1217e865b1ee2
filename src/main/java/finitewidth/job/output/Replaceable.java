package finitewidth.job.output;

import finitewidth.storage.Kind;
import finitewidth.storage.Tree;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What may be replaced by a result or cleared away: a directory that a job has written, says so
 * itself, and holds nothing else.
 */
final class Replaceable {
  private Replaceable() {}

  /**
   * Why something must be left as it is, as in "X is a file"; empty where it is ours. An empty
   * directory holds nothing that could be lost.
   */
  static Optional<String> objection(FileSystem fs, Path path) throws IOException {
    Kind kind = Kind.of(fs, path);
    if (kind == Kind.NOTHING) {
      return Optional.empty();
    }
    if (kind != Kind.DIRECTORY) {
      return Optional.of("is " + kind);
    }
    Tree tree = new Tree(fs, path);
    Optional<ResultMark> mark = ResultMark.read(fs, path);
    if (mark.isEmpty()) {
      return tree.top().stream()
          .findFirst()
          .map(some -> "does not say that a job wrote it, and holds " + some.name());
    }
    return foreign(tree, mark.get());
  }

  private static Optional<String> foreign(Tree tree, ResultMark mark) throws IOException {
    return tree.first(entry -> !mark.accountsFor(entry) || !mark.isUnchanged(entry))
        .map(
            entry ->
                mark.accountsFor(entry)
                    ? "holds " + entry.name() + ", which has been changed since a job wrote it"
                    : "holds " + entry.name() + ", which no job wrote there");
  }
}
