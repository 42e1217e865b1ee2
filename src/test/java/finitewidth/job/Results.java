package finitewidth.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads what a job has left in its result directory. */
public final class Results {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Results() {}

  static JsonNode summary(Path out) throws IOException {
    return json(out.resolve("summary.json"));
  }

  static JsonNode json(Path file) throws IOException {
    return JSON.readTree(file.toFile());
  }

  static JsonNode json(String text) throws IOException {
    return JSON.readTree(text);
  }

  /** The files that Spark has cut a table into, in their order. */
  static List<Path> parts(Path table) throws IOException {
    try (Stream<Path> files = Files.list(table)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("part-"))
          .sorted()
          .toList();
    }
  }

  /** The lines of a table of text. */
  public static List<String> lines(Path table) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path part : parts(table)) {
      lines.addAll(Files.readAllLines(part));
    }
    return lines;
  }

  /** The rows of a table of JSON. */
  static List<JsonNode> rows(Path table) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : lines(table)) {
      rows.add(json(line));
    }
    return rows;
  }
}
