package finitewidth.bits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same bits on other processors, as far as this one can pass for them: the tests of the tag
 * "bits" with OpenBLAS's kernels for AVX2 and scalar code. With this processor's own kernels and
 * vectors they run among the unit tests; {@code benchmarks/bits.sh} tries every combination.
 */
@Tag("slow")
class CoreTypesIT {

  @Test
  void sameBits() throws IOException, InterruptedException {
    assumeTrue(flags().contains("avx2"), "this processor has no AVX2");
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    Files.readAllLines(Path.of("conf/java-17.options")).stream()
        .filter(option -> !option.startsWith("--add-modules"))
        .forEach(command::add);
    for (String part : List.of("blas", "lapack")) {
      String key = "dev.ludovic.netlib." + part + ".nativeLib";
      command.add("-D" + key + "=" + System.getProperty(key));
    }
    command.addAll(
        List.of(
            "-Xmx2g",
            "-cp",
            System.getProperty("java.class.path"),
            BitsTests.class.getName(),
            "target/test-classes"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("OPENBLAS_CORETYPE", "Haswell");
    builder.environment().put("OPENBLAS_VERBOSE", "2");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("Core: Haswell").contains("vectors false");
  }

  /** Without one of them, this would be no test of anything. */
  @Test
  void thisProcessorPassesForOneAtLeast() throws IOException {
    assumeTrue(System.getProperty("os.arch").equals("amd64"), "core types of others are others");
    assertThat(flags()).contains("avx2");
  }

  private static Set<String> flags() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    assumeTrue(Files.exists(info), "no " + info);
    return Files.readAllLines(info).stream()
        .filter(line -> line.startsWith("flags"))
        .findFirst()
        .map(line -> Set.of(line.replaceFirst("^[^:]*:\\s*", "").split("\\s+")))
        .orElse(Set.of());
  }
}
