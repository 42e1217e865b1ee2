package finitewidth.model;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * The files of a saved model: one line of JSON in {@code metadata/}, Parquet in {@code data/}.
 * Nothing of them is taken for a glob, and no file is given more memory than its length justifies.
 */
public final class ModelDirectory {
  private static final String METADATA = "metadata";
  private static final String DATA = "data";

  /** A million names of features. */
  private static final long LONGEST_METADATA = 1L << 26;

  /** A writer leaves some ten megabytes in each. */
  private static final long LONGEST_FILE = 1L << 30;

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
      long most =
          Math.min(LONGEST_METADATA, ParquetGuard.JUSTIFIED * file.getLen()) - text.length();
      text.append(text(file.getPath(), (int) Math.max(0, most)));
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

  /** All bytes of such a file. */
  byte[] read(FileStatus file) throws IOException {
    if (file.getLen() > LONGEST_FILE) {
      throw new ModelException(file.getPath().getName() + " is longer than any file of a model");
    }
    try (InputStream in = file.getPath().getFileSystem(hadoop).open(file.getPath())) {
      return in.readNBytes((int) file.getLen());
    }
  }
}
