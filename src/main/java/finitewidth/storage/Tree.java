package finitewidth.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** All that a directory holds, at any depth. Symbolic links are not followed. */
public final class Tree {
  private final FileSystem fs;
  private final Path root;

  public Tree(FileSystem fs, Path root) {
    this.fs = fs;
    this.root = fs.makeQualified(root);
  }

  /**
   * Something in it.
   *
   * @param name from the tree's root, with slashes
   * @param length of a file, in bytes
   */
  public record Entry(String name, Kind kind, long length) {
    /** Its own name, without that of the directory. */
    public String lastName() {
      return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The name of the file whose checksums Hadoop keeps in this one, if it is such a file. */
    public Optional<String> checksumOf() {
      String last = lastName();
      return kind == Kind.FILE && last.matches("\\..+\\.crc")
          ? Optional.of(
              name.substring(0, name.length() - last.length())
                  + last.substring(1, last.length() - ".crc".length()))
          : Optional.empty();
    }
  }

  /** What the root itself holds, by name. */
  public List<Entry> top() throws IOException {
    return children("");
  }

  /** All of it: what a directory holds after the directory. */
  public List<Entry> all() throws IOException {
    List<Entry> all = new ArrayList<>();
    first(
        "",
        entry -> {
          all.add(entry);
          return false;
        });
    return all;
  }

  /** The first entry that is so; looks no further. */
  public Optional<Entry> first(Predicate<Entry> wanted) throws IOException {
    return first("", wanted);
  }

  private Optional<Entry> first(String directory, Predicate<Entry> wanted) throws IOException {
    for (Entry entry : children(directory)) {
      if (wanted.test(entry)) {
        return Optional.of(entry);
      }
      if (entry.kind() == Kind.DIRECTORY) {
        Optional<Entry> within = first(entry.name() + "/", wanted);
        if (within.isPresent()) {
          return within;
        }
      }
    }
    return Optional.empty();
  }

  private List<Entry> children(String directory) throws IOException {
    List<Entry> found = new ArrayList<>();
    if (Places.isLocal(root)) {
      try (Stream<java.nio.file.Path> files = Files.list(Places.local(root).resolve(directory))) {
        for (java.nio.file.Path file : (Iterable<java.nio.file.Path>) files::iterator) {
          BasicFileAttributes attributes =
              Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
          found.add(
              new Entry(directory + file.getFileName(), Kind.of(attributes), attributes.size()));
        }
      }
    } else {
      for (FileStatus file : fs.listStatus(new Path(root + "/" + directory))) {
        found.add(new Entry(directory + file.getPath().getName(), Kind.of(file), file.getLen()));
      }
    }
    found.sort(Comparator.comparing(Entry::name));
    return found;
  }

  /**
   * Removes a directory with all that it holds.
   *
   * @param last a file in it that goes last: what is left when that is cut short still has it
   */
  public void delete(String last) throws IOException {
    if (Kind.of(fs, root) == Kind.NOTHING) {
      return;
    }
    for (Entry child : top()) {
      if (!child.name().equals(last)) {
        delete(new Path(root + "/" + child.name()));
      }
    }
    delete(root);
  }

  private void delete(Path path) throws IOException {
    if (!fs.delete(path, true) && Kind.of(fs, path) != Kind.NOTHING) {
      throw new IOException(path + " cannot be removed: permission denied, or a read-only disk");
    }
  }
}
