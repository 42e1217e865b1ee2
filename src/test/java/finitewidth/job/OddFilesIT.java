package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs on files as people keep them. */
@Tag("slow")
class OddFilesIT {
  private static final int DATA = 3;

  @TempDir private Path directory;
  private Path config;

  @BeforeEach
  void writeJob() throws IOException {
    config =
        Files.writeString(
            directory.resolve("job.conf"),
            """
            data.features = [x, y]
            network { activation = erf, hidden-widths = [64] }
            contraction.engine = exact
            output { path = "%s/out", format = json }
            """
                .formatted(directory));
  }

  @Test
  void everyFileOfAGlobIsReadOnce() throws Exception {
    text("data1.csv", "name,x,y,target\na,1,2,3\nb,2,1,1\n");
    text("data[1].csv", "\nname,x,y,target\nc,3,1,4\nd,2,5,1\n");
    text("data 10:00#%20+.csv", "name,x,y,target\ne,3,7,4\nf,7,5,1\n");
    text("._data1.csv", "\0\5\26\7");
    text("_data.csv", "name,x,y,target\ng,3,7,4\n");
    String[] data = {"data.train=" + directory + "/*.csv", "data.test=" + directory + "/*.csv"};
    MainRun job = MainRun.on("local[2]", "fit", config, data[0], data[1], "data.id=name");
    assertThat(job.exitCode()).as(job.err()).isZero();
    assertThat(predictions().map(line -> line.replaceAll(".*\"id\":\"(\\w+)\".*", "$1")))
        .containsExactly("e", "f", "a", "b", "c", "d");
  }

  @Test
  void parquetAsOthersWriteIt() throws Exception {
    Path file = directory.resolve("t.parquet");
    parquet(file);
    String train = "data.train=" + file;
    String test = "data.test=" + file;
    MainRun job = MainRun.on("local[2]", "fit", config, train, test, "data.label=kind");
    assertThat(job.exitCode()).as(job.err()).isZero();
    assertThat(predictions().map(line -> line.replaceAll(".*\"label\":\"([^\"]+)\".*", "$1")))
        .containsExactly("thé", "thè", "tea", "thé", "thè", "tea");
    refused(
        List.of("column \"when\"", "TIMESTAMP(NANOS,false)", "leave it out of data.features"),
        train,
        "data.label=kind",
        "data.features=*");
    byte[] bytes = Files.readAllBytes(file);
    Files.createDirectory(directory.resolve("d.parquet"));
    Files.write(directory.resolve("d.parquet/a.parquet"), bytes);
    Files.write(directory.resolve("d.parquet/b.parquet"), Arrays.copyOf(bytes, 100));
    refused(
        List.of("d.parquet/b.parquet cannot be read", "damaged or cut off"),
        "data.train=" + directory.resolve("d.parquet"),
        "data.label=kind");
  }

  private void refused(List<String> parts, String... overrides) throws Exception {
    String[] more = Arrays.copyOf(overrides, overrides.length + 1);
    more[overrides.length] = "output.overwrite=true";
    MainRun job = MainRun.on("local[2]", "fit", config, more);
    assertThat(job.exitCode()).as(job.err()).isEqualTo(DATA);
    assertThat(job.err().lines().reduce("", (first, last) -> last)).contains(parts);
    assertThat(job.err()).doesNotContain("\tat ", "awaitResult");
  }

  private Stream<String> predictions() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("out/predictions"))) {
      Path json = files.filter(file -> file.toString().endsWith(".json")).findFirst().orElseThrow();
      return Files.readAllLines(json).stream();
    }
  }

  private void text(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  /**
   * Labels of bytes, as older writers leave them, and timestamps in nanoseconds, as pandas does.
   */
  private static void parquet(Path file) throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required double x; required double y; required binary kind;"
                + " required int64 when (TIMESTAMP(NANOS,false)); }");
    SimpleGroupFactory groups = new SimpleGroupFactory(schema);
    List<String> kinds = List.of("thé", "thè", "tea");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file)).withType(schema).build()) {
      for (int i = 0; i < 6; i++) {
        byte[] kind = kinds.get(i % 3).getBytes(StandardCharsets.UTF_8);
        Group row = groups.newGroup().append("x", Math.sin(i)).append("y", Math.cos(i));
        writer.write(row.append("kind", Binary.fromConstantByteArray(kind)).append("when", 1L));
      }
    }
  }
}
