package finitewidth.inference.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandingTest {
  @Test
  void aThirdInTenSecondsLeavesTwenty() {
    Standing standing = new Standing("training rows", "moments", 2_000_000, 6_000_000, 0, 0, 10);
    assertThat(standing.secondsLeft().getAsDouble()).isCloseTo(20, within(1e-12));
    assertThat(standing.line())
        .isEqualTo(
            "training rows 33 %, 2.0 of 6.0 million moments, 0.20 million/s, about 20 s left");
  }

  @Test
  void fewThingsAreCountedOneByOne() {
    Standing standing = new Standing("chains", "iterations", 40, 400, 0, 0, 16);
    assertThat(standing.line())
        .isEqualTo("chains 10 %, 40 of 400 iterations, 2.50/s, about 2 min left");
    assertThat(new Standing("chains", "draws", 5_000, 20_000, 0, 0, 10).counted())
        .isEqualTo("5.0 of 20.0 thousand draws");
  }

  @Test
  void nothingIsPromisedBeforeAnythingIsDone() {
    Standing standing = new Standing("draws", "draws", 0, 100, 0, 0, 10);
    assertThat(standing.secondsLeft()).isEmpty();
    assertThat(standing.line()).doesNotContain("left").doesNotContain("NaN");
  }

  @Test
  void longTimesAreRound() {
    assertThat(new Standing("x", "draws", 1, 101, 0, 0, 10).left()).endsWith("about 17 min left");
    assertThat(new Standing("x", "draws", 1, 2001, 0, 0, 10).left()).endsWith("about 5.6 h left");
  }

  @Test
  void aHundredPercentIsAllOfIt() {
    Standing standing = new Standing("x", "draws", 999, 1000, 0, 0, 10);
    assertThat(standing.line()).contains(" 99 %");
    assertThat(new Standing("x", "draws", 0, 0, 0, 0, 0).isOver()).isTrue();
  }

  @Test
  void progressCountsUp() {
    List<Standing> told = new ArrayList<>();
    Progress progress = new Progress(told::add, "rows", 30, "rows");
    progress.add(10, 10);
    progress.add(20, 20);
    assertThat(told).extracting(Standing::done).containsExactly(10L, 30L);
    assertThat(told).extracting(Standing::added).containsExactly(10L, 20L);
    assertThat(told.get(1).isOver()).isTrue();
  }
}
