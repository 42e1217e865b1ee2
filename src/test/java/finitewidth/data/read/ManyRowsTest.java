package finitewidth.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import finitewidth.data.ColumnMoments;
import finitewidth.data.Columns;
import finitewidth.data.Columns.Targets;
import finitewidth.data.DataConfig;
import finitewidth.data.DataConfigs;
import finitewidth.data.DataException;
import finitewidth.data.DataRow;
import finitewidth.data.TrainingSchema;
import finitewidth.data.TrainingSet;
import finitewidth.data.scale.FeatureScaling;
import finitewidth.data.scale.Preprocessing;
import finitewidth.data.scale.TargetScaling;
import finitewidth.data.table.DataFiles;
import finitewidth.inducing.TrainingBlock;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.runtime.NumberedRow;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyRowsTest {
  private static final int ROWS = 3000;
  private static SparkSession session;
  private static JavaSparkContext spark;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    session =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 2)
            .getOrCreate();
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  /** The same rows as when they are collected, from one file or from several. */
  @Test
  void theSameRowsAsOnTheDriver() throws IOException {
    String one = Files.writeString(directory.resolve("all.csv"), csv(0, ROWS)).toString();
    for (int part = 0; part < 5; part++) {
      Files.writeString(
          directory.resolve("part-" + part + ".csv"), csv(part * ROWS / 5, (part + 1) * ROWS / 5));
    }
    for (String path : List.of(one, directory.resolve("part-*.csv").toString())) {
      for (OptionalInt trainRows : List.of(OptionalInt.empty(), OptionalInt.of(1500))) {
        DataReader reader = reader(config(path, Optional.empty(), trainRows));
        TrainingSet collected = reader.openForFit().onDriver();
        OpenedData many = reader.openForFit();
        assertThat(many.distributed().count()).isEqualTo(collected.count());
        assertThat(many.distributed().end()).isEqualTo(ROWS);
        assertThat(many.test().count()).isEqualTo(ROWS / 5);
        assertThat(many.distributed().rows().map(DataRow::number).collect())
            .containsExactlyInAnyOrderElementsOf(collected.numbers());
        try (TrainingBlocks blocks = TrainingBlocks.of(many.distributed())) {
          TrainingSet all = blocks.sample(ROWS, 1);
          assertThat(all.features().data()).isEqualTo(collected.features().data());
          assertThat(all.targets().data()).isEqualTo(collected.targets().data());
          assertThat(all.schema()).isEqualTo(collected.schema());
          assertThat(blocks.featureMoments().parameters().data())
              .isEqualTo(collected.featureMoments().parameters().data());
          assertThat(blocks.targetMoments().parameters().data())
              .isEqualTo(collected.targetMoments().parameters().data());
        }
      }
    }
  }

  private static String csv(int from, int to) {
    StringBuilder text = new StringBuilder("f,g,target\n");
    for (int i = from; i < to; i++) {
      text.append("%s,%s,%s%n".formatted(Math.sin(i), 1e5 + Math.cos(7 * i), i % 11));
    }
    return text.toString();
  }

  @Test
  void classesAreCountedWhereTheyAre() throws IOException {
    StringBuilder text = new StringBuilder("f,c\n");
    for (int i = 0; i < 100; i++) {
      text.append("%d,%s%n".formatted(i, i % 10 == 0 ? "10" : i % 2 == 0 ? "2" : "1"));
    }
    String path = Files.writeString(directory.resolve("c.csv"), text.toString()).toString();
    Columns columns =
        new Columns(List.of(), new Targets(List.of(), false), Optional.of("c"), Optional.empty());
    DataConfig config =
        DataConfigs.of(
            path, Optional.of(path), columns, 0.2, OptionalInt.empty(), OptionalInt.empty(), 7);
    OpenedData data = reader(config).openForFit();
    assertThat(data.distributed().schema().outputNames()).containsExactly("1", "2", "10");
    assertThat(data.distributed().schema().classRows()).containsExactly(50L, 40L, 10L);
    assertThat(data.distributed().schema().classPriors()).containsExactly(0.5, 0.4, 0.1);
    try (TrainingBlocks blocks = TrainingBlocks.of(data.distributed())) {
      TrainingSet collected = reader(config).openForFit().onDriver();
      assertThat(blocks.sample(100, 1).targets().data()).isEqualTo(collected.targets().data());
    }
    String one = Files.writeString(directory.resolve("one.csv"), "f,c\n1,a\n2,a\n").toString();
    DataConfig single =
        DataConfigs.of(
            one, Optional.of(one), columns, 0.2, OptionalInt.empty(), OptionalInt.empty(), 7);
    assertThatThrownBy(() -> reader(single).openForFit())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("all 2 training rows are of the class a");
    StringBuilder ids = new StringBuilder("f,c\n");
    for (int i = 0; i < 10_001; i++) {
      ids.append(i).append(",id").append(i).append('\n');
    }
    String unique = Files.writeString(directory.resolve("u.csv"), ids.toString()).toString();
    DataConfig tooMany =
        DataConfigs.of(
            unique, Optional.of(unique), columns, 0.2, OptionalInt.empty(), OptionalInt.empty(), 7);
    assertThatThrownBy(() -> reader(tooMany).openForFit())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("more than 10000 classes");
  }

  /** Against decimal numbers of 40 digits, for a column far from zero and one that is tiny. */
  @Test
  void momentsAreThoseOfExactArithmetic() {
    Matrix rows = Problems.gaussian(ROWS, 3, 1);
    for (int i = 0; i < ROWS; i++) {
      rows.set(i, 1, 1e9 + rows.get(i, 1));
      rows.set(i, 2, 1e-200 * rows.get(i, 2));
    }
    try (TrainingBlocks blocks = blocks(rows, 3, 1)) {
      ColumnMoments moments = blocks.featureMoments();
      for (int j = 0; j < 3; j++) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal squares = BigDecimal.ZERO;
        for (double x : rows.column(j)) {
          sum = sum.add(new BigDecimal(x));
          squares = squares.add(new BigDecimal(x).pow(2));
        }
        MathContext digits = new MathContext(40);
        BigDecimal mean = sum.divide(BigDecimal.valueOf(ROWS), digits);
        BigDecimal variance = squares.multiply(BigDecimal.valueOf(ROWS)).subtract(sum.pow(2));
        double deviation =
            variance.sqrt(digits).divide(BigDecimal.valueOf(ROWS), digits).doubleValue();
        assertThat(moments.mean(j) / mean.doubleValue()).isCloseTo(1, within(1e-15));
        assertThat(moments.deviation(j) / deviation).isCloseTo(1, within(1e-13));
      }
    }
  }

  /** What rounding alone has made different is constant; what is more is not. */
  @Test
  void constantColumnsAreFound() {
    Matrix rows = Matrix.zeros(ROWS, 3);
    for (int i = 0; i < ROWS; i++) {
      rows.set(i, 0, 0.1);
      rows.set(i, 1, i == ROWS - 1 ? Math.nextUp(0.1) : 0.1);
      rows.set(i, 2, i == ROWS - 1 ? 0.1 + 1e-12 : 0.1);
    }
    try (TrainingBlocks blocks = blocks(rows, 4, 1)) {
      assertThat(blocks.featureMoments().deviation(0)).isZero();
      assertThat(blocks.featureMoments().deviation(1)).isZero();
      assertThat(blocks.featureMoments().deviation(2)).isPositive();
      Preprocessing scalers =
          Preprocessing.fit(FeatureScaling.STANDARDIZE, TargetScaling.NONE, blocks);
      assertThat(scalers.features().ignored()).containsExactly(0, 1);
      assertThat(scalers.warnings(blocks))
          .containsExactly(
              "feature columns f0, f1 are constant over the 3000 training rows and left out");
      assertThat(blocks.sample(9, 1).features().cols()).isEqualTo(3);
      assertThat(scalers.design(blocks.sample(9, 1)).cols()).isEqualTo(1);
    }
  }

  @Test
  void spreadingChangesNeitherMomentsNorSamples() {
    Matrix rows = Problems.gaussian(ROWS, 2, 3);
    try (TrainingBlocks one = blocks(rows, 1, 1);
        TrainingBlocks many = blocks(rows, 7, 3)) {
      assertThat(many.featureMoments().parameters().data())
          .isEqualTo(one.featureMoments().parameters().data());
      TrainingSet sample = one.sample(100, 5);
      assertThat(sample.rows()).isEqualTo(100);
      assertThat(sample.numbers()).isSortedAccordingTo(Comparator.naturalOrder());
      assertThat(many.sample(100, 5).features().data()).isEqualTo(sample.features().data());
      assertThat(one.sample(200, 5).numbers()).containsAll(sample.numbers());
      assertThat(one.sample(100, 6).numbers()).isNotEqualTo(sample.numbers());
      // Even over the file: each third has 33 ± 3 standard deviations.
      assertThat(sample.numbers().stream().filter(n -> n < ROWS / 3).count()).isBetween(19L, 48L);
      Preprocessing scalers =
          Preprocessing.fit(FeatureScaling.STANDARDIZE, TargetScaling.STANDARDIZE, one);
      TrainingSet all = one.sample(ROWS, 1);
      TrainingBlock second =
          many.preprocessed(scalers).filter(block -> block.number() == 1).first();
      assertThat(second.inputs().row(5)).isEqualTo(scalers.design(all).row(TrainingBlock.ROWS + 5));
      assertThat(second.targets().row(5))
          .isEqualTo(scalers.targets(all).row(TrainingBlock.ROWS + 5));
    }
  }

  private static TrainingBlocks blocks(Matrix rows, int partitions, int cores) {
    List<NumberedRow> numbered = new ArrayList<>();
    for (int i = 0; i < rows.rows(); i++) {
      numbered.add(new NumberedRow(i, rows.row(i), new double[] {Math.sin(i)}));
    }
    Collections.shuffle(numbered, new Random(partitions));
    List<String> names = IntStream.range(0, rows.cols()).mapToObj(j -> "f" + j).toList();
    return TrainingBlocks.of(
        spark.parallelize(numbered, partitions),
        rows.rows(),
        rows.rows(),
        cores,
        TrainingSchema.regression(names, names, List.of("t")));
  }

  private static DataReader reader(DataConfig config) {
    DataFiles files = DataFiles.locate(session.sparkContext().hadoopConfiguration(), config);
    return new DataReader(session, config, files, FeatureScaling.STANDARDIZE);
  }

  private static DataConfig config(String train, Optional<String> test, OptionalInt trainRows) {
    return DataConfigs.of(
        train,
        test,
        new Columns(
            List.of(), new Targets(List.of("target"), false), Optional.empty(), Optional.empty()),
        0.2,
        trainRows,
        OptionalInt.empty(),
        7);
  }
}
