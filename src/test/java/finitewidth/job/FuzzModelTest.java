package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import finitewidth.job.cli.ExitCode;
import finitewidth.job.console.Console;
import finitewidth.model.FiniteWidthModel;
import finitewidth.model.ModelException;
import finitewidth.model.OlderFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Saved models with damage of all kinds: they are read, if the damage does not matter, or refused
 * in a sentence with exit 3, without a trace and without more memory than their files justify.
 */
@Tag("slow")
class FuzzModelTest {
  private static final int CASES = 1050;
  private static final long SEED = 20260108;

  /** Beside what the intact model takes, for each byte of its files. */
  private static final long JUSTIFIED = 1000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir private static Path directory;
  private static SparkSession spark;
  private static final List<FuzzTarget> TARGETS = new ArrayList<>();

  /** How reading ended, and what it took. */
  private record Outcome(boolean read, String sentence, long bytes) {}

  @BeforeAll
  static void fit() throws IOException {
    LocalSpark settings = LocalSpark.set();
    try {
      StringBuilder csv = new StringBuilder("a,b,target,other\n");
      Mutator numbers = new Mutator(1);
      for (int i = 0; i < 24; i++) {
        for (int j = 0; j < 3; j++) {
          csv.append(numbers.below(1000) / 100.0).append(',');
        }
        csv.append(numbers.below(1000) / 100.0).append('\n');
      }
      Path data = Files.writeString(directory.resolve("train.csv"), csv.toString());
      Path config =
          Files.writeString(
              directory.resolve("job.conf"),
              """
              data { train = "%s", target = [target, other] }
              noise-variance = 0.5
              contraction { engine = exact, max-draws = 4000 }
              output.format = json
              """
                  .formatted(data));
      fit(config, "exact");
      fit(config, "drawn", "contraction.engine=sampled", "network.activation=erf");
      fit(config, "points", "inducing-points=8", "network.hidden-widths=[500]");
    } finally {
      settings.close();
    }
    spark =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false").getOrCreate();
    for (String name : List.of("exact", "drawn", "points")) {
      TARGETS.add(
          new FuzzTarget(
              name,
              directory.resolve(name).resolve("model"),
              model -> FiniteWidthModel.load(spark, model.toString())));
    }
  }

  private static void fit(Path config, String name, String... overrides) {
    List<String> arguments = new ArrayList<>(List.of(overrides));
    arguments.add("output.path=" + directory.resolve(name));
    MainRun.of("fit", config, arguments.toArray(String[]::new)).succeeds();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void damagedFiles() throws IOException {
    Mutator mutator = new Mutator(SEED);
    Map<String, Integer> ends = new TreeMap<>();
    for (FuzzTarget target : TARGETS) {
      long most = intact(target) + JUSTIFIED * target.bytes();
      for (int i = 0; i < CASES / TARGETS.size(); i++) {
        Path damaged = Files.createDirectory(directory.resolve("case"));
        List<Path> files = target.copyTo(damaged);
        StringBuilder what = new StringBuilder(target.name() + " case " + i);
        for (int changes = 1 + mutator.below(2); changes > 0; changes--) {
          Path file = mutator.oneOf(files.stream().filter(Files::exists).toList());
          what.append(", ").append(damage(mutator, file));
        }
        Outcome outcome = read(target, damaged);
        assertThat(outcome.bytes()).as(what + ": " + outcome.sentence()).isLessThan(most);
        ends.merge(outcome.read() ? "read" : "refused", 1, Integer::sum);
        delete(damaged);
      }
    }
    assertThat(ends.get("refused")).isGreaterThan(CASES / 3);
    assertThat(ends.get("read")).as("some damage does not matter").isPositive();
  }

  /** Files without digests are trusted with memory, but not with traces. */
  @Test
  void damagedFilesOfAFormatWithoutDigests() throws IOException {
    Mutator mutator = new Mutator(SEED);
    int refused = 0;
    for (int i = 0; i < CASES / 3; i++) {
      FuzzTarget target = TARGETS.get(i % TARGETS.size());
      Path damaged = Files.createDirectory(directory.resolve("case"));
      target.copyTo(damaged);
      Path metadata = metadata(damaged);
      Files.writeString(metadata, OlderFormats.metadata(4, Files.readString(metadata)));
      damage(mutator, mutator.oneOf(FuzzTarget.files(damaged.resolve("data"))));
      refused += read(target, damaged).read() ? 0 : 1;
      delete(damaged);
    }
    assertThat(refused).isGreaterThan(CASES / 12);
  }

  private static String damage(Mutator mutator, Path file) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    boolean text = !file.toString().endsWith(".parquet");
    int kind = mutator.below(20);
    if (kind == 0) {
      Files.delete(file);
      return file.getFileName() + " deleted";
    }
    if (kind == 1) {
      String name = file.getFileName().toString();
      Files.copy(file, file.resolveSibling("part-9" + name), StandardCopyOption.REPLACE_EXISTING);
      return name + " twice";
    }
    if (text && kind < 16) {
      Files.writeString(file, mutator.text(new String(whole, StandardCharsets.UTF_8)));
    } else {
      Files.write(file, mutator.bytes(whole));
    }
    return file.getFileName() + " changed";
  }

  /** Every number of the metadata, replaced by every odd one. */
  @Test
  void metadataThatClaimAnything() throws IOException {
    for (FuzzTarget target : TARGETS) {
      long most = intact(target) + JUSTIFIED * target.bytes();
      Path copy = Files.createDirectory(directory.resolve("claims"));
      target.copyTo(copy);
      Path file = metadata(copy);
      String whole = Files.readString(file);
      assertThat(whole).contains("\"format\":");
      for (String key :
          List.of(
              "format", "trainingRows", "tolerance", "noiseVariance", "drawsPerBatch", "seed")) {
        for (String value :
            List.of("0", "-1", "1e9", "2147483647", "1e999", "null", "\"x\"", "[]", "{}", "0.5")) {
          claim(
              target,
              copy,
              file,
              whole.replaceFirst("\"" + key + "\":[^,}]+", "\"" + key + "\":" + value),
              most);
        }
      }
      for (String key :
          List.of(
              "hiddenWidths",
              "biasVariances",
              "weightVariances",
              "outputNames",
              "featureNames",
              "classes",
              "batches",
              "numbers",
              "engine",
              "inducing",
              "featureColumns")) {
        for (String value :
            List.of(
                "[]",
                "null",
                "[null]",
                "[1e9]",
                "[-1,2]",
                "[\"a\"]",
                "7",
                "{}",
                "[" + "1,".repeat(20_000) + "1]",
                "[" + "\"a\",".repeat(20_000) + "\"a\"]")) {
          claim(
              target,
              copy,
              file,
              whole.replaceFirst("\"" + key + "\":\\[[^\\]]*\\]", "\"" + key + "\":" + value),
              most);
        }
      }
      claim(target, copy, file, "[".repeat(500_000), most);
      claim(target, copy, file, "{\"finiteWidth\":".repeat(100_000), most);
      delete(copy);
    }
  }

  /** Its one line of text. */
  private static Path metadata(Path model) throws IOException {
    return FuzzTarget.files(model.resolve("metadata")).stream()
        .filter(file -> file.getFileName().toString().startsWith("part-"))
        .findFirst()
        .orElseThrow();
  }

  private static void claim(FuzzTarget target, Path copy, Path file, String text, long most)
      throws IOException {
    Files.writeString(file, text);
    Outcome outcome = read(target, copy);
    String shown = text.length() > 5000 ? text.substring(0, 1000) : text;
    assertThat(outcome.bytes())
        .as(target.name() + ": " + shown + ": " + outcome.sentence())
        .isLessThan(most + JUSTIFIED * text.length());
  }

  @Test
  void filesOfAnotherModelOrKind() throws IOException {
    for (FuzzTarget target : TARGETS) {
      for (FuzzTarget other : TARGETS) {
        if (!target.equals(other)) {
          Path mixed = Files.createDirectory(directory.resolve("mixed"));
          target.copyTo(mixed);
          delete(mixed.resolve("data"));
          Path theirs = Files.createDirectory(directory.resolve("theirs"));
          other.copyTo(theirs);
          Files.move(theirs.resolve("data"), mixed.resolve("data"));
          assertThat(read(target, mixed).read()).as(target + " " + other).isFalse();
          delete(mixed);
          delete(theirs);
        }
      }
    }
    FuzzTarget target = TARGETS.get(0);
    Dataset<Row> table = spark.read().parquet(target.intact().resolve("data").toString());
    for (Dataset<Row> wrong :
        List.of(
            table.drop("row"),
            table.drop("values"),
            table.withColumnRenamed("tensor", "Tensor"),
            table.select("row", "tensor", "values"),
            table.selectExpr("tensor", "cast(row as bigint) row", "values"),
            table.selectExpr("tensor", "row", "cast(values as array<float>) values"),
            table.selectExpr("tensor", "row", "array(values) values"),
            table.selectExpr("tensor", "row", "values", "values more"),
            table.union(table),
            table.limit(0),
            table.where("tensor <> 'phi'"),
            table.selectExpr("tensor", "row + 1 as row", "values"),
            table.selectExpr("tensor", "row", "concat(values, values) values"),
            table.selectExpr("tensor", "row", "transform(values, v -> double('Infinity')) values"),
            table.selectExpr("concat(tensor, '\u0007') tensor", "row", "values"))) {
      Path copy = Files.createDirectory(directory.resolve("wrong"));
      target.copyTo(copy);
      delete(copy.resolve("data"));
      wrong.coalesce(1).write().parquet(copy.resolve("data").toString());
      Outcome outcome = read(target, copy);
      assertThat(outcome.read()).as(wrong.schema().treeString()).isFalse();
      assertThat(outcome.sentence()).isNotBlank();
      delete(copy);
    }
  }

  /** The tail of zeros is one run in a few bytes, and a matrix of them is not justified by it. */
  @Test
  void aBombIsRefused() throws IOException {
    FuzzTarget target = TARGETS.get(0);
    Path copy = Files.createDirectory(directory.resolve("bomb"));
    target.copyTo(copy);
    delete(copy.resolve("data"));
    spark
        .sql(
            "select 'phi' tensor, cast(0 as int) row, array_repeat(cast(0 as double), 20000000)"
                + " values")
        .coalesce(1)
        .write()
        .parquet(copy.resolve("data").toString());
    Outcome outcome = read(target, copy);
    assertThat(outcome.read()).isFalse();
    assertThat(outcome.bytes()).isLessThan(intact(target) + (16L << 20));
    delete(copy);
  }

  /** What the intact model takes; it is read. */
  private static long intact(FuzzTarget target) throws IOException {
    read(target, target.intact());
    Outcome outcome = read(target, target.intact());
    assertThat(outcome.read()).as(outcome.sentence()).isTrue();
    return outcome.bytes();
  }

  private static Outcome read(FuzzTarget target, Path from) throws IOException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      target.read().from(from);
      return new Outcome(true, "", THREADS.getCurrentThreadAllocatedBytes() - before);
    } catch (Exception e) {
      long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      Console console = new Console(new PrintStream(err, true, StandardCharsets.UTF_8), System.out);
      int code = Main.failed(console, e);
      String said = err.toString(StandardCharsets.UTF_8);
      assertThat(e).as(said).isInstanceOf(ModelException.class);
      assertThat(code).as(said).isEqualTo(ExitCode.DATA.code());
      assertThat(said.lines()).as(said).hasSize(1);
      assertThat(said).doesNotContain("\tat ").contains(from.toString());
      return new Outcome(false, said, bytes);
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> files;
    try (var all = Files.walk(directory)) {
      files = all.sorted(java.util.Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
