package finitewidth.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import finitewidth.model.ModelDirectory;
import finitewidth.model.ModelException;
import finitewidth.storage.Kind;
import finitewidth.storage.Places;
import finitewidth.storage.Tree;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What {@code write().overwrite()} may remove: a directory that holds a saved stage, of ours or
 * another of spark.ml, and nothing else.
 */
final class SavedStage {
  /** All that Spark writes into a stage, at any depth. */
  private static final Pattern SPARKS = Pattern.compile("_SUCCESS|part-.+");

  private SavedStage() {}

  /**
   * Where a path leads, if what is there may be removed. Symbolic links are followed.
   *
   * @throws IOException if it must not be, in one sentence
   */
  static String replaceable(Configuration hadoop, String path) throws IOException {
    Path given = new Path(path);
    FileSystem fs = given.getFileSystem(hadoop);
    Path place = Places.followed(fs.makeQualified(given));
    Optional<String> objection = objection(hadoop, fs, place);
    if (objection.isPresent()) {
      throw new IOException(
          path
              + " "
              + objection.get()
              + "; overwrite() replaces only a saved stage of spark.ml: choose another path, or"
              + " move it away");
    }
    return Places.isLocal(place) ? place.toString() : path;
  }

  private static Optional<String> objection(Configuration hadoop, FileSystem fs, Path place)
      throws IOException {
    Kind kind = Kind.of(fs, place);
    if (kind == Kind.NOTHING) {
      return Optional.empty();
    }
    if (kind != Kind.DIRECTORY) {
      return Optional.of("is " + kind);
    }
    Tree tree = new Tree(fs, place);
    List<Tree.Entry> top = tree.top();
    if (top.isEmpty()) {
      return Optional.empty();
    }
    if (!isStage(new ModelDirectory(hadoop, place.toString()))) {
      return Optional.of("holds " + top.get(0).name() + " and is no saved stage");
    }
    return tree.first(entry -> !isSparks(entry))
        .map(entry -> "holds " + entry.name() + ", which is not of the stage that was saved there");
  }

  private static boolean isSparks(Tree.Entry entry) {
    String name = entry.checksumOf().orElse(entry.name());
    return entry.kind() == Kind.DIRECTORY
        || entry.kind() == Kind.FILE
            && SPARKS.matcher(name.substring(name.lastIndexOf('/') + 1)).matches();
  }

  private static boolean isStage(ModelDirectory directory) throws IOException {
    try {
      JsonNode json = new ObjectMapper().readTree(directory.metadata());
      return json.path("class").isTextual()
          && json.path("uid").isTextual()
          && json.path("sparkVersion").isTextual();
    } catch (ModelException | JsonProcessingException e) {
      return false;
    }
  }
}
