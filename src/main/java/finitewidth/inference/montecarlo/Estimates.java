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
  private final Quantities layout;

  /**
   * @param blocks the rows that were drawn for
   * @param moments one for each source layer
   */
  public Estimates(SampledContraction contraction, List<RowBlock> blocks, List<Moments> moments) {
    this.contraction = contraction;
    this.blocks = blocks;
    this.moments = moments;
    // Shifts come last, and so change no other place.
    layout = Quantities.of(contraction.problem(), blocks.size() * RowBlock.ROWS, false);
  }

  /** How many rows there are, with those that fill up blocks. */
  public int rows() {
    return layout.rows();
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
    return moments.get(s).mean(Quantities.evidence()) + contraction.exactEvidence(s);
  }

  public double evidenceError(int s) {
    return moments.get(s).standardError(Quantities.evidence());
  }

  /** Of δμ of row x, output i. */
  public double mean(int s, int x, int i) {
    return moments.get(s).mean(layout.mean(x, i)) + block(x).exactMean(s, x % RowBlock.ROWS, i);
  }

  public double meanError(int s, int x, int i) {
    return moments.get(s).standardError(layout.mean(x, i));
  }

  /** Of δc of row x, output i. */
  public double variance(int s, int x, int i) {
    return moments.get(s).mean(layout.variance(x, i))
        + block(x).exactVariance(s, x % RowBlock.ROWS, i);
  }

  public double varianceError(int s, int x, int i) {
    return moments.get(s).standardError(layout.variance(x, i));
  }

  /** Of M_x̃R D of row x, direction k. */
  double along(int s, int x, int k) {
    return moments.get(s).mean(layout.along(x, k)) + block(x).exactAlong(s, x % RowBlock.ROWS, k);
  }

  private RowBlock block(int x) {
    return blocks.get(x / RowBlock.ROWS);
  }
}
