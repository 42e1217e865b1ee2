package finitewidth.job.output;

import finitewidth.job.config.ConfigException;
import finitewidth.job.config.OutputConfig;
import finitewidth.storage.Kind;
import finitewidth.storage.Places;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where a result goes, and whether what is there already may make room for it.
 *
 * @param named as the user says, with its file system
 * @param target where that leads through symbolic links
 * @param kept paths that must not go with what is replaced
 */
record OutputPlace(FileSystem fs, OutputConfig output, Path named, Path target, List<Path> kept) {

  /**
   * Finds it.
   *
   * @throws ConfigException if no directory can be there
   */
  static OutputPlace of(Configuration hadoop, OutputConfig output, List<Path> inputs)
      throws IOException {
    Path given = new Path(output.path());
    FileSystem fs = given.getFileSystem(hadoop);
    Path named = Places.normalized(fs.makeQualified(given));
    if (named.isRoot() || named.getName().equals("..")) {
      throw new ConfigException(text(output) + " is a root; name a directory");
    }
    List<Path> kept = new ArrayList<>(inputs);
    kept.add(fs.getWorkingDirectory());
    kept.add(fs.getHomeDirectory());
    OutputPlace place = new OutputPlace(fs, output, named, followed(output, named), kept);
    for (Path input : inputs) {
      place.refuseWithin(input, hadoop);
    }
    return place;
  }

  /** Of a directory that is read, all is read, the next time too. */
  private void refuseWithin(Path input, Configuration hadoop) throws IOException {
    FileSystem of = input.getFileSystem(hadoop);
    Path directory = of.makeQualified(input);
    boolean within =
        Places.isWithin(named, directory) || Places.isWithin(target, Places.real(directory));
    if (within
        && !named.equals(directory)
        && Kind.of(of, Places.real(directory)) == Kind.DIRECTORY) {
      throw new ConfigException(
          text(output) + " lies within " + input + ", which the job reads; choose another path");
    }
  }

  private static Path followed(OutputConfig output, Path named) throws IOException {
    try {
      Path target = Places.followed(named);
      if (target.isRoot()) {
        throw new ConfigException(text(output) + " leads to a root; name a directory");
      }
      return target;
    } catch (Places.DeadLink e) {
      throw new ConfigException(text(output) + " cannot be followed: " + e.getMessage());
    }
  }

  private static String text(OutputConfig output) {
    return "output.path = " + output.path();
  }

  /**
   * Looks at what is there.
   *
   * @throws ConfigException if it may not be, or must not be, replaced
   */
  void refuseWhatIsThere() throws IOException {
    if (Kind.of(fs, target) == Kind.NOTHING) {
      return;
    }
    Optional<String> objection = Replaceable.objection(fs, target);
    if (!output.overwrite()) {
      throw new ConfigException(
          text(output)
              + objection
                  .map(
                      why ->
                          " exists and "
                              + why
                              + "; choose another path: output.overwrite=true replaces only what"
                              + " a job has written")
                  .orElse(" exists; choose another path, or output.overwrite=true to replace it"));
    }
    for (Path path : kept) {
      if (Places.isWithin(path, named) || Places.isWithin(Places.real(path), target)) {
        throw new ConfigException(text(output) + " holds " + path + " and so cannot be replaced");
      }
    }
    if (objection.isPresent()) {
      throw new ConfigException(
          text(output)
              + " "
              + objection.get()
              + "; output.overwrite=true replaces only what a job has written: choose another path,"
              + " or move it away");
    }
    if (Places.isMountPoint(target)) {
      throw new ConfigException(
          text(output) + " is where another disk is mounted; name a directory in it");
    }
  }

  /**
   * Looks again, when the new result is complete.
   *
   * @return whether there is something to be replaced
   * @throws IOException if it must not be
   */
  boolean replaceable() throws IOException {
    if (Kind.of(fs, target) == Kind.NOTHING) {
      return false;
    }
    Optional<String> objection =
        output.overwrite()
            ? Replaceable.objection(fs, target)
            : Optional.of("was written by somebody else in the meantime");
    if (objection.isPresent()) {
      throw new IOException("it " + objection.get() + ", so it stays");
    }
    return true;
  }

  /** Whether a path is, or is to be, a part of the result. */
  boolean holds(Path path) {
    return Places.isWithin(Places.normalized(path), named)
        || Places.isWithin(Places.real(path), target);
  }
}
