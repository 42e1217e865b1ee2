package finitewidth.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
  @TempDir private Path directory;

  /** A job that is done. */
  static final class Done {
    private Done() {}

    public static void main(String[] args) {
      ClassArchive.write();
    }
  }

  @Test
  void anArchiveThatTheJvmTakes() throws Exception {
    Path archive = directory.resolve("an archive.jsa");
    java("-XX:+RecordDynamicDumpInfo", "-Dfinitewidth.archive=" + archive);
    assertThat(archive).isNotEmptyFile();
    assertThat(directory.resolve("an archive.jsa.begun")).exists();
    java("-Xshare:on", "-XX:SharedArchiveFile=" + archive);
  }

  @Test
  void nothingWhereNoneIsWantedOrTheJvmCannot() throws Exception {
    Path archive = directory.resolve("archive.jsa");
    java();
    assertThat(directory.resolve("archive.jsa.begun")).doesNotExist();
    java("-Dfinitewidth.archive=" + archive);
    assertThat(archive).doesNotExist();
  }

  private void java(String... options) throws Exception {
    Path said = directory.resolve("said");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As submit.sh has it.
    command.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", jar().toString(), Done.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(said)).isEmpty();
    assertThat(process.exitValue()).isZero();
  }

  /** Classes of directories are not archived. */
  private Path jar() throws IOException {
    Path jar = directory.resolve("done.jar");
    if (Files.notExists(jar)) {
      try (OutputStream file = Files.newOutputStream(jar);
          JarOutputStream out = new JarOutputStream(file)) {
        for (Class<?> each : List.of(Done.class, ClassArchive.class)) {
          String name = each.getName().replace('.', '/') + ".class";
          out.putNextEntry(new JarEntry(name));
          out.write(each.getResourceAsStream("/" + name).readAllBytes());
        }
      }
    }
    return jar;
  }
}
