package finitewidth.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;
import org.apache.hadoop.mapreduce.security.TokenCache;

/**
 * Lines of files that have been found: each is read as it is called. Hadoop would take their paths
 * for globs, and leave out those that are called as hidden files are. Public, because Spark makes
 * it by its name.
 */
public final class GivenLines extends TextInputFormat {
  private static final String COUNT = "finitewidth.lines.files";
  private static final String FILE = "finitewidth.lines.file.";

  /** Names the files to read; settings may be sent to tasks. */
  static void set(Configuration settings, List<Path> files) {
    settings.setInt(COUNT, files.size());
    for (int i = 0; i < files.size(); i++) {
      settings.set(FILE + i, files.get(i).toString());
    }
  }

  @Override
  protected List<FileStatus> listStatus(JobContext job) throws IOException {
    return statuses(job);
  }

  /** The files that were named. */
  static List<FileStatus> statuses(JobContext job) throws IOException {
    Configuration settings = job.getConfiguration();
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < settings.getInt(COUNT, 0); i++) {
      // Not get, which would put variables in the place of ${names}.
      files.add(new Path(settings.getRaw(FILE + i)));
    }
    TokenCache.obtainTokensForNamenodes(job.getCredentials(), files.toArray(Path[]::new), settings);
    List<FileStatus> statuses = new ArrayList<>();
    for (Path file : files) {
      statuses.add(file.getFileSystem(settings).getFileStatus(file));
    }
    return statuses;
  }
}
