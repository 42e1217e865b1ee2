package finitewidth;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** This library. */
public final class Library {
  private static final String BUILD = "build.properties";
  private static final String UNKNOWN = "unknown";

  private Library() {}

  /** The version that the build wrote into the jar. */
  public static String version() {
    String version = Library.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }

  /** The commit of the sources, "-dirty" where they had changed since; "unknown" without git. */
  public static String commit() {
    try (InputStream in = Library.class.getResourceAsStream(BUILD)) {
      if (in == null) {
        return UNKNOWN;
      }
      Properties build = new Properties();
      build.load(in);
      return build.getProperty("commit", UNKNOWN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
