package finitewidth.gaussian.lanes;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vectors of all loops over the Vector API: the machine's own, but four doubles at most.
 *
 * <p>One shape for a whole virtual machine, that of {@code contraction.VectorPanelLoops}, whose
 * partial sums fix it at four: where two shapes meet in JDK 17, the operations that they share are
 * compiled for both and inlined for neither, and every vector becomes an object. On a machine with
 * 512-bit vectors that made ReLU moments 3.6 times and erf moments 3.3 times as slow.
 *
 * <p>To be loaded only where {@link Lanes#available()}.
 */
public final class VectorShape {
  public static final VectorSpecies<Double> SPECIES =
      DoubleVector.SPECIES_PREFERRED.length() > DoubleVector.SPECIES_256.length()
          ? DoubleVector.SPECIES_256
          : DoubleVector.SPECIES_PREFERRED;

  private VectorShape() {}
}
