package finitewidth.data.table;

/** Paths as people write them. */
final class Paths {
  private Paths() {}

  /** Without the scheme of a local file. */
  static String shown(String path) {
    return path.replaceFirst("^file:/+", "/");
  }
}
