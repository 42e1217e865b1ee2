package finitewidth.inference.exact;

import finitewidth.inference.ContractionProblem;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.NumberBytes;
import finitewidth.linalg.PairIndex;
import finitewidth.linalg.Summable;
import java.io.Serializable;
import java.nio.DoubleBuffer;
import java.util.Arrays;

/**
 * Partial sums over quadruples, for every source layer and unordered pair of training samples: the
 * undressed contractions of the raw moments ⟨σσσσ⟩ with B^s (quantity 0) and with each X (quantity
 * 1 + x). Mean-field parts and dressing come once at the end.
 */
public final class PairSums implements Summable<PairSums>, Serializable {
  private static final long serialVersionUID = 1L;

  private final int samples;

  /**
   * [source][quantity][pair]: the rows of the upper triangle, diagonal first, one after another.
   */
  private final double[][][] sums;

  /** Zero sums. */
  public PairSums(ContractionProblem problem) {
    this(problem.size(), problem.sources(), 1 + problem.crossWeights());
  }

  private PairSums(int samples, int sources, int quantities) {
    this.samples = samples;
    sums = new double[sources][quantities][PairIndex.count(samples)];
  }

  /** The size of the sums of a problem. */
  public static long bytes(ContractionProblem problem) {
    return bytes(problem.size(), problem.sources(), problem.crossWeights());
  }

  /** The size of the sums over P samples for H source layers and so many X. */
  public static long bytes(long samples, int sources, int crossWeights) {
    return Double.BYTES * samples * (samples + 1) / 2 * sources * (1 + crossWeights);
  }

  /**
   * Takes the sums of one source layer.
   *
   * @param square by quantity; rows of {@code stride} numbers, the diagonal and what is right of it
   */
  void set(int source, double[][] square, int stride) {
    for (int q = 0; q < square.length; q++) {
      double[] packed = sums[source][q];
      for (int a = 0, at = 0; a < samples; a++) {
        System.arraycopy(square[q], a * stride + a, packed, at, samples - a);
        at += samples - a;
      }
    }
  }

  @Override
  public PairSums add(PairSums other) {
    for (int s = 0; s < sums.length; s++) {
      for (int q = 0; q < sums[s].length; q++) {
        double[] to = sums[s][q];
        double[] from = other.sums[s][q];
        for (int i = 0; i < to.length; i++) {
          to[i] += from[i];
        }
      }
    }
    return this;
  }

  /** One quantity as a symmetric matrix. */
  Matrix matrix(int source, int quantity) {
    double[] packed = sums[source][quantity];
    Matrix matrix = Matrix.zeros(samples, samples);
    for (int a = 0, at = 0; a < samples; a++) {
      for (int b = a; b < samples; b++, at++) {
        matrix.set(a, b, packed[at]);
        matrix.set(b, a, packed[at]);
      }
    }
    return matrix;
  }

  /** Writes all numbers, as many as {@link #bytes} has room for. */
  void write(DoubleBuffer to) {
    for (double[] array : arrays()) {
      to.put(array);
    }
  }

  /** Sums of a problem from the numbers that {@link #write} has written. */
  static PairSums read(ContractionProblem problem, DoubleBuffer from) {
    PairSums sums = new PairSums(problem);
    for (double[] array : sums.arrays()) {
      from.get(array);
    }
    return sums;
  }

  private Object writeReplace() {
    return new Packed(samples, sums.length, sums[0].length, NumberBytes.of(arrays()));
  }

  private double[][] arrays() {
    return Arrays.stream(sums).flatMap(Arrays::stream).toArray(double[][]::new);
  }

  /** What is sent. */
  private record Packed(int samples, int sources, int quantities, byte[] bytes)
      implements Serializable {
    private Object readResolve() {
      PairSums unpacked = new PairSums(samples, sources, quantities);
      NumberBytes.read(bytes, unpacked.arrays());
      return unpacked;
    }
  }
}
