package finitewidth.inference.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs cover all leaves once, are whole subtrees, and shrink to single leaves. */
class LeafRunTest {
  @ParameterizedTest
  @CsvSource({
    "1, 2, 1000000",
    "2, 2, 1000000",
    "32, 2, 1000000",
    "64, 1, 1000000",
    "128, 3, 1000000",
    "1024, 2, 1000000",
    "2048, 64, 1000000",
    "16, 100, 1000000",
    "64, 1, 15",
    "512, 2, 50",
    "1024, 3, 7",
    "256, 2, 1"
  })
  void runsAreSubtreesThatShrink(int leaves, int cores, long longest) {
    List<LeafRun> runs = LeafRun.of(all(leaves), cores, 0, longest, Long.MAX_VALUE);
    int from = 0;
    int previous = Integer.MAX_VALUE;
    for (LeafRun run : runs) {
      assertThat(run.from()).isEqualTo(from);
      assertThat(Integer.bitCount(run.size())).isEqualTo(1);
      assertThat(run.from() % run.size()).isZero();
      assertThat(run.size()).isLessThanOrEqualTo(previous);
      assertThat((long) run.size()).isLessThanOrEqualTo(longest);
      previous = run.size();
      from = run.to();
    }
    assertThat(from).isEqualTo(leaves);
    assertThat(previous).isEqualTo(1);
  }

  private static List<LeafRun> all(int leaves) {
    return List.of(new LeafRun(0, leaves));
  }

  /** What is left between leaves that are there is cut into whole subtrees too. */
  @Test
  void gapsAreCutIntoSubtrees() {
    BitSet done = new BitSet();
    done.set(0, 3);
    done.set(16, 32);
    done.set(101);
    done.set(255);
    List<LeafRun> missing = LeafRun.missing(256, done);
    assertThat(missing)
        .containsExactly(new LeafRun(3, 16), new LeafRun(32, 101), new LeafRun(102, 255));
    BitSet covered = (BitSet) done.clone();
    for (LeafRun run : LeafRun.of(missing, 2, 0, 1000, Long.MAX_VALUE)) {
      assertThat(Integer.bitCount(run.size())).isEqualTo(1);
      assertThat(run.from() % run.size()).isZero();
      assertThat(covered.get(run.from(), run.to()).isEmpty()).isTrue();
      covered.set(run.from(), run.to());
    }
    assertThat(covered.cardinality()).isEqualTo(256);
    done.set(0, 256);
    assertThat(LeafRun.of(LeafRun.missing(256, done), 2, 0, 1000, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void coresThatWorkAtDifferentSpeedsFinishTogether() {
    double[] secondsPerLeaf = {1.0, 1.7, 2.3};
    double[] busy = new double[3];
    double work = 0;
    for (LeafRun run : LeafRun.of(all(512), 3, 0, Long.MAX_VALUE, Long.MAX_VALUE)) {
      int next = busy[0] <= busy[1] ? 0 : 1;
      next = busy[next] <= busy[2] ? next : 2;
      busy[next] += run.size() * secondsPerLeaf[next];
      work = Math.max(work, busy[next]);
    }
    double ideal = 512 / (1 / 1.0 + 1 / 1.7 + 1 / 2.3);
    assertThat(work).isLessThan(1.02 * ideal);
  }

  @Test
  void runsStayShortAndFewWhereAsked() {
    assertThat(LeafRun.of(all(256), 1, 0, 8, Long.MAX_VALUE)).allMatch(run -> run.size() <= 8);
    assertThat(LeafRun.of(all(256), 4, 0, 8, 16)).hasSizeLessThanOrEqualTo(16);
    assertThat(LeafRun.of(all(256), 4, 0, 8, 0)).hasSize(1);
    assertThat(LeafRun.of(all(256), 2, 5, Long.MAX_VALUE, Long.MAX_VALUE))
        .allMatch(run -> run.size() >= 4);
    assertThat(LeafRun.of(all(256), 2, 1000, 8, Long.MAX_VALUE)).hasSize(1);
  }
}
