package finitewidth.job.output;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.job.Results;
import finitewidth.job.config.OutputConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class PredictionsWriterTest {
  @TempDir private Path directory;

  @Test
  void writesEachFormat() throws IOException {
    try (SparkSession spark =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", false).getOrCreate()) {
      Dataset<Row> rows =
          spark.range(0, 4, 1, 2).selectExpr("id", "id / 8 mean", "if(id = 1, null, 1.5D) x");
      for (OutputConfig.Format format : OutputConfig.Format.values()) {
        PredictionsWriter.write(rows, format, directory.resolve(format.name()).toString());
      }
      assertThat(lines("CSV"))
          .containsExactly(
              "id,mean,x", "0,0.0,1.5", "1,0.125,", "id,mean,x", "2,0.25,1.5", "3,0.375,1.5");
      assertThat(lines("JSON")).contains("{\"id\":1,\"mean\":0.125,\"x\":null}").hasSize(4);
      assertThat(spark.read().parquet(directory.resolve("PARQUET").toString()).count())
          .isEqualTo(4);
    }
  }

  private List<String> lines(String name) throws IOException {
    return Results.lines(directory.resolve(name));
  }
}
