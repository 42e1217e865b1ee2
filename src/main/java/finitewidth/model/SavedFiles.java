package finitewidth.model;

import finitewidth.inference.work.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of a saved model, wherever they are: one line of JSON in {@code metadata/}, Parquet in
 * {@code data/}.
 */
abstract class SavedFiles {
  static final String METADATA = "metadata";
  static final String DATA = "data";

  /** A million names of features. */
  private static final int LONGEST_METADATA = 1 << 26;

  private static final int BUFFER = 1 << 16;

  /** The files of a part by name, without those that are nobody's data; none without the part. */
  abstract List<String> names(String part) throws IOException;

  /** The bytes of a file of a part. */
  abstract InputStream open(String part, String name) throws IOException;

  /** As Spark reads text: decompressed by the ending of the file's name. */
  abstract InputStream decompressed(String name, InputStream raw) throws IOException;

  /**
   * Reads the files of tensors.
   *
   * @throws ModelException naming a row that does not belong there
   */
  abstract void read(Shapes expected, TensorRows rows) throws IOException;

  /**
   * The one line of metadata.
   *
   * @throws ModelException if there is none, or more
   */
  public final String metadata() throws IOException {
    List<String> files = names(METADATA);
    if (files.isEmpty()) {
      throw new ModelException("there is no " + METADATA + " in it");
    }
    StringBuilder text = new StringBuilder();
    for (String file : files) {
      text.append(text(file, Math.max(0, LONGEST_METADATA - text.length())));
    }
    List<String> lines = text.toString().lines().limit(2).toList();
    if (lines.size() != 1) {
      throw new ModelException("its metadata are not one line");
    }
    return lines.get(0);
  }

  private String text(String name, int most) throws IOException {
    try (InputStream raw = open(METADATA, name);
        InputStream in = decompressed(name, raw)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new ModelException("its metadata are longer than any model's");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** The SHA-256 of every file of tensors, by name. */
  final Map<String, String> digests() throws IOException {
    Map<String, String> digests = new TreeMap<>();
    for (String name : names(DATA)) {
      digests.put(name, digest(name));
    }
    return digests;
  }

  private String digest(String name) throws IOException {
    Sha256 sum = new Sha256();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = open(DATA, name)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sum.add(buffer, read);
      }
    }
    return sum.hex();
  }

  /**
   * Refuses tensors other than those that were written.
   *
   * @param written digests of all their files
   * @throws ModelException naming a file that has changed, is missing, or is none of them
   */
  final void requireData(Map<String, String> written) throws IOException {
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

  /**
   * Reads tensors. Their shapes are compared with the length of the files before any of them is
   * given memory, and rows that do not belong there are refused as they come.
   *
   * @throws ModelException naming a tensor that is missing, has another shape or has lost a row
   */
  final Tensors tensors(Shapes expected) throws IOException {
    TensorRows rows = new TensorRows(expected);
    read(expected, rows);
    Tensors tensors = new Tensors();
    rows.matrices().forEach(tensors::put);
    return tensors;
  }
}
