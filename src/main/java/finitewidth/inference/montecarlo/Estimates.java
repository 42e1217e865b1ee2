package finitewidth.inference.montecarlo;

import java.util.List;

/**
 * What batches say so far of the evidence and of a list of rows, per source layer: coefficients of
 * 1/n_s, known parts included, with standard errors. Source layers draw independently of one
 * another.
 */
public final class Estimates {
  private final SampledContraction contraction;
  private final List<RowBlock> blocks;
  private final List<Moments> moments;
  private final int rows;

  /**
   * @param blocks the rows that were drawn for
   * @param moments one for each source layer
   */
  public Estimates(SampledContraction contraction, List<RowBlock> blocks, List<Moments> moments) {
    this.contraction = contraction;
    this.blocks = blocks;
    this.moments = moments;
    rows = blocks.size() * RowBlock.ROWS;
  }

  /** How many rows there are, with those that fill up blocks. */
  public int rows() {
    return rows;
  }

  public int sources() {
    return moments.size();
  }

  public int outputs() {
    return contraction.problem().outputs();
  }

  /** Batches drawn of source layer s. */
  public int batches(int s) {
    return moments.get(s).batches();
  }

  /** Draws of source layer s. */
  public long draws(int s) {
    return (long) batches(s) * contraction.problem().drawsPerBatch();
  }

  /** Of δlog p. */
  public double evidence(int s) {
    return moments.get(s).mean(0) + contraction.exactEvidence(s);
  }

  public double evidenceError(int s) {
    return moments.get(s).standardError(0);
  }

  /** Of δμ of row x, output i. */
  public double mean(int s, int x, int i) {
    return moments.get(s).mean(meanAt(x, i)) + block(x).exactMean(s, x % RowBlock.ROWS, i);
  }

  public double meanError(int s, int x, int i) {
    return moments.get(s).standardError(meanAt(x, i));
  }

  /** Of δc of row x, output i. */
  public double variance(int s, int x, int i) {
    return moments.get(s).mean(varianceAt(x, i)) + block(x).exactVariance(s, x % RowBlock.ROWS, i);
  }

  public double varianceError(int s, int x, int i) {
    return moments.get(s).standardError(varianceAt(x, i));
  }

  /** Of M_x̃R D of row x, direction k. */
  double along(int s, int x, int k) {
    int directions = contraction.problem().directions().cols();
    int first = moments.get(s).quantities() - rows * directions;
    return moments.get(s).mean(first + x * directions + k)
        + block(x).exactAlong(s, x % RowBlock.ROWS, k);
  }

  private RowBlock block(int x) {
    return blocks.get(x / RowBlock.ROWS);
  }

  private int meanAt(int x, int i) {
    return 1 + x * outputs() + i;
  }

  private int varianceAt(int x, int i) {
    return meanAt(rows + x, i);
  }
}
