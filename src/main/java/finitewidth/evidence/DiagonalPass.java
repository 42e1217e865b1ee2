package finitewidth.evidence;

import finitewidth.inducing.BlockPass;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Summable;
import finitewidth.prior.KernelRow;
import java.io.Serializable;

/** Σ k_xx of the output over rows. O(n_0 + H) a row. */
record DiagonalPass(Hyperparameters hyperparameters) implements BlockPass<DiagonalPass.Sum> {

  /** A number. */
  record Sum(double value) implements Summable<Sum>, Serializable {
    @Override
    public Sum add(Sum other) {
      return new Sum(value + other.value);
    }
  }

  @Override
  public long bytes() {
    return Double.BYTES;
  }

  @Override
  public Worker<Sum> worker() {
    return block -> {
      Matrix seen = hyperparameters.scaled(block.inputs());
      double sum = 0;
      for (int x = 0; x < seen.rows(); x++) {
        sum += KernelRow.variance(hyperparameters.network(), seen, x);
      }
      return new Sum(sum);
    };
  }
}
