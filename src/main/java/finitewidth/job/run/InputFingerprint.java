package finitewidth.job.run;

import finitewidth.data.DataException;
import finitewidth.data.table.DataFiles;
import finitewidth.inference.work.Sha256;
import finitewidth.model.ModelDirectory;
import finitewidth.report.summary.RunSummary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The fingerprint of the files that a job reads: training and test data, or a model and data, file
 * by file in the order in which their rows count. Taken before anything is read.
 *
 * <p>Up to {@value #MOST_BYTES} bytes in all it is the SHA-256 of part (train, test or model),
 * length and bytes of every file, whatever they are called and wherever they lie; beyond, reading
 * them once more would cost, and it is that of part, name, length and time of change.
 */
public final class InputFingerprint {
  /** A second or two of reading. */
  static final long MOST_BYTES = 1L << 28;

  private static final int BUFFER = 1 << 16;

  private final Configuration hadoop;
  private final long most;
  private final Map<String, List<FileStatus>> parts = new LinkedHashMap<>();

  private InputFingerprint(Configuration hadoop, long most) {
    this.hadoop = hadoop;
    this.most = most;
  }

  /** Of the data of a fit, a flow or a validate. */
  public static RunSummary.Inputs of(Configuration hadoop, DataFiles files) {
    return of(hadoop, files, MOST_BYTES);
  }

  /**
   * The same.
   *
   * @param most up to so many bytes are read
   */
  public static RunSummary.Inputs of(Configuration hadoop, DataFiles files, long most) {
    InputFingerprint print = new InputFingerprint(hadoop, most);
    print.add("train", files.train().files());
    if (files.test().isPresent()) {
      print.add("test", files.test().get().files());
    }
    return print.inputs();
  }

  /** Of a saved model and the rows that it predicts. */
  public static RunSummary.Inputs ofModel(Configuration hadoop, Path model, List<Path> test) {
    InputFingerprint print = new InputFingerprint(hadoop, MOST_BYTES);
    try {
      print.add("model", ModelDirectory.files(hadoop, model));
    } catch (IOException e) {
      throw unreadable(model, e);
    }
    print.add("test", test);
    return print.inputs();
  }

  /** Directories are listed once: a request for each file would be slow on an object store. */
  private void add(String part, List<Path> files) {
    Map<Path, Map<Path, FileStatus>> listed = new HashMap<>();
    List<FileStatus> statuses = new ArrayList<>();
    for (Path file : files) {
      Path parent = file.getParent();
      try {
        if (!listed.containsKey(parent)) {
          Map<Path, FileStatus> children = new HashMap<>();
          for (FileStatus child : parent.getFileSystem(hadoop).listStatus(parent)) {
            children.put(child.getPath(), child);
          }
          listed.put(parent, children);
        }
        FileStatus status = listed.get(parent).get(file);
        statuses.add(status == null ? file.getFileSystem(hadoop).getFileStatus(file) : status);
      } catch (IOException e) {
        throw unreadable(file, e);
      }
    }
    parts.put(part, statuses);
  }

  private RunSummary.Inputs inputs() {
    long bytes = parts.values().stream().flatMap(List::stream).mapToLong(FileStatus::getLen).sum();
    boolean whole = bytes <= most;
    Sha256 print = new Sha256();
    int count = 0;
    for (Map.Entry<String, List<FileStatus>> part : parts.entrySet()) {
      for (FileStatus file : part.getValue()) {
        print.add(part.getKey().getBytes(StandardCharsets.UTF_8));
        print.add(file.getLen());
        if (whole) {
          addBytes(print, file.getPath());
        } else {
          print.add(file.getPath().getName().getBytes(StandardCharsets.UTF_8));
          print.add(file.getModificationTime());
        }
        count++;
      }
    }
    return new RunSummary.Inputs(
        count, bytes, whole ? "bytes" : "names, lengths and times of change", print.hex());
  }

  private void addBytes(Sha256 print, Path file) {
    byte[] buffer = new byte[BUFFER];
    Configuration readable = DataFiles.readable(hadoop, List.of(file));
    try (InputStream in = file.getFileSystem(readable).open(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        print.add(buffer, read);
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static DataException unreadable(Path file, IOException e) {
    return new DataException(file + " cannot be read: " + e.getMessage(), e);
  }
}
