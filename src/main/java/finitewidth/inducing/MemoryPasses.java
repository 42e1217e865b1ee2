package finitewidth.inducing;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.SumTree;
import finitewidth.linalg.Summable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Passes over rows in memory, on one thread. */
public final class MemoryPasses implements TrainingPasses {
  private final List<TrainingBlock> blocks;

  /**
   * @param blocks one or more, in any order
   */
  public MemoryPasses(List<TrainingBlock> blocks) {
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("there are no rows");
    }
    this.blocks = List.copyOf(blocks);
  }

  /**
   * Cuts rows into blocks.
   *
   * @param inputs N × n_0, preprocessed
   * @param targets N × m, preprocessed
   */
  public static MemoryPasses of(Matrix inputs, Matrix targets) {
    List<TrainingBlock> blocks = new ArrayList<>();
    for (int from = 0; from < inputs.rows(); from += TrainingBlock.ROWS) {
      int to = Math.min(inputs.rows(), from + TrainingBlock.ROWS);
      blocks.add(
          new TrainingBlock(
              TrainingBlock.of(from), rows(inputs, from, to), rows(targets, from, to)));
    }
    return new MemoryPasses(blocks);
  }

  private static Matrix rows(Matrix matrix, int from, int to) {
    int cols = matrix.cols();
    return Matrix.wrap(to - from, cols, Arrays.copyOfRange(matrix.data(), from * cols, to * cols));
  }

  @Override
  public long rows() {
    return blocks.stream().mapToLong(TrainingBlock::rows).sum();
  }

  @Override
  public int outputs() {
    return blocks.get(0).targets().cols();
  }

  @Override
  public <T extends Summable<T>> T sum(BlockPass<T> pass) {
    BlockPass.Worker<T> worker = pass.worker();
    SumTree<T> tree = new SumTree<>();
    for (TrainingBlock block : blocks) {
      tree.add(block.number(), worker.sums(block));
    }
    return tree.total(blocks.size());
  }
}
