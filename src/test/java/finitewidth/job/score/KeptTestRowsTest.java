package finitewidth.job.score;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.data.DataRow;
import finitewidth.inference.Ask;
import finitewidth.inference.Conditioning;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.ensemble.Drawing;
import finitewidth.inference.ensemble.Ensemble;
import finitewidth.inference.exact.Fit;
import finitewidth.inference.work.Fingerprint;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.inference.work.Shared;
import finitewidth.job.console.Console;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.posterior.ByCoefficients;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Widths;
import finitewidth.runtime.LocalContext;
import finitewidth.runtime.Parcels;
import finitewidth.runtime.RowPredictor;
import finitewidth.runtime.SharedParcel;
import finitewidth.runtime.checkpoint.CheckpointDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that were predicted before are found, however tasks were cut, and have the same bits. */
@Tag("bits")
class KeptTestRowsTest {
  private static final int ROWS = 40;

  /** Lacks numbers. */
  private static final int INCOMPLETE = 7;

  private static JavaSparkContext spark;
  private static Shared<Posterior> posterior;
  private static Shared<Posterior> other;

  @TempDir private Path temporary;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Matrix inputs = Problems.gaussian(ROWS, 3, 3);

  @BeforeAll
  static void start() {
    spark = LocalContext.of(2, KeptTestRowsTest.class);
    posterior = SharedParcel.of(spark, fit(0.1));
    other = SharedParcel.of(spark, fit(0.2));
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static Posterior fit(double noise) {
    return Fit.of(
        Problems.network("erf", 2), Problems.gaussian(9, 3, 1), Problems.gaussian(9, 2, 2), noise);
  }

  private CheckpointDirectory open() throws IOException {
    return CheckpointDirectory.open(
        FileSystem.getLocal(new Configuration()),
        new org.apache.hadoop.fs.Path(temporary.resolve("ck").toUri()),
        new CheckpointDirectory.Settings(
            "checkpoint.path = ck", "out", Fingerprint.of("1.0").done(), 3600),
        line -> {});
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(temporary)) {
      return all.filter(file -> file.getFileName().toString().startsWith("rows-"))
          .sorted()
          .toList();
    }
  }

  /** All rows from a step to the next. */
  private List<DataRow> rows(int first, int step) {
    return IntStream.iterate(first, x -> x < ROWS, x -> x + step)
        .mapToObj(
            x ->
                new DataRow(
                    x,
                    x,
                    x == INCOMPLETE ? new double[0] : inputs.row(x),
                    new double[] {x},
                    "",
                    new Object[0]))
        .toList();
  }

  private Optional<KeptTestRows> kept(CheckpointDirectory checkpoint, Posterior by, Order order) {
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    return KeptTestRows.of(spark, checkpoint, by, order, ROWS, 1, new Console(out, out));
  }

  /** Predicts rows; how many of them were not found. Each has the bits that it has alone. */
  private long predict(
      CheckpointDirectory checkpoint, Shared<Posterior> by, List<DataRow> rows, int tasks) {
    Optional<KeptTestRows> kept = kept(checkpoint, by.value(), Order.CORRECTED);
    LongAccumulator predicted = spark.sc().longAccumulator();
    RowPredictor<DataRow, PredictedRow> predictor =
        new RowPredictor<>(
            by,
            Order.CORRECTED,
            row -> {
              predicted.add(1);
              return row.features();
            },
            PredictedRow::of);
    JavaRDD<DataRow> spread =
        Parcels.sortBy(Parcels.parallelize(spark, rows, 3), DataRow::number, tasks);
    List<PredictedRow> found = Parcels.collect(KeptTestRows.predict(spread, predictor, kept));
    kept.orElseThrow().finish();
    assertThat(found.stream().map(PredictedRow::number))
        .containsExactlyElementsOf(rows.stream().map(DataRow::number).toList());
    for (int i = 0; i < rows.size(); i++) {
      double[] x = rows.get(i).features();
      Prediction expected =
          x.length == 0
              ? Prediction.none()
              : by.value().predictor(Order.CORRECTED).predict(new double[][] {x}).get(0);
      assertSame(found.get(i).prediction(), expected);
    }
    return predicted.value();
  }

  private static void assertSame(Prediction found, Prediction expected) {
    assertThat(found.nngpMean()).isEqualTo(expected.nngpMean());
    assertThat(found.nngpVariance()).isEqualTo((Double) expected.nngpVariance());
    ByCoefficients numbers = found.coefficients();
    ByCoefficients others = expected.coefficients();
    assertThat(numbers.meanCoefficients()).isDeepEqualTo(others.meanCoefficients());
    assertThat(numbers.varianceCoefficients()).isDeepEqualTo(others.varianceCoefficients());
    assertThat(numbers.meanErrors()).isDeepEqualTo(others.meanErrors());
    assertThat(numbers.varianceErrors()).isDeepEqualTo(others.varianceErrors());
  }

  /** The rest of what is done with a checkpoint. */
  @FunctionalInterface
  private interface Run {
    void in(CheckpointDirectory checkpoint) throws IOException;
  }

  private void run(Run run) throws IOException {
    try (CheckpointDirectory checkpoint = open()) {
      run.in(checkpoint);
    }
  }

  @Test
  void rowsAreNotPredictedTwice() throws IOException {
    run(
        checkpoint -> {
          assertThat(predict(checkpoint, posterior, rows(1, 3), 2)).isEqualTo(13);
          assertThat(checkpoint.restored()).isZero();
        });
    assertThat(files()).hasSize(2);
    run(
        checkpoint -> {
          // The one that lacks numbers is never kept, and nothing is to be predicted of it.
          assertThat(predict(checkpoint, posterior, rows(0, 1), 5)).isEqualTo(ROWS - 13 + 1);
          assertThat(checkpoint.restored()).isEqualTo(12.0 / ROWS);
          assertThat(checkpoint.seconds()).isPositive();
          assertThat(checkpoint.warnings()).isEmpty();
        });
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("checkpoint: found 12 of 40 test rows");
    List<Path> before = files();
    run(checkpoint -> assertThat(predict(checkpoint, posterior, rows(0, 1), 1)).isEqualTo(1));
    assertThat(files()).as("nothing is written twice").isEqualTo(before);
  }

  @Test
  void rowsThatHaveChangedAreOthers() throws IOException {
    run(checkpoint -> predict(checkpoint, posterior, rows(0, 1), 4));
    inputs.set(20, 1, Math.nextUp(inputs.get(20, 1)));
    run(checkpoint -> assertThat(predict(checkpoint, posterior, rows(0, 1), 3)).isEqualTo(2));
    run(
        checkpoint -> {
          assertThat(predict(checkpoint, other, rows(0, 1), 3)).isEqualTo(ROWS);
          assertThat(checkpoint.warnings()).hasSize(1);
          assertThat(checkpoint.warnings().get(0)).contains("of the test rows is of other data");
        });
    assertThat(files()).as("those of the first posterior are gone").hasSize(3);
  }

  /** Whatever is damaged is told once, predicted anew, and left. */
  @Test
  void damagedFilesAreTold() throws IOException {
    run(checkpoint -> predict(checkpoint, posterior, rows(0, 1), 2));
    Path broken = files().get(0);
    byte[] bytes = Files.readAllBytes(broken);
    bytes[bytes.length - 20] ^= 1;
    Files.write(broken, bytes);
    Files.deleteIfExists(broken.resolveSibling("." + broken.getFileName() + ".crc"));
    Path cut = files().get(1);
    Files.write(cut, List.of("not rows"));
    Files.deleteIfExists(cut.resolveSibling("." + cut.getFileName() + ".crc"));
    run(
        checkpoint -> {
          // Of the first all but the last row is whole.
          assertThat(predict(checkpoint, posterior, rows(0, 1), 7)).isBetween(20L, 23L);
          assertThat(checkpoint.warnings()).hasSize(2);
          assertThat(checkpoint.warnings())
              .anyMatch(line -> line.contains(broken + " is not used: the checksum of piece "))
              .allMatch(line -> line.endsWith("of the test rows is computed anew"));
        });
    assertThat(files()).contains(broken, cut);
    run(checkpoint -> assertThat(predict(checkpoint, posterior, rows(0, 1), 2)).isEqualTo(1));
  }

  /** Neither a disk that cannot be written nor a directory that is gone stops a task. */
  @Test
  void filesThatCannotBeWrittenAreToldOnce() throws IOException {
    run(
        checkpoint -> {
          Optional<KeptTestRows> kept = kept(checkpoint, posterior.value(), Order.CORRECTED);
          List<Path> made = new ArrayList<>();
          try (Stream<Path> all = Files.walk(temporary.resolve("ck"))) {
            all.forEach(made::add);
          }
          for (int i = made.size() - 1; i > 0; i--) {
            Files.delete(made.get(i));
          }
          JavaRDD<PredictedRow> found =
              KeptTestRows.predict(
                  Parcels.parallelize(spark, rows(0, 1), 4),
                  new RowPredictor<>(
                      posterior, Order.CORRECTED, DataRow::features, PredictedRow::of),
                  kept);
          assertThat(Parcels.collect(found)).hasSize(ROWS);
          kept.orElseThrow().finish();
          assertThat(checkpoint.warnings()).hasSize(1);
          assertThat(checkpoint.warnings().get(0))
              .contains("cannot be written (executors do not find ", "the job goes on");
        });
    assertThat(files()).isEmpty();
  }

  /** Cumulants and predictions at widths have other numbers. */
  @Test
  void whatCannotBeKeptIsTold() throws IOException {
    Posterior drawn =
        new Ensemble(new Drawing(List.of(Widths.uniform(2, 8)), 64, 1))
            .condition(
                Conditioning.of(
                    new Conditioning.Settings(Problems.network("erf", 2), true, 1e-9, 0.1),
                    Problems.gaussian(3, 3, 1),
                    Problems.gaussian(3, 2, 2),
                    List.of(0L, 1L, 2L)),
                new Ask(List.of(), 0, Order.CORRECTED, false),
                LocalRuntime.threads(1))
            .posterior();
    run(
        checkpoint -> {
          assertThat(kept(checkpoint, drawn, Order.CORRECTED)).isEmpty();
          assertThat(kept(checkpoint, posterior.value(), Order.CUMULANTS)).isEmpty();
          assertThat(kept(checkpoint, posterior.value(), Order.NNGP)).isEmpty();
        });
    assertThat(said.toString(StandardCharsets.UTF_8).lines())
        .anyMatch(
            line -> line.endsWith("test rows are not kept where the posterior is by ensemble"))
        .anyMatch(line -> line.endsWith("test rows are not kept where predict.quantiles is set"))
        .hasSize(2);
  }

  @Test
  void whatOthersHavePutThereStays() throws IOException {
    run(checkpoint -> predict(checkpoint, posterior, rows(0, 1), 2));
    Path directory = files().get(0).getParent();
    Files.writeString(directory.resolve("rows-of-mine"), "precious");
    Files.writeString(directory.resolve(".rows-1-2-01234567." + "0".repeat(36)), "half");
    run(
        checkpoint -> {
          predict(checkpoint, posterior, rows(0, 1), 2);
          checkpoint.remove();
        });
    assertThat(directory).isDirectoryContaining("glob:**/rows-of-mine");
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).hasSize(1);
    }
  }
}
