package finitewidth.inference.exact;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.inference.work.Progress;
import finitewidth.runtime.LocalContext;
import finitewidth.runtime.ManyLeaves;
import finitewidth.runtime.SparkRuntime;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same bits for any number of partitions, and as on one thread without Spark. */
@Tag("bits")
class TrainingJobTest {
  private static JavaSparkContext spark;
  private static ManyLeaves given;
  private static TrainingContraction alone;

  @BeforeAll
  static void start() {
    spark = LocalContext.of(2, TrainingJobTest.class);
    given = ManyLeaves.of(1e-9);
    alone = LeafWorker.computeAll(given.problem());
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void theProblemHasManyLeaves() {
    assertThat(Tiling.of(ManyLeaves.SAMPLES).leaves()).isGreaterThanOrEqualTo(8);
  }

  @Test
  void tasksOfItsOwnChoiceDoNotEither() {
    TrainingContraction result =
        TrainingJob.run(SparkRuntime.of(spark), given.problem(), quietly());
    assertThat(result.plain(0).data()).isEqualTo(alone.plain(0).data());
    assertThat(result.cross(2, 1).data()).isEqualTo(alone.cross(2, 1).data());
  }

  private static List<LeafRun> evenly(int partitions) {
    int leaves = Tiling.of(ManyLeaves.SAMPLES).leaves();
    List<LeafRun> runs = new ArrayList<>();
    for (int part = 0; part < partitions; part++) {
      runs.add(new LeafRun(leaves * part / partitions, leaves * (part + 1) / partitions));
    }
    return runs;
  }

  private static Progress quietly() {
    return new Progress(standing -> {}, "test", 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void partitionsDoNotChangeABit(int partitions) {
    TrainingContraction result =
        TrainingJob.run(
            SparkRuntime.of(spark),
            given.problem(),
            Tiling.of(ManyLeaves.SAMPLES),
            missing -> evenly(partitions),
            quietly());
    given.assertSame(result, alone);
  }
}
