package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs in a Spark that was there before and has to be there afterwards. */
class HostedTest {
  private static final String CONFIG = "conf/diabetes.conf";

  @TempDir private static Path directory;
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false").getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static String[] fit(String... more) {
    List<String> fit =
        List.of(
            "fit",
            "--config",
            CONFIG,
            "data.train-rows=10",
            "data.test-rows=3",
            "output.path=" + directory.resolve("out"));
    return Stream.concat(fit.stream(), List.of(more).stream()).toArray(String[]::new);
  }

  @Test
  void theSessionGoesOn() {
    Hosted.main(fit());
    assertThat(spark.sparkContext().isStopped()).isFalse();
    assertThat(spark.sparkContext().getLocalProperty("spark.jobGroup.id")).isNull();
    assertThat(spark.read().parquet(directory.resolve("out/predictions").toString()).count())
        .isEqualTo(3);
  }

  @Test
  void aMistakeIsAnException() {
    assertThatThrownBy(() -> Hosted.main(fit("noise-variance=-1")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("exit code 2");
    assertThat(spark.sparkContext().isStopped()).isFalse();
  }
}
