package finitewidth.inference.networks;

import finitewidth.inducing.BlockPass;
import finitewidth.inducing.TrainingBlock;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.prior.Architecture;

/** Adds up F_0ᵀF_0, F_0ᵀY, Y and tr YᵀY over all rows: {@link InputSums}. */
record InputPass(Architecture architecture, int features, int outputs)
    implements BlockPass<RowSums> {

  @Override
  public long bytes() {
    return (long) Double.BYTES * InputSums.count(features, outputs);
  }

  @Override
  public Worker<RowSums> worker() {
    return this::sums;
  }

  private RowSums sums(TrainingBlock block) {
    double[] sums = new double[InputSums.count(features, outputs)];
    Matrix f0 = LockstepProblem.first(architecture, block.inputs());
    Matrix gram = Products.transposeTimes(f0, f0);
    Matrix cross = Products.transposeTimes(f0, block.targets());
    System.arraycopy(gram.data(), 0, sums, 0, gram.data().length);
    System.arraycopy(cross.data(), 0, sums, gram.data().length, cross.data().length);
    for (int a = 0; a < block.rows(); a++) {
      for (int i = 0; i < outputs; i++) {
        sums[sums.length - 1 - outputs + i] += block.targets().get(a, i);
      }
    }
    sums[sums.length - 1] = Products.inner(block.targets(), block.targets());
    return new RowSums(sums);
  }
}
