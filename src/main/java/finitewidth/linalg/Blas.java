package finitewidth.linalg;

import dev.ludovic.netlib.blas.BLAS;

/** Which BLAS was loaded. */
public final class Blas {
  private static final String LIBRARY = "dev.ludovic.netlib.blas.nativeLib";

  private static final String NATIVE = "native";

  private Blas() {}

  /** Whether a {@link #description} is that of a native one. */
  public static boolean isNative(String description) {
    return description.startsWith(NATIVE);
  }

  /** For messages: the implementation and, where native, its library. */
  public static String description() {
    String implementation = BLAS.getInstance().getClass().getSimpleName();
    return switch (implementation) {
      case "JNIBLAS" -> NATIVE + " (" + System.getProperty(LIBRARY, "system BLAS") + ")";
      case "VectorBLAS" -> "pure Java (Vector API)";
      default -> "pure Java (" + implementation + ")";
    };
  }
}
