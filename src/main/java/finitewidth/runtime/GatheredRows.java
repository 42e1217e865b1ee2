package finitewidth.runtime;

import finitewidth.inducing.TrainingBlock;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.NumberBytes;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.ToLongFunction;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Gathers training rows into the blocks that their numbers put them in, by one shuffle of packed
 * pieces. However rows were spread before, the blocks are the same.
 */
public final class GatheredRows {
  /** Partitions for each core at least, so that cores finish together. */
  private static final int PARTITIONS_PER_CORE = 4;

  /** Blocks in a partition at most: a few seconds of work, and subtrees that fit into memory. */
  private static final long MOST_BLOCKS = 128;

  private GatheredRows() {}

  /**
   * The blocks that have rows, each partition's in rising order.
   *
   * @param rows numbers are unique
   * @param end above the largest number
   * @param cores that compute at the same time; does not change the blocks
   */
  public static JavaRDD<TrainingBlock> of(JavaRDD<NumberedRow> rows, long end, int cores) {
    long blocks = Math.max(1, (end + TrainingBlock.ROWS - 1) / TrainingBlock.ROWS);
    long share = Math.min(MOST_BLOCKS, Math.max(1, blocks / ((long) PARTITIONS_PER_CORE * cores)));
    JavaPairRDD<Long, Parcel<Piece>> pieces =
        rows.mapPartitionsToPair(
            part ->
                new Groups<>(part, row -> TrainingBlock.of(row.number()), GatheredRows::packed));
    return pieces
        .repartitionAndSortWithinPartitions(new Ranges(blocks, Long.highestOneBit(share)))
        .mapPartitions(part -> new Groups<>(part, Tuple2::_1, GatheredRows::whole))
        .setName("blocks of training rows");
  }

  /** Neighbouring rows of one block, packed. */
  private record Piece(int rows, int features, byte[] numbers, byte[] inputs, byte[] targets)
      implements Serializable {
    static Piece of(List<NumberedRow> rows) {
      return new Piece(
          rows.size(),
          rows.get(0).inputs().length,
          // Row numbers are far below 2⁵³.
          NumberBytes.of(rows.stream().mapToDouble(NumberedRow::number).toArray()),
          NumberBytes.of(rows.stream().map(NumberedRow::inputs).toArray(double[][]::new)),
          NumberBytes.of(rows.stream().map(NumberedRow::targets).toArray(double[][]::new)));
    }

    void addTo(List<NumberedRow> to) {
      double[] number = new double[rows];
      NumberBytes.read(numbers, number);
      double[][] input = new double[rows][features];
      NumberBytes.read(inputs, input);
      double[][] target = new double[rows][targets.length / Double.BYTES / rows];
      NumberBytes.read(targets, target);
      for (int i = 0; i < rows; i++) {
        to.add(new NumberedRow((long) number[i], input[i], target[i]));
      }
    }
  }

  /** Ranges of a power of two of blocks: each is one subtree of sums over blocks. */
  private static final class Ranges extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final long blocks;
    private final long length;

    Ranges(long blocks, long length) {
      this.blocks = blocks;
      this.length = length;
    }

    @Override
    public int numPartitions() {
      return Math.toIntExact((blocks + length - 1) / length);
    }

    @Override
    public int getPartition(Object key) {
      long block = (Long) key;
      if (block >= blocks) {
        throw new IllegalArgumentException("block " + block + " of " + blocks);
      }
      return (int) (block / length);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Ranges that && that.blocks == blocks && that.length == length;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(31 * blocks + length);
    }
  }

  private static Tuple2<Long, Parcel<Piece>> packed(long block, List<NumberedRow> rows) {
    return new Tuple2<>(block, Parcel.of(Piece.of(rows)));
  }

  private static TrainingBlock whole(long block, List<Tuple2<Long, Parcel<Piece>>> pieces) {
    List<NumberedRow> rows = new ArrayList<>();
    pieces.forEach(piece -> piece._2().value().addTo(rows));
    rows.sort(Comparator.comparingLong(NumberedRow::number));
    return new TrainingBlock(
        block,
        Matrix.copyOf(rows.stream().map(NumberedRow::inputs).toArray(double[][]::new)),
        Matrix.copyOf(rows.stream().map(NumberedRow::targets).toArray(double[][]::new)));
  }

  /** What is made of all neighbours of one block. */
  private interface Making<T, R> {
    R of(long block, List<T> members);
  }

  /** Makes one thing of all neighbours of one block. */
  private static final class Groups<T, R> implements Iterator<R> {
    private final Iterator<T> members;
    private final ToLongFunction<T> block;
    private final Making<T, R> making;
    private final List<T> waiting = new ArrayList<>(1);

    Groups(Iterator<T> members, ToLongFunction<T> block, Making<T, R> making) {
      this.members = members;
      this.block = block;
      this.making = making;
      pull();
    }

    private void pull() {
      if (members.hasNext()) {
        waiting.add(members.next());
      }
    }

    @Override
    public boolean hasNext() {
      return !waiting.isEmpty();
    }

    @Override
    public R next() {
      if (waiting.isEmpty()) {
        throw new NoSuchElementException();
      }
      long own = block.applyAsLong(waiting.get(0));
      List<T> group = new ArrayList<>();
      while (!waiting.isEmpty() && block.applyAsLong(waiting.get(0)) == own) {
        group.add(waiting.remove(0));
        pull();
      }
      return making.of(own, group);
    }
  }
}
