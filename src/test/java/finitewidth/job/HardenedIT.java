package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.job.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** conf/spark-hardened.conf with an executor in a JVM of its own. */
@Tag("slow")
class HardenedIT {
  private static final String SECRET = "correct-horse-battery-staple";
  private static final long PATIENCE_SECONDS = 300;
  private static final Path CONFIG = Path.of("conf/diabetes.conf");

  @TempDir private Path directory;

  private record Ended(int code, String said) {}

  @Test
  void theSameResultBehindAuthenticationAndEncryption() throws Exception {
    Path settings = directory.resolve("hardened.conf");
    String hardened = Files.readString(Path.of("conf/spark-hardened.conf"));
    Files.writeString(settings, hardened);
    Ended refused = fit("refused", settings);
    assertThat(refused.code()).as(refused.said()).isEqualTo(ExitCode.STORAGE.code());
    assertThat(refused.said()).contains("spark.authenticate.secret").doesNotContain("\tat ");
    assertThat(directory.resolve("refused")).doesNotExist();

    Files.writeString(settings, hardened + "\nspark.authenticate.secret " + SECRET + "\n");
    Ended done = fit("behind", settings);
    assertThat(done.code()).as(done.said()).isZero();
    assertThat(done.said()).doesNotContain(SECRET);
    Path summary = directory.resolve("behind/summary.json");
    assertThat(Files.readString(summary))
        .doesNotContain(SECRET)
        .contains("local-cluster[1,1,1024]");
    assertThat(Files.getPosixFilePermissions(summary))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));

    MainRun.on("local[2]", "fit", CONFIG, arguments("open")).succeeds();
    assertThat(predictions("behind")).isNotEmpty().isEqualTo(predictions("open"));
  }

  private String[] arguments(String out) {
    return new String[] {
      "data.train-rows=30",
      "data.test-rows=5",
      "contraction.engine=exact",
      "output.format=json",
      "output.path=" + directory.resolve(out)
    };
  }

  private Ended fit(String out, Path settings) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("./submit.sh", "fit", "--config", CONFIG.toString()));
    command.addAll(List.of(arguments(out)));
    command.addAll(List.of("--", "--properties-file", settings.toString()));
    command.addAll(List.of("--master", "local-cluster[1,1,1024]"));
    Path said = directory.resolve(out + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().put("SPARK_WORKER_DIR", directory.resolve("work").toString());
    Process process = builder.start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroy();
      throw new IOException("no end in sight: " + Files.readString(said));
    }
    return new Ended(process.exitValue(), Files.readString(said));
  }

  private List<String> predictions(String of) throws IOException {
    return Results.lines(directory.resolve(of).resolve("predictions"));
  }
}
