package finitewidth.spark;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.checkpoint.Checkpoint;
import finitewidth.contraction.ContractionProblem;
import finitewidth.contraction.LeafWorker;
import finitewidth.contraction.Tiling;
import finitewidth.contraction.TrainingContraction;
import finitewidth.flow.SampleFlow;
import finitewidth.oracle.Problems;
import finitewidth.posterior.NngpPosterior;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same bits for any number of partitions, and as on one thread without Spark. */
class TrainingJobTest {
  private static final int SAMPLES = 75;
  private static JavaSparkContext spark;
  private static ContractionProblem problem;
  private static TrainingContraction alone;

  @BeforeAll
  static void start() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("TrainingJobTest")
                .set("spark.ui.enabled", "false"));
    SampleFlow flow =
        SampleFlow.of(Problems.network("quadratic", 3), Problems.gaussian(SAMPLES, 4, 1));
    NngpPosterior nngp = NngpPosterior.of(flow.kernel(3), Problems.gaussian(SAMPLES, 2, 2), 0.1);
    problem = new ContractionProblem(flow, nngp.phi(), nngp.inverse(), true, 1e-9);
    alone = LeafWorker.computeAll(problem);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void theProblemHasManyLeaves() {
    assertThat(Tiling.of(SAMPLES).leaves()).isGreaterThanOrEqualTo(8);
  }

  @Test
  void tasksOfItsOwnChoiceDoNotEither() {
    TrainingContraction result = TrainingJob.run(spark, problem, quietly());
    assertThat(result.plain(0).data()).isEqualTo(alone.plain(0).data());
    assertThat(result.cross(2, 1).data()).isEqualTo(alone.cross(2, 1).data());
  }

  private static List<LeafRun> evenly(int partitions) {
    int leaves = Tiling.of(SAMPLES).leaves();
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
            spark,
            problem,
            Tiling.of(SAMPLES),
            missing -> evenly(partitions),
            quietly(),
            Checkpoint.none());
    for (int s = 0; s < 3; s++) {
      assertThat(result.plain(s).data()).isEqualTo(alone.plain(s).data());
      assertThat(result.selfEnergy(s).data()).isEqualTo(alone.selfEnergy(s).data());
      for (int x = 0; x < problem.crossWeights(); x++) {
        assertThat(result.cross(s, x).data()).isEqualTo(alone.cross(s, x).data());
      }
    }
  }
}
