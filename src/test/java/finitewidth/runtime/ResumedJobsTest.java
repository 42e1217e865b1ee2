package finitewidth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.ProblemFingerprint;
import finitewidth.inference.ensemble.EnsembleEstimate;
import finitewidth.inference.ensemble.EnsembleJob;
import finitewidth.inference.ensemble.EnsembleProblem;
import finitewidth.inference.exact.ApexRow;
import finitewidth.inference.exact.ExactProblem;
import finitewidth.inference.exact.LeafRun;
import finitewidth.inference.exact.LeafWorker;
import finitewidth.inference.exact.PairSums;
import finitewidth.inference.exact.Subtree;
import finitewidth.inference.exact.Tiling;
import finitewidth.inference.exact.TrainingContraction;
import finitewidth.inference.exact.TrainingJob;
import finitewidth.inference.exact.TrainingSums;
import finitewidth.inference.montecarlo.DrawnAssembly;
import finitewidth.inference.montecarlo.SampledJob;
import finitewidth.inference.montecarlo.SamplingFit;
import finitewidth.inference.work.Checkpoint;
import finitewidth.inference.work.MemoryCheckpoint;
import finitewidth.inference.work.Messages;
import finitewidth.inference.work.Progress;
import finitewidth.inference.work.Shared;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.SumTree;
import finitewidth.oracle.Problems;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.Prediction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Work that was interrupted anywhere ends with the bits of work that was not. */
@Tag("bits")
class ResumedJobsTest {
  private static JavaSparkContext spark;
  private static ManyLeaves given;
  private static ContractionProblem problem;
  private static TrainingContraction alone;

  @BeforeAll
  static void start() {
    spark = LocalContext.of(2, ResumedJobsTest.class);
    given = ManyLeaves.of(1e-9);
    problem = given.problem();
    alone = LeafWorker.computeAll(problem);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static SparkRuntime keeping(Checkpoint checkpoint) {
    return new SparkRuntime(spark, checkpoint, Messages.none());
  }

  private static Progress quietly() {
    return new Progress(standing -> {}, "test", 1);
  }

  /** The training contraction in so many tasks; how many leaves they computed. */
  private static int train(Checkpoint checkpoint, int parts, TrainingContraction expected) {
    int[] leaves = {0};
    TrainingContraction result =
        TrainingJob.run(
            keeping(checkpoint),
            problem,
            Tiling.of(ManyLeaves.SAMPLES),
            missing -> {
              List<LeafRun> runs = LeafRun.of(missing, parts, 0, 1000, Long.MAX_VALUE);
              leaves[0] = runs.stream().mapToInt(LeafRun::size).sum();
              return runs;
            },
            quietly());
    given.assertSame(result, expected);
    return leaves[0];
  }

  /** Cut in one way when it is interrupted, and in another when it goes on. */
  @Test
  void theTrainingContractionGoesOnFromAnyLeaves() {
    int all = Tiling.of(ManyLeaves.SAMPLES).leaves();
    for (int seed = 0; seed < 6; seed++) {
      MemoryCheckpoint checkpoint = new MemoryCheckpoint();
      TrainingSums sums = new TrainingSums(problem, Tiling.of(ManyLeaves.SAMPLES));
      Checkpoint.Keeping keeping = checkpoint.open(sums);
      LeafWorker worker = new LeafWorker(new ExactProblem(problem), Tiling.of(ManyLeaves.SAMPLES));
      List<ApexRow> rows = new ArrayList<>();
      SumTree<PairSums> tree = new SumTree<>();
      for (int leaf = seed; leaf < all - seed; leaf++) {
        tree.add(leaf, worker.compute(leaf, rows));
        if (leaf % (2 + seed) == 0) {
          sums.add(tree.subtrees(), rows);
          tree = new SumTree<>();
          rows = new ArrayList<>();
          if (leaf % 3 == 0) {
            checkpoint.save(sums);
          }
        }
      }
      keeping.close();
      assertThat(checkpoint.size()).isGreaterThan(1);
      checkpoint.lose(0.3, seed);
      checkpoint.repeat();
      int computed = train(checkpoint, 1 + seed, alone);
      assertThat(computed).isBetween(1, all - 1);
      assertThat(train(checkpoint, 3, alone)).as("all is there").isZero();
    }
  }

  @Test
  void anotherProblemIsAnother() {
    String first = ProblemFingerprint.of(problem).toString();
    assertThat(ProblemFingerprint.of(ManyLeaves.of(1e-9).problem()).toString()).isEqualTo(first);
    assertThat(ProblemFingerprint.of(ManyLeaves.of(1e-8).problem()).toString()).isNotEqualTo(first);
    NngpPosterior nngp = given.nngp();
    Matrix phi = nngp.phi().copy();
    phi.data()[7] = Math.nextUp(phi.data()[7]);
    assertThat(
            ProblemFingerprint.of(
                    new ContractionProblem(problem.flow(), phi, nngp.inverse(), true, 1e-9))
                .toString())
        .isNotEqualTo(first);
    assertThat(
            ProblemFingerprint.of(
                    new ContractionProblem(problem.flow(), nngp.phi(), nngp.inverse(), false, 1e-9))
                .toString())
        .isNotEqualTo(first);
  }

  /** Bytes are looked at before memory is taken for what they say. */
  @Test
  void leavesThatDoNotFitAreRefused() {
    Tiling tiling = Tiling.of(ManyLeaves.SAMPLES);
    MemoryCheckpoint checkpoint = new MemoryCheckpoint();
    train(checkpoint, 1, alone);
    for (int[] head :
        new int[][] {{-1, 0}, {31, 0}, {0, -1}, {0, tiling.leaves()}, {1, tiling.leaves() / 2}}) {
      ByteBuffer bytes = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
      bytes.putInt(head[0]).putLong(head[1]).rewind();
      assertThatThrownBy(() -> Subtree.read(problem, tiling, bytes))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("there are no such leaves");
    }
    for (int size : new int[] {0, 3, 12, 1000}) {
      ByteBuffer bytes = ByteBuffer.allocate(size);
      assertThatThrownBy(() -> Subtree.read(problem, tiling, bytes))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void drawsGoOn() {
    DrawnAssembly posterior =
        SamplingFit.posterior(
            Problems.network("relu", 3),
            Problems.gaussian(20, 4, 1),
            Problems.gaussian(20, 2, 2),
            0.1,
            3,
            300);
    Matrix tests = Problems.gaussian(30, 4, 3);
    List<double[]> features = IntStream.range(0, 30).mapToObj(tests::row).toList();
    Shared<DrawnAssembly> shared = SharedParcel.of(spark, posterior);
    List<Prediction> expected = SamplingFit.of(posterior, tests, 22).predictions();
    MemoryCheckpoint checkpoint = new MemoryCheckpoint();
    for (int seed = 0; seed < 3; seed++) {
      try (SampledJob job = SampledJob.prepare(keeping(checkpoint), shared, features, true)) {
        // As the rounds of a stopping rule do.
        job.extend(new int[] {8, 4, 8}, quietly());
        job.extend(new int[] {22, 22, 22}, quietly());
        List<Prediction> predictions = job.predictions();
        for (int x = 0; x < predictions.size(); x++) {
          assertThat(predictions.get(x).coefficients().meanCoefficients())
              .isDeepEqualTo(expected.get(x).coefficients().meanCoefficients());
          assertThat(predictions.get(x).coefficients().varianceErrors())
              .isDeepEqualTo(expected.get(x).coefficients().varianceErrors());
        }
      }
      assertThat(checkpoint.size()).as("nothing is drawn twice").isEqualTo(3 * 6);
      checkpoint.lose(0.5, seed);
      assertThat(checkpoint.size()).isBetween(1, 17);
    }
    String fingerprint = checkpoint.fingerprint();
    List<double[]> others = new ArrayList<>(features);
    others.set(4, features.get(5));
    try (SampledJob job = SampledJob.prepare(keeping(checkpoint), shared, features, false)) {
      assertThat(checkpoint.fingerprint()).as("without shifts").isNotEqualTo(fingerprint);
      assertThat(checkpoint.size()).isZero();
    }
    try (SampledJob job = SampledJob.prepare(keeping(checkpoint), shared, others, true)) {
      assertThat(checkpoint.fingerprint()).isNotEqualTo(fingerprint);
      assertThat(checkpoint.size()).isZero();
    }
  }

  private static EnsembleProblem ensemble(boolean hiddenKernels) {
    return new EnsembleProblem(
        Problems.network("relu", 2),
        Problems.gaussian(6, 3, 1),
        Problems.gaussian(6, 2, 2),
        0.2,
        Problems.gaussian(5, 3, 3),
        hiddenKernels);
  }

  @Test
  void networksGoOn() {
    EnsembleProblem ensemble = ensemble(true);
    List<int[]> widths = List.of(new int[] {8, 5}, new int[] {20, 20});
    List<EnsembleEstimate> expected =
        EnsembleJob.run(SparkRuntime.of(spark), ensemble, widths, 640, 9, quietly());
    MemoryCheckpoint checkpoint = new MemoryCheckpoint();
    for (int seed = 0; seed < 3; seed++) {
      List<EnsembleEstimate> found =
          EnsembleJob.run(keeping(checkpoint), ensemble, widths, 640, 9, quietly());
      for (int choice = 0; choice < widths.size(); choice++) {
        assertThat(found.get(choice).posterior().mean())
            .isDeepEqualTo(expected.get(choice).posterior().mean());
        assertThat(found.get(choice).posterior().varianceError())
            .isDeepEqualTo(expected.get(choice).posterior().varianceError());
        assertThat(found.get(choice).posterior().logEvidence())
            .isEqualTo(expected.get(choice).posterior().logEvidence());
        assertThat(found.get(choice).hiddenKernels().get(1).shift())
            .containsExactly(expected.get(choice).hiddenKernels().get(1).shift());
      }
      assertThat(checkpoint.size()).isEqualTo(2 * EnsembleEstimate.GROUPS);
      checkpoint.lose(0.5, seed);
    }
    String fingerprint = checkpoint.fingerprint();
    EnsembleJob.run(keeping(checkpoint), ensemble, widths, 640, 10, quietly());
    assertThat(checkpoint.fingerprint()).isNotEqualTo(fingerprint);
    // Sums without hidden kernels are those of other work.
    EnsembleJob.run(keeping(checkpoint), ensemble(false), widths, 640, 9, quietly());
    assertThat(checkpoint.fingerprint()).isNotEqualTo(fingerprint);
  }
}
