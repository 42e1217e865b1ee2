package finitewidth.inference.ensemble;

import finitewidth.inference.work.RandomStream;

/** Standard normal deviates of one batch of networks: key (seed, widths), a number each batch. */
final class Normals {
  /** Tells these streams from those of the sampled contraction with the same seed. */
  private static final long PURPOSE = 0x656e73656d626c65L;

  private final RandomStream stream;

  Normals(long seed, long widths, long batch) {
    stream = new RandomStream(seed, widths, 0, batch, PURPOSE);
  }

  void fill(double[] values) {
    stream.fill(values);
  }
}
