package finitewidth.inference.montecarlo;

import finitewidth.inference.work.RandomStream;

/**
 * Standard normal deviates of one batch of one source layer: key (seed, layer), a number each
 * batch.
 */
final class Normals {
  /** What deviates are for; each has a stream of its own. */
  enum Purpose {
    FIELDS,
    INNOVATIONS,
    TEST_VECTORS
  }

  private final RandomStream stream;

  Normals(long seed, int source, long batch, Purpose purpose) {
    stream = new RandomStream(seed, source, 0, batch, purpose.ordinal());
  }

  void fill(double[] values) {
    stream.fill(values);
  }
}
