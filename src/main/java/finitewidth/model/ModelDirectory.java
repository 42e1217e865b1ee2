package finitewidth.model;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** The files of a saved model on a file system of Hadoop. Nothing of them is taken for a glob. */
public final class ModelDirectory extends SavedFiles {
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

  @Override
  List<String> names(String part) throws IOException {
    return visible(hadoop, new Path(model, part)).stream()
        .map(status -> status.getPath().getName())
        .toList();
  }

  @Override
  InputStream open(String part, String name) throws IOException {
    return model.getFileSystem(hadoop).open(new Path(new Path(model, part), name));
  }

  @Override
  InputStream decompressed(String name, InputStream raw) throws IOException {
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(new Path(name));
    return codec == null ? raw : codec.createInputStream(raw);
  }

  @Override
  void read(Shapes expected, TensorRows rows) throws IOException {
    TensorTable.read(hadoop, data(), expected, rows);
  }

  private List<FileStatus> data() throws IOException {
    return visible(hadoop, new Path(model, DATA));
  }
}
