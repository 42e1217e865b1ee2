package finitewidth.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The files of a saved model on a disk of this machine, without Hadoop. */
final class LocalDirectory extends SavedFiles {
  private final Path model;

  LocalDirectory(Path model) {
    this.model = model;
  }

  @Override
  List<String> names(String part) throws IOException {
    Path directory = model.resolve(part);
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("_") && !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  @Override
  InputStream open(String part, String name) throws IOException {
    return Files.newInputStream(model.resolve(part).resolve(name));
  }

  @Override
  InputStream decompressed(String name, InputStream raw) throws IOException {
    if (name.endsWith(".gz")) {
      return new GZIPInputStream(raw);
    }
    if (!name.endsWith(".txt")) {
      throw new ModelException(
          "its metadata are compressed in a way that is read with Spark alone; text and gzip are"
              + " read without");
    }
    return raw;
  }

  @Override
  void read(Shapes expected, TensorRows rows) throws IOException {
    List<String> names = names(DATA);
    long bytes = 0;
    for (String name : names) {
      bytes += Files.size(model.resolve(DATA).resolve(name));
    }
    expected.requireRoom(bytes);
    for (String name : names) {
      try {
        TensorFile.read(Files.readAllBytes(model.resolve(DATA).resolve(name)), rows);
      } catch (OutOfMemoryError e) {
        // Parquet gives memory to whatever lengths a file names.
        throw new ModelException(name + " wants more memory than there is, or is damaged");
      }
    }
  }
}
