package finitewidth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.exact.ExactPosterior;
import finitewidth.inference.exact.Fit;
import finitewidth.inference.montecarlo.DrawnAssembly;
import finitewidth.inference.montecarlo.DrawnPosterior;
import finitewidth.inference.montecarlo.SampledJob;
import finitewidth.inference.montecarlo.SamplingFit;
import finitewidth.inference.work.Progress;
import finitewidth.inference.work.Shared;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Architecture;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is predicted of a row is a matter of the row and the training rows alone: networks, sizes,
 * outputs, subsets, orders and partitions are drawn at random, and every prediction has the bits
 * that one thread computes of all rows in their order.
 */
@Tag("bits")
class SameBitsTest {
  private static final String[] ACTIVATIONS = {"relu", "erf", "gelu", "sin", "tanh"};

  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    spark = LocalContext.of(2, SameBitsTest.class);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  /** A problem by its seed. */
  private record Drawn(
      Architecture network, Matrix inputs, Matrix targets, Matrix tests, Random random) {

    static Drawn of(long seed, int activations, int mostTraining, int mostTests) {
      Random random = new Random(seed);
      int features = 1 + random.nextInt(8);
      int training = 2 + random.nextInt(mostTraining - 1);
      int outputs = 1 + random.nextInt(4);
      return new Drawn(
          Problems.network(ACTIVATIONS[random.nextInt(activations)], 1 + random.nextInt(3)),
          Problems.gaussian(training, features, seed),
          Problems.gaussian(training, outputs, seed + 1),
          Problems.gaussian(1 + random.nextInt(mostTests), features, seed + 2),
          random);
    }
  }

  /** A test row and its number. */
  private record Numbered(int number, double[] features) implements Serializable {}

  private record Predicted(int number, Prediction prediction) implements Serializable {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void sampled(long seed) {
    Drawn problem = Drawn.of(seed, ACTIVATIONS.length, 70, 230);
    sampled(problem, 64 + problem.random().nextInt(300), 3 + problem.random().nextInt(20));
  }

  /** So many training rows that the place of a row once made a difference on AVX-512. */
  @Test
  void sampledWithManyTrainingRows() {
    sampled(
        new Drawn(
            Problems.network("relu", 1),
            Problems.gaussian(530, 6, 1),
            Problems.gaussian(530, 2, 2),
            Problems.gaussian(100, 6, 3),
            new Random(4)),
        256,
        2);
  }

  private static void sampled(Drawn problem, int drawsPerBatch, int batches) {
    DrawnAssembly posterior =
        SamplingFit.posterior(
            problem.network(), problem.inputs(), problem.targets(), 0.1, 3, drawsPerBatch);
    SamplingFit alone = SamplingFit.of(posterior, problem.tests(), batches);
    Random random = problem.random();
    List<Prediction> fitted = fittedOverSpark(posterior, problem.tests(), batches, random);
    for (int x = 0; x < fitted.size(); x++) {
      assertSame(fitted.get(x), alone.predictions().get(x));
    }
    int[] all = IntStream.generate(() -> batches).limit(alone.estimates().sources()).toArray();
    LogEvidence evidence = LogEvidence.exact(0, new double[all.length]);
    everywhere(
        new DrawnPosterior(posterior, all, evidence),
        Order.CORRECTED,
        problem,
        alone.predictions());
  }

  /** As a fit does it: rows in their order, in rounds. */
  private static List<Prediction> fittedOverSpark(
      DrawnAssembly posterior, Matrix tests, int batches, Random random) {
    Shared<DrawnAssembly> shared = SharedParcel.of(spark, posterior);
    List<double[]> features = new ArrayList<>();
    for (int x = 0; x < tests.rows(); x++) {
      features.add(tests.row(x));
    }
    try (SampledJob job = SampledJob.prepare(SparkRuntime.of(spark), shared, features, false)) {
      Progress progress = new Progress(standing -> {}, "test", 1);
      int sources = posterior.contraction().problem().sources();
      // A round ends where a run of batches does.
      int first = Math.min(batches, 4 * random.nextInt(3));
      job.extend(IntStream.generate(() -> first).limit(sources).toArray(), progress);
      job.extend(IntStream.generate(() -> batches).limit(sources).toArray(), progress);
      return job.predictions();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void exact(long seed) {
    Drawn problem = Drawn.of(seed, 4, 20, 30);
    ExactPosterior posterior = Fit.of(problem.network(), problem.inputs(), problem.targets(), 0.1);
    ExactPosterior.Predictor predictor = posterior.predictor();
    List<Prediction> alone = new ArrayList<>();
    for (int x = 0; x < problem.tests().rows(); x++) {
      alone.add(predictor.predict(problem.tests().row(x)));
    }
    everywhere(posterior, Order.CORRECTED, problem, alone);
    everywhere(posterior, Order.CUMULANTS, problem, alone);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 90, 350, 530})
  void orderZero(int training) {
    Drawn problem =
        new Drawn(
            Problems.network("erf", 2),
            Problems.gaussian(training, 5, 1),
            Problems.gaussian(training, 3, 2),
            Problems.gaussian(300, 5, 3),
            new Random(training));
    DrawnAssembly sampled =
        SamplingFit.posterior(problem.network(), problem.inputs(), problem.targets(), 0.1, 3, 64);
    DrawnPosterior posterior =
        new DrawnPosterior(sampled, new int[2], LogEvidence.exact(0, new double[2]));
    List<Prediction> alone = new ArrayList<>();
    for (int x = 0; x < problem.tests().rows(); x++) {
      alone.addAll(
          posterior.predictor(Order.NNGP).predict(new double[][] {problem.tests().row(x)}));
    }
    everywhere(posterior, Order.NNGP, problem, alone);
  }

  /** Subsets in any order and any number of partitions, repeated rows among them. */
  private static void everywhere(
      Posterior posterior, Order order, Drawn problem, List<Prediction> expected) {
    Shared<Posterior> shared = SharedParcel.of(spark, posterior);
    RowPredictor<Numbered, Predicted> predictor =
        new RowPredictor<>(
            shared,
            order,
            Numbered::features,
            (row, prediction) -> new Predicted(row.number(), prediction));
    for (int time = 0; time < 2; time++) {
      List<Numbered> rows = new ArrayList<>();
      SplittableRandom random = new SplittableRandom(problem.random().nextLong());
      for (int x = 0; x < problem.tests().rows(); x++) {
        for (int copies = random.nextInt(3); copies > 0; copies--) {
          rows.add(new Numbered(x, problem.tests().row(x)));
        }
      }
      Collections.shuffle(rows, problem.random());
      List<Predicted> found =
          spark
              .parallelize(rows, 1 + problem.random().nextInt(5))
              .mapPartitions(predictor::predict)
              .collect();
      assertThat(found).hasSameSizeAs(rows);
      for (Predicted one : found) {
        assertSame(one.prediction(), expected.get(one.number()));
      }
    }
    shared.close();
  }

  private static void assertSame(Prediction found, Prediction expected) {
    assertThat(found.nngpMean()).isEqualTo(expected.nngpMean());
    assertThat(found.nngpVariance()).isEqualTo(expected.nngpVariance());
    assertThat(found.coefficients().meanCoefficients())
        .isDeepEqualTo(expected.coefficients().meanCoefficients());
    assertThat(found.coefficients().varianceCoefficients())
        .isDeepEqualTo(expected.coefficients().varianceCoefficients());
    assertThat(found.coefficients().meanErrors())
        .isDeepEqualTo(expected.coefficients().meanErrors());
    assertThat(found.coefficients().varianceErrors())
        .isDeepEqualTo(expected.coefficients().varianceErrors());
  }
}
