package finitewidth.runtime;

import finitewidth.inducing.BlockPass;
import finitewidth.inducing.TrainingBlock;
import finitewidth.inducing.TrainingPasses;
import finitewidth.inference.work.Counted;
import finitewidth.inference.work.Shared;
import finitewidth.linalg.SumTree;
import finitewidth.linalg.Summable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Passes over training rows in Spark: what a pass needs goes out once by broadcast, every partition
 * adds up its blocks, and the sums meet on the driver, or where they are many or large two levels
 * deep. They are added along the tree of the blocks' numbers, so the result has the same bits for
 * any number of partitions and executors.
 */
public final class BlockPasses implements TrainingPasses {
  /** What a driver receives at once without ado; beyond, sums meet on executors first. */
  private static final long RECEIVED = 64L << 20;

  private final JavaRDD<TrainingBlock> blocks;
  private final long rows;
  private final int outputs;
  private final String description;

  /**
   * @param blocks persisted, as every pass reads them all
   * @param rows N
   * @param outputs m
   * @param description of the passes, for Spark's list of jobs
   */
  public BlockPasses(JavaRDD<TrainingBlock> blocks, long rows, int outputs, String description) {
    this.blocks = blocks;
    this.rows = rows;
    this.outputs = outputs;
    this.description = description;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public <T extends Summable<T>> T sum(BlockPass<T> pass) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(blocks.context());
    Shared<BlockPass<T>> shared = SharedParcel.of(spark, pass);
    String name = description + ", pass over " + Counted.of(rows, "row");
    try (JobNames names = JobNames.of(spark, name)) {
      JavaRDD<SumTree<T>> sums = blocks.mapPartitions(partition -> sums(shared.value(), partition));
      return total(sums, blocks.getNumPartitions() * pass.bytes()).total().sum();
    } finally {
      shared.close();
    }
  }

  private static <T extends Summable<T>> SumTree<T> total(JavaRDD<SumTree<T>> sums, long bytes) {
    if (bytes > RECEIVED) {
      return Parcels.reduce(sums, SumTree::merge);
    }
    SumTree<T> total = new SumTree<>();
    Parcels.collect(sums).forEach(total::merge);
    return total;
  }

  private static <T extends Summable<T>> Iterator<SumTree<T>> sums(
      BlockPass<T> pass, Iterator<TrainingBlock> blocks) {
    if (!blocks.hasNext()) {
      return List.<SumTree<T>>of().iterator();
    }
    BlockPass.Worker<T> worker = pass.worker();
    SumTree<T> tree = new SumTree<>();
    while (blocks.hasNext()) {
      TrainingBlock block = blocks.next();
      tree.add(block.number(), worker.sums(block));
    }
    return List.of(tree).iterator();
  }
}
