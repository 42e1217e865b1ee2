package finitewidth.job.output;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.job.LocalSpark;
import finitewidth.job.MainRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known before anything is computed is said before. */
class OutputFormatsTest {
  private static final int DATA = 3;

  /** What a job says when it turns to computing. */
  private static final List<String> COMPUTING = List.of("estimate:", "BLAS", "training rows");

  @TempDir private static Path directory;
  private static LocalSpark settings;
  private static Path config;

  @BeforeAll
  static void fit() throws IOException {
    settings = LocalSpark.set();
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      spark
          .range(0, 12, 1, 1)
          .selectExpr(
              "int(id) key",
              "sin(id) x",
              "cos(3 * id) target",
              "id % 2 kind",
              "if(id < 11, string(id % 2), 'x') other",
              "id Mean",
              "id variance",
              "string(id) note",
              "array(id) list",
              "named_struct('a', id) struct",
              "cast('a' as binary) bytes")
          .write()
          .parquet(directory.resolve("t.parquet").toString());
    }
    config =
        Files.writeString(
            directory.resolve("job.conf"),
            """
            data { train = "%1$s/t.parquet", test = "%1$s/t.parquet", features = [x], id = key }
            network { activation = erf, hidden-widths = [50] }
            contraction.engine = exact
            model.path = "%1$s/fitted/model"
            output { path = "%1$s/predicted", overwrite = true }
            """
                .formatted(directory));
    MainRun.of("fit", config, "output.path=" + directory.resolve("fitted")).succeeds();
  }

  @AfterAll
  static void clear() {
    settings.close();
  }

  @Test
  void columnsThatSparkCannotTellApart() throws IOException {
    assertRefused(
        "predict", "columns \"mean\" and \"Mean\" of the predictions", "predict.columns=Mean");
    assertRefused("predict", "column \"variance\" of the data", "predict.columns=*");
    assertRefused("predict", "\"Mean\"", "predict.columns=[Mean]", "--dry-run");
    try (LocalSpark exact = LocalSpark.set(Map.of("spark.sql.caseSensitive", "true"))) {
      // What has been written is read back by its name, even if that looks like a glob.
      String output = "output.path=" + directory.resolve("out[1]{a,b}");
      MainRun.of("predict", config, "predict.columns=Mean", output).succeeds();
    } finally {
      settings = LocalSpark.set();
    }
  }

  @Test
  void csvHoldsNoArraysStructsAndBytes() throws IOException {
    for (String column : List.of("list", "struct", "bytes")) {
      String what = "column \"" + column + "\" is of type ";
      assertRefused("predict", what, "output.format=csv", "predict.columns=" + column);
    }
  }

  @Test
  void rowsThatAreTooFewOrTooMany() throws IOException {
    assertRefused("fit", "contraction.test-rows=50, but there are", "contraction.test-rows=50");
  }

  /** Whole numbers and the like, which are no texts. */
  @Test
  void idsKeepTheirTypesInEveryTable() throws IOException {
    MainRun.of("flow", config).succeeds();
    MainRun.of("fit", config, "output.hidden-kernels=true").succeeds();
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      String path = directory.resolve("predicted/hidden_kernels").toString();
      assertThat(spark.read().parquet(path).schema().apply("id_i").dataType().catalogString())
          .isEqualTo("int");
    }
  }

  private static void assertRefused(String verb, String what, String... overrides) {
    MainRun run = MainRun.of(verb, config, overrides);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(DATA);
    assertThat(run.err()).contains(what).doesNotContain(COMPUTING).doesNotContain("\tat ");
    assertThat(run.out()).isEmpty();
  }
}
