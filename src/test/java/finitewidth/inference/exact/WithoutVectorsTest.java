package finitewidth.inference.exact;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.inference.ContractionProblem;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.prior.SampleFlow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A JVM without the module of the Vector API computes the same bits. */
class WithoutVectorsTest {
  /** Run in a JVM of its own. */
  public static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      System.out.println(
          "digest "
              + digest()
              + " by "
              + PanelLoops.fastest().getClass().getSimpleName()
              + " module "
              + ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
    }
  }

  /** Of all sums over quadruples and apexes. */
  private static int digest() {
    SampleFlow flow = SampleFlow.of(Problems.network("linear", 2), Problems.gaussian(41, 3, 1));
    // Weights free of BLAS, whose bits are not in question.
    Matrix phi = Problems.gaussian(41, 2, 2);
    Matrix weight = Matrix.zeros(41, 41);
    for (int a = 0; a < 41; a++) {
      for (int b = 0; b < 41; b++) {
        weight.set(a, b, phi.get(a, 0) * phi.get(b, 0) + phi.get(a, 1) * phi.get(b, 1));
      }
    }
    ContractionProblem problem = new ContractionProblem(flow, phi, weight, true, 1e-9);
    Tiling tiling = Tiling.of(41);
    LeafWorker worker = new LeafWorker(new ExactProblem(problem), tiling);
    List<ApexRow> apexes = new ArrayList<>();
    int digest = 0;
    for (int leaf = 0; leaf < tiling.leaves(); leaf++) {
      PairSums sums = worker.compute(leaf, apexes);
      for (int s = 0; s < 2; s++) {
        for (int q = 0; q < 4; q++) {
          digest = 31 * digest + Arrays.hashCode(sums.matrix(s, q).data());
        }
      }
    }
    for (ApexRow row : apexes) {
      digest = 31 * digest + Arrays.deepHashCode(row.inner());
      digest = 31 * digest + Arrays.deepHashCode(row.outer());
    }
    return digest;
  }

  @Test
  void sameBits() throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(output).isZero();
    assertThat(output).contains("digest " + digest() + " by ScalarPanelLoops module false");
  }
}
