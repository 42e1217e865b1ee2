package finitewidth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class RowSampleTest {
  private static final int ROWS = 20_000;

  @Test
  void aChoiceByNumbersAndSeedAlone() {
    try (JavaSparkContext spark = LocalContext.of(2, RowSampleTest.class)) {
      List<Long> numbers = new ArrayList<>(LongStream.range(0, ROWS).boxed().toList());
      long[] chosen = RowSample.of(spark.parallelize(numbers, 1), 1000, 7);
      Collections.shuffle(numbers, new Random(1));
      assertThat(RowSample.of(spark.parallelize(numbers, 9), 1000, 7)).isEqualTo(chosen);
      assertThat(chosen).hasSize(1000).isSorted().doesNotHaveDuplicates();
      assertThat(Arrays.stream(chosen).filter(n -> RowSample.has(chosen, n)).count())
          .isEqualTo(1000);
      assertThat(RowSample.has(chosen, ROWS)).isFalse();
      assertThat(chosen).contains(RowSample.of(spark.parallelize(numbers, 2), 100, 7));
      assertThat(RowSample.of(spark.parallelize(numbers, 2), 1000, 8)).isNotEqualTo(chosen);
      assertThat(RowSample.of(spark.parallelize(numbers, 2), 2 * ROWS, 7)).hasSize(ROWS);
      // Twenty bins of 50 each: χ² of 19 degrees of freedom is below 44 but for one in a thousand.
      double chi = 0;
      for (int bin = 0; bin < 20; bin++) {
        long from = bin * ROWS / 20;
        long in = Arrays.stream(chosen).filter(n -> n >= from && n < from + ROWS / 20).count();
        chi += (in - 50.0) * (in - 50.0) / 50;
      }
      assertThat(chi).isBetween(5.0, 44.0);
    }
  }
}
