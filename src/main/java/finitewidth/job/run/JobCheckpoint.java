package finitewidth.job.run;

import finitewidth.Library;
import finitewidth.inference.work.Checkpoint;
import finitewidth.inference.work.Fingerprint;
import finitewidth.job.config.CheckpointConfig;
import finitewidth.job.config.ConfigException;
import finitewidth.job.config.OutputConfig;
import finitewidth.job.console.Console;
import finitewidth.job.output.ResultDirectory;
import finitewidth.job.output.StorageException;
import finitewidth.linalg.Blas;
import finitewidth.report.summary.CheckpointSummary;
import finitewidth.runtime.Redaction;
import finitewidth.runtime.checkpoint.CheckpointDirectory;
import finitewidth.settings.Key;
import finitewidth.storage.Places;
import finitewidth.storage.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The checkpoint of a job, if it has one. */
public final class JobCheckpoint implements AutoCloseable {
  private final Optional<CheckpointConfig> config;
  private final Optional<CheckpointDirectory> directory;

  private JobCheckpoint(
      Optional<CheckpointConfig> config, Optional<CheckpointDirectory> directory) {
    this.config = config;
    this.directory = directory;
  }

  /**
   * Opens the checkpoint of a result.
   *
   * @throws ConfigException if it would be a part of the result
   * @throws StorageException if its path cannot be written
   */
  public static JobCheckpoint open(
      Configuration hadoop, OutputConfig output, ResultDirectory result, Console console) {
    return new JobCheckpoint(
        output.checkpoint(), output.checkpoint().map(some -> open(hadoop, some, result, console)));
  }

  private static CheckpointDirectory open(
      Configuration hadoop, CheckpointConfig config, ResultDirectory result, Console console) {
    String key = Key.CHECKPOINT_PATH + " = " + config.path();
    try {
      Path given = new Path(config.path());
      FileSystem fs = given.getFileSystem(hadoop);
      Path path = Places.followed(fs.makeQualified(given));
      if (result.holds(path)) {
        throw new ConfigException(
            key + " lies within " + Key.OUTPUT_PATH + "; choose a directory beside it");
      }
      return CheckpointDirectory.open(
          fs,
          path,
          new CheckpointDirectory.Settings(key, result.uri(), circumstances(), config.interval()),
          console::say);
    } catch (IOException | IllegalArgumentException e) {
      throw new StorageException(key + " cannot be used: " + Reason.of(e), e);
    }
  }

  /** What bits depend on beside data and configuration: this library, and the BLAS. */
  private static Fingerprint circumstances() {
    return Fingerprint.of(Library.version()).add(Blas.description()).done();
  }

  /** For whoever has work to keep. */
  public Checkpoint checkpoint() {
    return directory.<Checkpoint>map(some -> some).orElseGet(Checkpoint::none);
  }

  /** For the summary, when all work is done. */
  public Optional<CheckpointSummary> summary() {
    return directory.map(
        some ->
            new CheckpointSummary(
                Redaction.standard().text(config.orElseThrow().path()),
                some.restored(),
                some.seconds()));
  }

  /** Those of a summary's warnings that were not told already when they arose. */
  public List<String> untold(List<String> all) {
    List<String> told = warnings();
    return all.stream().filter(warning -> !told.contains(warning)).toList();
  }

  /** What the user should know, and was told. */
  public List<String> warnings() {
    return directory.map(CheckpointDirectory::warnings).orElse(List.of());
  }

  /** Removes what is kept, as the result is complete. */
  public void remove() {
    directory.ifPresent(CheckpointDirectory::remove);
  }

  /** What is kept stays, unless it was removed. */
  @Override
  public void close() {
    directory.ifPresent(CheckpointDirectory::close);
  }
}
