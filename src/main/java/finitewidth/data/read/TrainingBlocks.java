package finitewidth.data.read;

import finitewidth.data.Classes;
import finitewidth.data.ColumnMoments;
import finitewidth.data.ColumnSums;
import finitewidth.data.ManyRows;
import finitewidth.data.TrainingData;
import finitewidth.data.TrainingSchema;
import finitewidth.data.TrainingSet;
import finitewidth.data.scale.Preprocessing;
import finitewidth.inducing.TrainingBlock;
import finitewidth.inducing.TrainingPasses;
import finitewidth.inference.work.Shared;
import finitewidth.linalg.Matrix;
import finitewidth.runtime.BlockPasses;
import finitewidth.runtime.GatheredRows;
import finitewidth.runtime.HeldRows;
import finitewidth.runtime.NumberedRow;
import finitewidth.runtime.Parcels;
import finitewidth.runtime.RowSample;
import finitewidth.runtime.SharedParcel;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Training rows in blocks, where they are: read and gathered once, and kept in memory or on disk
 * until this is closed. Neither moments nor samples depend on how rows are spread.
 *
 * @param held features not yet scaled, and targets in their own units or classes' codes
 * @param count how many rows there are
 */
public record TrainingBlocks(HeldRows<TrainingBlock> held, long count, TrainingSchema schema)
    implements TrainingData, AutoCloseable {

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
        HeldRows.of(GatheredRows.of(rows, end, cores), "blocks of training rows"), count, schema);
  }

  private JavaRDD<TrainingBlock> raw() {
    return held.rows();
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
    return Parcels.aggregate(
        raw(),
        empty,
        (sums, block) -> {
          sums.add(part.apply(block));
          return sums;
        },
        (sums, other) -> {
          sums.add(other);
          return sums;
        });
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
    return raw().map(preprocessing::block);
  }

  /**
   * A random choice of rows, by seed alone, on the driver.
   *
   * @param most how many, where there are as many
   */
  public TrainingSet sample(int most, long seed) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(raw().context());
    boolean all = count <= most;
    Shared<long[]> chosen =
        SharedParcel.of(
            spark,
            all ? new long[0] : RowSample.of(raw().flatMap(TrainingBlocks::places), most, seed));
    try {
      List<NumberedRow> rows =
          Parcels.collect(raw().flatMap(block -> rows(block, all, chosen.value())));
      rows.sort(Comparator.comparingLong(NumberedRow::number));
      List<Long> numbers = rows.stream().map(NumberedRow::number).toList();
      return new TrainingSet(
          Matrix.copyOf(rows.stream().map(NumberedRow::inputs).toArray(double[][]::new)),
          Matrix.copyOf(rows.stream().map(NumberedRow::targets).toArray(double[][]::new)),
          numbers,
          List.copyOf(numbers),
          schema);
    } finally {
      chosen.close();
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
    held.release();
  }
}
