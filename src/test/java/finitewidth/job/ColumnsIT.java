package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table as people have it: an index, Latin-1, missing values, and a column that says nothing. */
@Tag("slow")
class ColumnsIT {
  @TempDir private Path directory;

  @Test
  void tablesAsPeopleHaveThem() throws IOException {
    StringBuilder text = new StringBuilder(",größe,gewicht,k,sorte\n");
    for (int i = 0; i < 20; i++) {
      text.append(
          "%d,%s,%s,0.1,%s\n"
              .formatted(
                  i,
                  i == 4 ? "NA" : "" + Math.sin(i),
                  Math.cos(3 * i),
                  i % 2 == 0 ? "thé" : "thè"));
    }
    Path data = directory.resolve("tee.csv");
    Files.write(data, text.toString().getBytes(StandardCharsets.ISO_8859_1));
    Path config =
        Files.writeString(
            directory.resolve("job.conf"),
            """
            data { train = "%s", test = "%s", label = sorte, handle-invalid = skip }
            network { activation = erf, hidden-widths = [500] }
            output { path = "%s", format = json, overwrite = true }
            """
                .formatted(data, data, directory.resolve("out")));
    MainRun refused = MainRun.on("local[2]", "fit", config);
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
    assertThat(refused.err())
        .contains("tee.csv, header (line 1): the name of column 2", "data.options.encoding")
        .doesNotContain("\tat ");

    MainRun fitted = MainRun.on("local[2]", "fit", config, "data.options.encoding=latin1");
    assertThat(fitted.exitCode()).as(fitted.err()).isZero();
    assertThat(fitted.err())
        .contains("1 of 20 rows that lacked a value left out")
        .contains("column \"\" (it has no name) looks like a row index")
        .contains("feature column k is constant over the 19 training rows and left out");
    List<JsonNode> rows = Results.rows(directory.resolve("out").resolve("predictions"));
    assertThat(rows).hasSize(19);
    assertThat(rows.stream().map(row -> row.path("label").asText()).distinct())
        .containsExactly("thé", "thè");
    assertThat(Results.summary(directory.resolve("out")).at("/data/features").asInt()).isEqualTo(2);
  }
}
