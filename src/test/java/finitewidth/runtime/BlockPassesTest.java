package finitewidth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.evidence.EvidenceFit;
import finitewidth.evidence.EvidenceSettings;
import finitewidth.evidence.FittedHyperparameters;
import finitewidth.evidence.Hyperparameters;
import finitewidth.evidence.ProjectedRows;
import finitewidth.inducing.Approximation;
import finitewidth.inducing.MemoryPasses;
import finitewidth.inducing.TrainingBlock;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole searches have the same bits however rows are spread, and as without Spark. */
@Tag("bits")
class BlockPassesTest {
  private static final int ROWS = 3000;
  private static final EvidenceSettings SETTINGS = new EvidenceSettings(1e-2, false, 1, 1);
  private static JavaSparkContext spark;
  private static Matrix inputs;
  private static Matrix targets;

  @BeforeAll
  static void start() {
    spark = LocalContext.of(2, BlockPassesTest.class);
    inputs = Problems.gaussian(ROWS, 3, 1);
    targets = Problems.gaussian(ROWS, 2, 2);
    for (int x = 0; x < ROWS; x++) {
      targets.add(x, 0, 3 * Math.sin(inputs.get(x, 0)));
    }
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @ParameterizedTest
  @CsvSource({"7, 3, true, DTC", "13, 1, true, FITC"})
  void spreadingDoesNotChangeABit(
      int partitions, int cores, boolean shuffled, Approximation approximation) {
    List<NumberedRow> rows = new ArrayList<>();
    for (int x = 0; x < ROWS; x++) {
      rows.add(new NumberedRow(x, inputs.row(x), targets.row(x)));
    }
    if (shuffled) {
      Collections.shuffle(rows, new Random(1));
    }
    JavaRDD<TrainingBlock> blocks =
        GatheredRows.of(spark.parallelize(rows, partitions), ROWS, cores).cache();
    Hyperparameters given = new Hyperparameters(Problems.network("relu", 2), 0.1, new double[0]);
    Matrix inducing = Problems.gaussian(10, 3, 3);
    FittedHyperparameters spread =
        EvidenceFit.of(
            given,
            new ProjectedRows(
                inducing, approximation, new BlockPasses(blocks, ROWS, 2, "evidence")),
            SETTINGS);
    FittedHyperparameters alone =
        EvidenceFit.of(
            given,
            new ProjectedRows(inducing, approximation, MemoryPasses.of(inputs, targets)),
            SETTINGS);
    blocks.unpersist();
    assertThat(spread.logEvidence()).isEqualTo(alone.logEvidence());
    assertThat(spread.evaluations()).isEqualTo(alone.evaluations());
    assertThat(spread.hyperparameters().noiseVariance())
        .isEqualTo(alone.hyperparameters().noiseVariance());
    assertThat(spread.hyperparameters().inputScales())
        .isEqualTo(alone.hyperparameters().inputScales());
    assertThat(spread.hyperparameters().network().biasVariance(1))
        .isEqualTo(alone.hyperparameters().network().biasVariance(1));
  }
}
