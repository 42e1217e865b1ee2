package finitewidth.ml;

/** This library. */
public final class Library {
  private Library() {}

  /** The version that the build wrote into the jar. */
  public static String version() {
    String version = Library.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }
}
