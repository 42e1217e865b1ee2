package finitewidth.job.console;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.inference.work.Standing;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
  private static final long SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final AtomicLong now = new AtomicLong();

  @Test
  void aLineEveryThirtySecondsAndNoControlCharacter() {
    ProgressDisplay display = new ProgressDisplay(out, "finite-width: ", 0, now::get);
    for (int s = 1; s <= 100; s++) {
      now.set(s * SECOND);
      display.update(standing(s, 200));
    }
    display.update(standing(200, 200));
    assertThat(text().lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("finite-width: training rows "))
        .allMatch(line -> line.endsWith("left"));
    assertThat(text()).doesNotContain("\r").doesNotContain("\u001b");
  }

  /** Several short phases do not make more lines than one long one. */
  @Test
  void phasesShareTheThirtySeconds() {
    ProgressDisplay display = new ProgressDisplay(out, "", 0, now::get);
    for (int s = 1; s <= 100; s++) {
      now.set(s * SECOND);
      display.update(new Standing("round " + s / 5, "draws", 1, 2, 1, 0, 1));
    }
    assertThat(text().lines()).hasSize(3);
  }

  @Test
  void aBarIsDrawnOverAndVanishes() {
    ProgressDisplay display = new ProgressDisplay(out, "finite-width: ", 80, now::get);
    display.update(standing(50, 200));
    assertThat(text()).startsWith("\r\u001b[K").contains("[######------").doesNotContain("\n");
    assertThat(shown(text())).contains(" 25 %").hasSizeLessThan(80);
    bytes.reset();
    display.update(standing(51, 200));
    assertThat(text()).as("not so often").isEmpty();
    now.set(SECOND);
    display.update(standing(200, 200));
    assertThat(text()).isEqualTo("\r\u001b[K");
    bytes.reset();
    display.clear();
    assertThat(text()).isEmpty();
  }

  @Test
  void narrowTerminalsGetWhatFits() {
    ProgressDisplay display = new ProgressDisplay(out, "finite-width: ", 44, now::get);
    display.update(standing(50, 200));
    assertThat(shown(text())).hasSizeLessThan(44);
  }

  /** Another line takes the place of the bar. */
  @Test
  void theConsoleClearsTheBar() {
    Console console = new Console(out, out, 80);
    console.progress().update(standing(50, 200));
    bytes.reset();
    console.say("something");
    assertThat(text()).isEqualTo("\r\u001b[Kfinite-width: something\n");
  }

  private static Standing standing(long done, long total) {
    return new Standing("training rows", "moments", done, total, 1, 0, 10);
  }

  private static String shown(String text) {
    return text.replace("\r\u001b[K", "");
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
