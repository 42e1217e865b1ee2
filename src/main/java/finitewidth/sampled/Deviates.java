package finitewidth.sampled;

import finitewidth.linalg.Matrix;

/** Standard normal deviates, a block of dimensions × draws at a time. */
interface Deviates {
  void fill(Matrix block);
}
