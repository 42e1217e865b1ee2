package finitewidth.job.engine;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.data.DataRow;
import finitewidth.data.scale.TargetScaler;
import finitewidth.inference.Conditioning;
import finitewidth.inference.Order;
import finitewidth.inference.montecarlo.Sampled;
import finitewidth.inference.work.Checkpoint;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.Networks;
import finitewidth.job.config.Verb;
import finitewidth.job.console.Console;
import finitewidth.job.score.PredictedRow;
import finitewidth.job.score.Score;
import finitewidth.job.score.ScoreBoard;
import finitewidth.job.train.TestRows;
import finitewidth.job.train.TrainingKernels;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.runtime.LocalContext;
import finitewidth.runtime.SparkRuntime;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorrectedRowsTest {
  private static final int TRAINING = 8;
  private static final int ROWS = 200;

  @TempDir private Path directory;

  /** Rows that are predicted where they are get the bits that they would get on the driver. */
  @Test
  void rowsBeyondMemoryGetTheSameBits() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("job.conf"),
            """
            data.train = a.csv
            output.path = o
            network { activation = erf, hidden-widths = [200, 300] }
            noise-variance = 0.1
            contraction { engine = sampled, max-draws = 3000, tolerance = 1e-9 }
            """);
    JobConfig config = JobConfig.parse(Verb.FIT, file.toFile(), List.of(), List.of("relu", "erf"));
    Conditioning training =
        Conditioning.of(
            TrainingKernels.settings(config),
            Problems.gaussian(TRAINING, 3, 1),
            Problems.gaussian(TRAINING, 2, 2),
            LongStream.range(0, TRAINING).boxed().toList());
    try (JavaSparkContext spark = LocalContext.of(2, CorrectedRowsTest.class)) {
      Scored all = scored(spark, config, training, 1L << 26);
      // Nine tables of eight numbers for each row and layer: room for 50 of them.
      Scored some = scored(spark, config, training, 50L * 2 * 9 * TRAINING);
      assertThat(some.parts()).isGreaterThan(all.parts());
      assertThat(some.rows()).hasSize(ROWS);
      for (int i = 0; i < ROWS; i++) {
        PredictedRow expected = all.rows().get(i);
        PredictedRow found = some.rows().get(i);
        assertThat(found.number()).isEqualTo(expected.number());
        assertThat(found.prediction().nngpMean()).isEqualTo(expected.prediction().nngpMean());
        assertThat(found.prediction().coefficients().meanCoefficients())
            .isDeepEqualTo(expected.prediction().coefficients().meanCoefficients());
        assertThat(found.prediction().coefficients().varianceErrors())
            .isDeepEqualTo(expected.prediction().coefficients().varianceErrors());
      }
      assertThat(some.scores()).isEqualTo(all.scores());
    }
  }

  private record Scored(List<PredictedRow> rows, List<Score> scores, int parts) {}

  private static Scored scored(
      JavaSparkContext spark, JobConfig config, Conditioning training, long numbers) {
    Matrix inputs = Problems.gaussian(ROWS, 3, 3);
    List<DataRow> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      long number = (7L * i) % ROWS;
      rows.add(
          new DataRow(
              number,
              number,
              inputs.row((int) number),
              new double[] {Math.sin(number), 1},
              "",
              new Object[0]));
    }
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Console console = new Console(nowhere, nowhere);
    JavaRDD<DataRow> spread = spark.parallelize(rows, 3);
    SparkRuntime runtime = new SparkRuntime(spark, Checkpoint.none(), console);
    try (CorrectedRows fit =
        CorrectedRows.of(
            runtime,
            new Sampled(ConfiguredEngine.sampling(config), numbers),
            training,
            new TestRows(spread, ROWS, Optional.empty(), ROWS),
            Order.CORRECTED,
            false,
            console)) {
      ScoreBoard board =
          new ScoreBoard(
              Networks.choices(config),
              TargetScaler.restore(Matrix.copyOf(new double[][] {{0, 0}, {1, 1}})),
              Optional.empty(),
              config.noiseVariance(),
              true);
      fit.score(board);
      List<PredictedRow> sorted = fit.rows().sortBy(PredictedRow::number, true, 1).collect();
      return new Scored(sorted, board.scores(), fit.rows().getNumPartitions());
    }
  }
}
