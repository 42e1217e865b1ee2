package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs without a locale, as cron and containers start them, of a checkout and of files whose names
 * have blanks and letters beyond ASCII, on executors of their own without a SPARK_HOME.
 */
@Tag("slow")
class LettersIT {
  @TempDir private Path directory;

  @Test
  void pathsOfAnyLetters() throws Exception {
    Path home = checkout(directory.resolve("Prüfung 漢字"));
    Path data = directory.resolve("Zürich – données.csv");
    Files.copy(Path.of("examples/diabetes.csv"), data);
    Path out = directory.resolve("Ergebnis é");
    Path config =
        Files.writeString(
            directory.resolve("größe 1.conf"),
            String.join(
                "\n",
                "data { train = \"" + data + "\", train-rows = 20, test-rows = 5 }",
                "contraction.engine = exact",
                "output { path = \"" + out + "\", format = json }"));
    Submission fit =
        run(
            home,
            "fit",
            config,
            "checkpoint.path=\"" + directory.resolve("Stand ü") + "\"",
            "--",
            "--master",
            "local-cluster[1,1,1024]");
    assertThat(fit.exitCode()).as(fit.err()).isZero();
    assertThat(fit.err()).doesNotContain("\tat ", "WARN", "ERROR");
    assertThat(fit.out()).contains("widths ∞", "fit " + out + "\n");
    assertThat(Results.lines(out.resolve("predictions"))).hasSize(5);

    Path predicted = directory.resolve("vorhergesagt ß");
    Submission predict =
        run(
            home,
            "predict",
            config,
            "model.path=\"" + out + "/model\"",
            "data.test=\"" + data + "\"",
            "predict.order=0",
            "output.path=\"" + predicted + "\"",
            "--",
            "--master",
            "local[1]");
    assertThat(predict.exitCode()).as(predict.err()).isZero();
    assertThat(Results.lines(predicted.resolve("predictions"))).hasSize(5);
    // Links that lead out of a temporary directory are told one by one as it is removed.
    try (Stream<Path> jars = Files.list(home.resolve("target/spark-home/jars"))) {
      for (Path jar : jars.toList()) {
        Files.delete(jar);
      }
    }
  }

  /** What there is of a checkout once it is built. */
  private static Path checkout(Path home) throws IOException {
    Files.createDirectories(home.resolve("target"));
    Files.createDirectories(home.resolve("src/main"));
    for (String part : List.of("submit.sh", "src/main/sh", "conf")) {
      Checkout.copy(Path.of(part), home.resolve(part));
    }
    try (Stream<Path> built = Files.list(Path.of("target"))) {
      for (Path file : built.filter(LettersIT::isNeeded).toList()) {
        Checkout.copy(file, home.resolve("target").resolve(file.getFileName()));
      }
    }
    return home;
  }

  private static boolean isNeeded(Path file) {
    return file.getFileName().toString().matches("classpath.txt|native|.*-job\\.jar");
  }

  private Submission run(Path home, String verb, Path config, String... more) throws Exception {
    List<String> command = new ArrayList<>(List.of(home + "/submit.sh", verb, "--config"));
    command.add(config.toString());
    command.addAll(List.of(more));
    Map<String, String> none = Map.of("LC_ALL", "C", "FINITE_WIDTH_ARCHIVE", "no");
    try (RunningJob job = RunningJob.start(directory, none, command)) {
      return job.end();
    }
  }
}
