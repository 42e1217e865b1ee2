package finitewidth.inference.networks;

import finitewidth.inducing.BlockPass;
import finitewidth.inducing.TrainingBlock;
import finitewidth.inducing.TrainingPasses;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.SumTree;
import finitewidth.linalg.Summable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Passes over blocks that are spread over partitions, in some order within each, whose sums meet in
 * some order: what Spark does, without Spark. May be killed after a number of passes.
 */
final class SpreadBlocks implements TrainingPasses {
  private final List<List<TrainingBlock>> partitions = new ArrayList<>();
  private final Random order;
  private int left = Integer.MAX_VALUE;
  private int passes;

  /**
   * @param sizes of blocks, one after another, again and again
   * @param seed of all orders
   */
  SpreadBlocks(Matrix inputs, Matrix targets, int partitions, long seed, int... sizes) {
    order = new Random(seed);
    List<TrainingBlock> blocks = new ArrayList<>();
    for (int from = 0; from < inputs.rows(); ) {
      int to = Math.min(inputs.rows(), from + sizes[blocks.size() % sizes.length]);
      blocks.add(new TrainingBlock(blocks.size(), rows(inputs, from, to), rows(targets, from, to)));
      from = to;
    }
    for (int p = 0; p < partitions; p++) {
      int from = blocks.size() * p / partitions;
      List<TrainingBlock> some =
          new ArrayList<>(blocks.subList(from, blocks.size() * (p + 1) / partitions));
      Collections.shuffle(some, order);
      this.partitions.add(some);
    }
  }

  private static Matrix rows(Matrix all, int from, int to) {
    return Matrix.wrap(
        to - from, all.cols(), Arrays.copyOfRange(all.data(), from * all.cols(), to * all.cols()));
  }

  /** The same, which throws instead of another pass after so many. */
  SpreadBlocks killedAfter(int some) {
    left = some;
    return this;
  }

  /** How many passes there were. */
  int passes() {
    return passes;
  }

  @Override
  public long rows() {
    return partitions.stream().flatMap(List::stream).mapToLong(TrainingBlock::rows).sum();
  }

  @Override
  public int outputs() {
    return partitions.get(0).get(0).targets().cols();
  }

  @Override
  public <T extends Summable<T>> T sum(BlockPass<T> pass) {
    if (passes == left) {
      throw new IllegalStateException("killed");
    }
    passes++;
    List<SumTree<T>> sums = new ArrayList<>();
    for (List<TrainingBlock> partition : partitions) {
      BlockPass.Worker<T> worker = pass.worker();
      SumTree<T> tree = new SumTree<>();
      partition.forEach(block -> tree.add(block.number(), worker.sums(block)));
      sums.add(tree);
    }
    Collections.shuffle(sums, order);
    SumTree<T> total = new SumTree<>();
    sums.forEach(total::merge);
    return total.total().sum();
  }
}
