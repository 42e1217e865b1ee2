package finitewidth.data;

import finitewidth.inducing.TrainingBlock;
import finitewidth.inducing.TrainingPasses;
import finitewidth.linalg.Matrix;
import finitewidth.spark.BlockPasses;
import finitewidth.spark.NumberedRow;
import finitewidth.spark.RowBlocks;
import finitewidth.spark.RowSample;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/**
 * Training rows in blocks, where they are: read and gathered once, and kept in memory or on disk
 * until this is closed. Neither moments nor samples depend on how rows are spread.
 *
 * @param raw features not yet scaled, and targets in their own units or classes' codes
 * @param count how many rows there are
 */
public record TrainingBlocks(JavaRDD<TrainingBlock> raw, long count, TrainingSchema schema)
    implements TrainingData, AutoCloseable {

  /** Of a tree of sums over partitions. */
  private static final int DEPTH = 2;

  /** Gathers rows; nothing is computed until it is needed. */
  public static TrainingBlocks of(ManyRows rows) {
    int cores = JavaSparkContext.fromSparkContext(rows.rows().context()).defaultParallelism();
    // Null where there are none: Optional cannot be serialised.
    Classes classes = rows.schema().classes().orElse(null);
    JavaRDD<NumberedRow> numbered =
        rows.rows()
            .map(
                row ->
                    new NumberedRow(
                        row.number(),
                        row.features(),
                        classes == null ? row.targets() : classes.code(row.label())));
    return of(numbered, rows.count(), rows.end(), cores, rows.schema());
  }

  /**
   * Gathers rows.
   *
   * @param rows not yet scaled; their numbers are unique
   * @param end above the largest number
   */
  public static TrainingBlocks of(
      JavaRDD<NumberedRow> rows, long count, long end, int cores, TrainingSchema schema) {
    return new TrainingBlocks(
        RowBlocks.of(rows, end, cores).persist(StorageLevel.MEMORY_AND_DISK()), count, schema);
  }

  @Override
  public ColumnMoments featureMoments() {
    return moments(ColumnSums.first(schema.features()), TrainingBlock::inputs);
  }

  @Override
  public ColumnMoments targetMoments() {
    return moments(ColumnSums.first(schema.outputs()), TrainingBlock::targets);
  }

  /** What of a block is meant. */
  private interface Part extends Function<TrainingBlock, Matrix>, Serializable {}

  private ColumnMoments moments(ColumnSums empty, Part part) {
    return pass(pass(empty, part).second(), part).moments();
  }

  private ColumnSums pass(ColumnSums empty, Part part) {
    return raw.treeAggregate(
        empty,
        (sums, block) -> {
          sums.add(part.apply(block));
          return sums;
        },
        (sums, other) -> {
          sums.add(other);
          return sums;
        },
        DEPTH);
  }

  /**
   * Passes over preprocessed rows.
   *
   * @param description for Spark's list of jobs
   */
  public TrainingPasses passes(Preprocessing preprocessing, String description) {
    return new BlockPasses(preprocessed(preprocessing), count, schema.outputs(), description);
  }

  /** Preprocessed blocks, made anew whenever they are asked for. */
  JavaRDD<TrainingBlock> preprocessed(Preprocessing preprocessing) {
    return raw.map(preprocessing::block);
  }

  /**
   * A random choice of rows, by seed alone, on the driver.
   *
   * @param most how many, where there are as many
   */
  public TrainingSet sample(int most, long seed) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(raw.context());
    boolean all = count <= most;
    Broadcast<long[]> chosen =
        spark.broadcast(
            all ? new long[0] : RowSample.of(raw.flatMap(TrainingBlocks::places), most, seed));
    try {
      List<NumberedRow> rows =
          new ArrayList<>(raw.flatMap(block -> rows(block, all, chosen.value())).collect());
      rows.sort(Comparator.comparingLong(NumberedRow::number));
      List<Long> numbers = rows.stream().map(NumberedRow::number).toList();
      return new TrainingSet(
          Matrix.copyOf(rows.stream().map(NumberedRow::inputs).toArray(double[][]::new)),
          Matrix.copyOf(rows.stream().map(NumberedRow::targets).toArray(double[][]::new)),
          numbers,
          List.copyOf(numbers),
          schema);
    } finally {
      chosen.destroy();
    }
  }

  /** A number for each row of a block: that in the data, where no row before it was left out. */
  private static long place(TrainingBlock block, int row) {
    return block.number() * TrainingBlock.ROWS + row;
  }

  private static Iterator<Long> places(TrainingBlock block) {
    return IntStream.range(0, block.rows()).mapToObj(i -> place(block, i)).iterator();
  }

  private static Iterator<NumberedRow> rows(TrainingBlock block, boolean all, long[] chosen) {
    return IntStream.range(0, block.rows())
        .filter(i -> all || RowSample.has(chosen, place(block, i)))
        .mapToObj(
            i -> new NumberedRow(place(block, i), block.inputs().row(i), block.targets().row(i)))
        .iterator();
  }

  @Override
  public void close() {
    raw.unpersist();
  }
}
