package finitewidth.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many tasks rows are dealt into. */
class RowTasksTest {
  /**
   * Few rows in whole blocks, then four tasks a core, then a second each, at most 5000 rows each.
   */
  @ParameterizedTest
  @CsvSource({
    "2, 1, 0.01, 1",
    "2, 200, 0.01, 4",
    "2, 3000, 1, 8",
    "2, 3000, 30.5, 31",
    "2, 3000, 500, 47",
    "2, 300000, 17, 60",
    "100, 300000, 17, 400",
    "2, 1000000000, 60000, 20000"
  })
  void tasksLast(int cores, long rows, double seconds, int tasks) {
    assertThat(RowTasks.lasting(cores, rows, 64, seconds)).isEqualTo(tasks);
  }
}
