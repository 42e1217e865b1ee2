package finitewidth.job.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import finitewidth.Library;
import finitewidth.job.console.RunId;
import finitewidth.report.summary.Json;
import finitewidth.storage.Kind;
import finitewidth.storage.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What a result says of itself, in a file of its own: which version and run has written it and,
 * once it is complete, which files. Only what says so is ever replaced or cleared away.
 *
 * @param files their lengths by name; empty until the result is complete
 */
public record ResultMark(String version, String run, Optional<Map<String, Long>> files) {
  /** Readers of Spark and Hadoop pass over names like this. */
  public static final String NAME = "_finite-width.json";

  private static final String SUMMARY = "summary.json";

  /** A name and a length for a million files. */
  private static final int LONGEST = 1 << 27;

  private static final Pattern RUN = Pattern.compile("[0-9a-f]{8}");

  /** What earlier builds have written. */
  private static final Pattern WRITTEN =
      Pattern.compile(
          "summary\\.json|validate\\.json|report\\.html|flow/tensors\\.json"
              + "|(predictions|hidden_kernels|flow|density|model/metadata|model/data)"
              + "/(_SUCCESS|part-[^/]+)");

  private static final Pattern DIRECTORIES =
      Pattern.compile("predictions|hidden_kernels|flow|density|model(/metadata|/data)?");

  /** Of a result that is begun. */
  static ResultMark begun(RunId run) {
    return new ResultMark(Library.version(), run.id(), Optional.empty());
  }

  /** Of the same result, with all that it now holds. */
  ResultMark complete(FileSystem fs, Path directory) throws IOException {
    Map<String, Long> lengths = new TreeMap<>();
    for (Tree.Entry entry : new Tree(fs, directory).all()) {
      if (entry.kind() == Kind.FILE && !entry.name().equals(NAME) && entry.checksumOf().isEmpty()) {
        lengths.put(entry.name(), entry.length());
      }
    }
    return new ResultMark(version, run, Optional.of(lengths));
  }

  /** For the file of that name. */
  String text() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", version);
    json.put("run", run);
    files.ifPresent(lengths -> json.put("files", lengths));
    return Json.text(json);
  }

  /**
   * What a directory says of itself. Earlier builds say in their summary alone which version and
   * run it was; empty where nothing does.
   */
  static Optional<ResultMark> read(FileSystem fs, Path directory) throws IOException {
    Optional<ResultMark> mark = json(fs, new Path(directory, NAME)).flatMap(ResultMark::ofMark);
    return mark.isPresent()
        ? mark
        : json(fs, new Path(directory, SUMMARY)).flatMap(ResultMark::ofSummary);
  }

  private static Optional<ResultMark> ofMark(JsonNode json) {
    Map<String, Long> lengths = new TreeMap<>();
    json.path("files").properties().forEach(file -> lengths.put(file.getKey(), length(file)));
    return of(
        json.path("version"),
        json.path("run"),
        json.path("files").isObject() ? Optional.of(lengths) : Optional.empty());
  }

  private static long length(Map.Entry<String, JsonNode> file) {
    return file.getValue().asLong(-1);
  }

  private static Optional<ResultMark> ofSummary(JsonNode json) {
    JsonNode run = json.path("run");
    return run.path("versions").path("finite_width").isTextual()
        ? of(json.path("version"), run.path("id"), Optional.empty())
        : Optional.empty();
  }

  private static Optional<ResultMark> of(
      JsonNode version, JsonNode run, Optional<Map<String, Long>> files) {
    return version.isTextual() && RUN.matcher(run.asText()).matches()
        ? Optional.of(new ResultMark(version.asText(), run.asText(), files))
        : Optional.empty();
  }

  private static Optional<JsonNode> json(FileSystem fs, Path file) throws IOException {
    if (Kind.of(fs, file) != Kind.FILE) {
      return Optional.empty();
    }
    try (InputStream in = fs.open(file)) {
      return Optional.of(new ObjectMapper().readTree(in.readNBytes(LONGEST)));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    } catch (FSError e) {
      throw new IOException(file + " cannot be read", e);
    }
  }

  /** Whether this result has written something that its directory holds. */
  boolean accountsFor(Tree.Entry entry) {
    if (entry.kind() == Kind.DIRECTORY) {
      return files
          .map(all -> all.keySet().stream().anyMatch(name -> name.startsWith(entry.name() + "/")))
          .orElseGet(() -> DIRECTORIES.matcher(entry.name()).matches());
    }
    if (entry.kind() != Kind.FILE) {
      return false;
    }
    String name = entry.checksumOf().orElse(entry.name());
    return name.equals(NAME) || names(name);
  }

  private boolean names(String name) {
    return files.map(all -> all.containsKey(name)).orElseGet(() -> WRITTEN.matcher(name).matches());
  }

  /** Whether a file is as it was when the result was complete, as far as its length tells. */
  boolean isUnchanged(Tree.Entry entry) {
    Optional<Long> was = files.map(all -> all.get(entry.name()));
    return was.isEmpty() || was.get() == entry.length();
  }
}
