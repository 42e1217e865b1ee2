package finitewidth.sampled;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** A block of further rows, prepared for the draws of every source layer. Immutable. */
public final class RowBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Rows in a block: with fewer the BLAS is slow, with more blocks grow large. */
  public static final int ROWS = 128;

  /**
   * Features of a whole block: those given, the last of them repeated. BLAS may round differently
   * in blocks of another size; in whole blocks a row has the same bits whatever else is there.
   *
   * @param features of 1 to {@link #ROWS} rows
   */
  public static double[][] filled(double[][] features) {
    double[][] filled = Arrays.copyOf(features, ROWS);
    Arrays.fill(filled, features.length, ROWS, features[features.length - 1]);
    return filled;
  }

  private final List<SourceRows> sources;

  RowBlock(List<SourceRows> sources) {
    this.sources = sources;
  }

  SourceRows source(int s) {
    return sources.get(s);
  }

  /** B. */
  public int size() {
    return sources.get(0).size();
  }

  /** What is known of the coefficient of δμ_i(x) of source layer s before any draw. */
  double exactMean(int s, int x, int i) {
    return sources.get(s).exactMean().get(x, i);
  }

  /** The same of δc. */
  double exactVariance(int s, int x, int i) {
    return sources.get(s).exactVariance().get(x, i);
  }
}
