package finitewidth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.inducing.Approximation;
import finitewidth.inducing.InducingPoints;
import finitewidth.inducing.ProjectedSums;
import finitewidth.inducing.ProjectionPass;
import finitewidth.inducing.TrainingBlock;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.SumTree;
import finitewidth.oracle.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same bits however rows are spread, in whatever order, and as on one thread without Spark. */
@Tag("bits")
class GatheredRowsTest {
  private static final int ROWS = 9000;
  private static final double NOISE = 0.1;
  private static JavaSparkContext spark;
  private static InducingPoints points;
  private static Matrix inputs;
  private static Matrix targets;
  private static ProjectedSums alone;

  @BeforeAll
  static void start() {
    spark = LocalContext.of(2, GatheredRowsTest.class);
    inputs = Problems.gaussian(ROWS, 3, 1);
    targets = Problems.gaussian(ROWS, 2, 2);
    points = InducingPoints.of(Problems.network("relu", 2), Problems.gaussian(10, 3, 3));
    SumTree<ProjectedSums> tree = new SumTree<>();
    for (int block = 0; block * TrainingBlock.ROWS < ROWS; block++) {
      int from = block * TrainingBlock.ROWS;
      int to = Math.min(ROWS, from + TrainingBlock.ROWS);
      tree.add(
          block,
          ProjectedSums.of(
              points.projector(),
              new TrainingBlock(block, part(inputs, from, to), part(targets, from, to)),
              NOISE,
              Approximation.FITC));
    }
    alone = tree.total().sum();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static Matrix part(Matrix rows, int from, int to) {
    return Matrix.wrap(
        to - from,
        rows.cols(),
        Arrays.copyOfRange(rows.data(), from * rows.cols(), to * rows.cols()));
  }

  private static List<NumberedRow> rows(int from, int to) {
    List<NumberedRow> rows = new ArrayList<>();
    for (int x = from; x < to; x++) {
      rows.add(new NumberedRow(x, inputs.row(x), targets.row(x)));
    }
    return rows;
  }

  @ParameterizedTest
  @CsvSource({"1, 1, false", "2, 2, false", "7, 1, false", "13, 3, true"})
  void spreadingDoesNotChangeABit(int partitions, int cores, boolean shuffled) {
    List<NumberedRow> rows = rows(0, ROWS);
    if (shuffled) {
      Collections.shuffle(rows, new Random(1));
    }
    ProjectedSums sums =
        new BlockPasses(
                GatheredRows.of(spark.parallelize(rows, partitions), ROWS, cores), ROWS, 2, "test")
            .sum(new ProjectionPass(points, NOISE, Approximation.FITC));
    assertThat(sums.rows()).isEqualTo(ROWS);
    assertThat(sums.gram().data()).isEqualTo(alone.gram().data());
    assertThat(sums.cross().data()).isEqualTo(alone.cross().data());
    assertThat(sums.squares()).isEqualTo(alone.squares());
    assertThat(sums.logVariances()).isEqualTo(alone.logVariances());
    assertThat(sums.open()).isEqualTo(alone.open());
    assertThat(sums.prior()).isEqualTo(alone.prior());
  }

  /** Rows that were left out leave holes, whole blocks among them. */
  @Test
  void blocksMayBeMissing() {
    List<NumberedRow> some = rows(100, 200);
    some.addAll(rows(5000, 5001));
    List<TrainingBlock> blocks = GatheredRows.of(spark.parallelize(some, 4), ROWS, 2).collect();
    assertThat(blocks).extracting(TrainingBlock::number).containsExactly(0L, 4L);
    assertThat(blocks).extracting(TrainingBlock::rows).containsExactly(100, 1);
    assertThat(blocks.get(1).inputs().row(0)).isEqualTo(inputs.row(5000));
    assertThat(blocks.get(1).targets().row(0)).isEqualTo(targets.row(5000));
  }

  @Test
  void centresOfClusters() {
    Matrix sample = Matrix.zeros(60, 2);
    for (int x = 0; x < 60; x++) {
      sample.set(x, 0, 100.0 * (x % 3));
      sample.set(x, 1, x % 2);
    }
    Matrix centres = ClusterCentres.of(spark, sample, 6, 5);
    assertThat(Arrays.stream(rowsOf(centres)).map(Arrays::toString))
        .containsExactlyInAnyOrder(
            "[0.0, 0.0]",
            "[0.0, 1.0]",
            "[100.0, 0.0]",
            "[100.0, 1.0]",
            "[200.0, 0.0]",
            "[200.0, 1.0]");
    assertThat(ClusterCentres.of(spark, sample, 4, 5).data())
        .isEqualTo(ClusterCentres.of(spark, sample, 4, 5).data());
    assertThat(ClusterCentres.of(spark, sample, 10, 5).rows()).isEqualTo(6);
  }

  private static double[][] rowsOf(Matrix matrix) {
    double[][] rows = new double[matrix.rows()][];
    Arrays.setAll(rows, matrix::row);
    return rows;
  }
}
