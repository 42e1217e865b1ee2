package finitewidth.job.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDirectoriesTest {
  @TempDir private Path directory;

  private static void refuse(String directories) {
    LocalDirectories.refuseUnusable(new SparkConf(false).set("spark.local.dir", directories));
  }

  /** As Spark does, which takes what it can get. */
  @Test
  void oneThatCanBeWrittenIsEnough() throws IOException {
    assumeThat(System.getenv("SPARK_LOCAL_DIRS")).isNull();
    Path file = Files.writeString(directory.resolve("file"), "x");
    Path fresh = directory.resolve("a/b");
    refuse(file + "," + fresh);
    assertThat(fresh).isEmptyDirectory();
    assertThatThrownBy(() -> refuse(file + "," + file.resolve("x")))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("spark.local.dir = " + file + "," + file + "/x is where Spark")
        .hasMessageContaining("cannot be written: ")
        .hasMessageEndingWith("name another directory with -- --conf spark.local.dir=DIRECTORY");
    assertThat(file).hasContent("x");
  }
}
