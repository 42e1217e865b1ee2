package finitewidth.model;

import finitewidth.inference.work.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * The files of a saved model: one line of JSON in {@code metadata/}, Parquet in {@code data/}.
 * Nothing of them is taken for a glob.
 */
public final class ModelDirectory {
  private static final String METADATA = "metadata";
  private static final String DATA = "data";

  /** A million names of features. */
  private static final int LONGEST_METADATA = 1 << 26;

  private static final int BUFFER = 1 << 16;

  private final Configuration hadoop;
  private final Path model;

  public ModelDirectory(Configuration hadoop, String path) {
    this.hadoop = hadoop;
    try {
      this.model = new Path(path);
    } catch (IllegalArgumentException e) {
      throw new ModelException(path + " is no saved model: " + e.getMessage());
    }
  }

  /**
   * All files of a model, metadata first; those that there are.
   *
   * @throws IOException if they cannot be listed
   */
  public static List<Path> files(Configuration hadoop, Path model) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String part : List.of(METADATA, DATA)) {
      visible(hadoop, new Path(model, part)).forEach(status -> files.add(status.getPath()));
    }
    return files;
  }

  /** Files by name, without those that are nobody's data; none where there is no directory. */
  private static List<FileStatus> visible(Configuration hadoop, Path directory) throws IOException {
    List<FileStatus> files = new ArrayList<>();
    try {
      for (FileStatus status : directory.getFileSystem(hadoop).listStatus(directory)) {
        String name = status.getPath().getName();
        if (status.isFile() && !name.startsWith("_") && !name.startsWith(".")) {
          files.add(status);
        }
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    files.sort(Comparator.comparing(status -> status.getPath().getName()));
    return files;
  }

  /**
   * The one line of metadata.
   *
   * @throws ModelException if there is none, or more
   */
  public String metadata() throws IOException {
    List<FileStatus> files = visible(hadoop, new Path(model, METADATA));
    if (files.isEmpty()) {
      throw new ModelException("there is no " + METADATA + " in it");
    }
    StringBuilder text = new StringBuilder();
    for (FileStatus file : files) {
      text.append(text(file.getPath(), Math.max(0, LONGEST_METADATA - text.length())));
    }
    List<String> lines = text.toString().lines().limit(2).toList();
    if (lines.size() != 1) {
      throw new ModelException("its metadata are not one line");
    }
    return lines.get(0);
  }

  /** As Spark reads text: decompressed by its ending. */
  private String text(Path file, int most) throws IOException {
    FileSystem fs = file.getFileSystem(hadoop);
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
    try (InputStream raw = fs.open(file);
        InputStream in = codec == null ? raw : codec.createInputStream(raw)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new ModelException("its metadata are longer than any model's");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** The files of tensors. */
  List<FileStatus> data() throws IOException {
    return visible(hadoop, new Path(model, DATA));
  }

  /** The SHA-256 of every file of tensors, by name. */
  Map<String, String> digests() throws IOException {
    Map<String, String> digests = new TreeMap<>();
    for (FileStatus file : data()) {
      digests.put(file.getPath().getName(), digest(file.getPath()));
    }
    return digests;
  }

  /**
   * Refuses tensors other than those that were written.
   *
   * @param written digests of all their files
   * @throws ModelException naming a file that has changed, is missing, or is none of them
   */
  void requireData(Map<String, String> written) throws IOException {
    Map<String, String> found = digests();
    for (String name : found.keySet()) {
      if (!written.containsKey(name)) {
        throw new ModelException(DATA + "/" + name + " is none of its files");
      }
      if (!written.get(name).equals(found.get(name))) {
        throw new ModelException(
            DATA
                + "/"
                + name
                + " is not what was written: its SHA-256 is not that of the metadata");
      }
    }
    for (String name : written.keySet()) {
      if (!found.containsKey(name)) {
        throw new ModelException(DATA + "/" + name + " is missing");
      }
    }
  }

  private String digest(Path file) throws IOException {
    Sha256 sum = new Sha256();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sum.add(buffer, read);
      }
    }
    return sum.hex();
  }

  Configuration hadoop() {
    return hadoop;
  }
}
