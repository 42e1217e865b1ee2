package finitewidth.gaussian.lanes;

import jdk.incubator.vector.DoubleVector;

/**
 * Whether the vector instructions of {@code jdk.incubator.vector} are to be had.
 *
 * <p>The module is incubating: it is there only if the virtual machine was started with {@code
 * --add-modules=jdk.incubator.vector}. Whoever mentions its types must not be loaded before this
 * was asked; everything has a form without it, slower and with the same bits.
 *
 * <p>Two cautions for JDK 17, both found as vectors on the heap (JMH, {@code -prof gc}): masks are
 * not compiled for vectors of two doubles, and a loop of more than some thirty operations is not
 * inlined whole. And before it is compiled a vector operation takes about a microsecond.
 */
public final class Lanes {
  private static final boolean AVAILABLE =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() && Preferred.useful();

  private Lanes() {}

  /** Whether vectors of at least two doubles are there and compiled to instructions. */
  public static boolean available() {
    return AVAILABLE;
  }

  /** A class of its own, loaded when the module is known to be there. */
  private static final class Preferred {
    /** Without the optimising compiler the preferred vector is a single double. */
    static boolean useful() {
      return DoubleVector.SPECIES_PREFERRED.length() > 1;
    }
  }
}
