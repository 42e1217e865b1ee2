package finitewidth.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.inference.Ask;
import finitewidth.inference.ConditioningShape;
import finitewidth.inference.Cost;
import finitewidth.inference.Order;
import finitewidth.inference.exact.Exact;
import finitewidth.oracle.Problems;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {
  private static final long GIGABYTE = 1L << 30;

  private static ConditioningShape shape(long rows, int outputs, int layers) {
    return new ConditioningShape(Problems.network("relu", layers), rows, 8, outputs, true);
  }

  private static Cost exact(ConditioningShape on, long rows, int cores) {
    return new Exact().cost(on, Ask.unseen(rows, Order.CORRECTED), cores);
  }

  private static Estimate of(Resources resources, Cost.Heap heap) {
    return Estimate.of(resources).with("the work", Cost.known(Map.of(), 1, heap));
  }

  private static Resources cluster(long driver, long executor) {
    return new Resources(8, 2, 4, driver, executor, false, 0);
  }

  /** benchmarks/scaling.md: P, moments, seconds of two cores; seconds right to a factor of two. */
  @ParameterizedTest
  @CsvSource({"100, 79552450, 5.9", "200, 686809900, 28.6", "400, 6496439800, 229.9"})
  void againstMeasuredGrowth(int rows, double moments, double seconds) {
    Cost cost = exact(shape(rows, 1, 2), 200, 2);
    Estimate estimate = Estimate.of(Resources.local(2, GIGABYTE)).with("the engine", cost);
    assertThat(cost.counts().get("moments")).isCloseTo(moments, within(1e-12 * moments));
    assertThat(estimate.seconds()).isBetween(seconds / 2, 2 * seconds);
  }

  /**
   * benchmarks/scaling.md, 1000 rows of digits, one hidden layer, two executors of one core: the
   * most megabytes after a collection, in heaps of 4096 MB, which leave time for garbage.
   */
  @ParameterizedTest
  @CsvSource({"1, 633, 454", "10, 1700, 700"})
  void againstMeasuredHeaps(int outputs, double driver, double executor) {
    Resources two = new Resources(2, 2, 1, 4 * GIGABYTE, 4 * GIGABYTE, false, 0);
    Estimate estimate =
        Estimate.of(two).with("the engine", exact(shape(1000, outputs, 1), 50, two.cores()));
    assertThat(estimate.driverHeap() / (1 << 20)).isBetween(0.8 * driver, 1.5 * driver);
    assertThat(estimate.executorHeap() / (1 << 20)).isBetween(0.8 * executor, 1.5 * executor);
  }

  @Test
  void secondsAreSharedAmongCores() {
    Cost cost = Cost.known(Map.of(), 100, Cost.Heap.NONE).plusDriver(7);
    assertThat(Estimate.of(Resources.local(10, GIGABYTE)).with("a", cost).seconds()).isEqualTo(17);
    assertThat(Estimate.of(Resources.local(1, GIGABYTE)).with("a", cost).seconds()).isEqualTo(107);
  }

  /** What 100 rows need is Spark's own; from there on memory grows like P². */
  @Test
  void memoryGrowsWithTheSquareOfTheRows() {
    Resources local = Resources.local(2, GIGABYTE);
    double one = of(local, exact(shape(2000, 1, 2), 9, 2).heap()).driverHeap();
    double two = of(local, exact(shape(4000, 1, 2), 9, 2).heap()).driverHeap();
    assertThat(two / one).isBetween(3.5, 4.2);
    assertThat(of(local, exact(shape(100, 1, 2), 9, 2).heap()).driverHeap())
        .isEqualTo(Resources.LEAST_HEAP);
  }

  /** Refused are jobs without hope; of others that are short of room the user is told. */
  @Test
  void theFigureDecides() {
    Cost.Heap heap = Cost.Heap.onDriver(4.0 * GIGABYTE);
    long enough = (long) Math.ceil(of(Resources.local(2, GIGABYTE), heap).driverHeap());
    Estimate fits = of(Resources.local(2, enough), heap);
    assertThat(fits.fits()).isTrue();
    assertThat(fits.shortage("fewer")).isEmpty();
    Estimate close = of(Resources.local(2, (long) (enough / 1.49)), heap);
    assertThat(close.fits()).isFalse();
    assertThat(close.isHopeless()).isFalse();
    assertThat(close.lines().get(1)).endsWith("heap 5.7 GB of 3.9 GB: may not fit");
    assertThat(close.shortage("fewer"))
        .contains(
            "about 5.7 GB of memory may be needed (a heap, for the work) and there are 3.9 GB: give"
                + " more with -- --driver-memory 6g, or fewer");
    Estimate hopeless = of(Resources.local(2, (long) (enough / 1.51)), heap);
    assertThat(hopeless.isHopeless()).isTrue();
    assertThat(hopeless.lines().get(1)).endsWith(": does not fit");
    assertThat(hopeless.shortage("fewer").orElseThrow()).startsWith("about 5.7 GB of memory are");
    // Not even the arrays alone have room then.
    assertThat(enough / 1.51).isLessThan(4.0 * GIGABYTE);
  }

  @Test
  void executorsAreJudgedApart() {
    Cost.Heap heap = exact(shape(2000, 1, 2), 9, 8).heap();
    assertThat(of(cluster(32 * GIGABYTE, GIGABYTE), heap).shortage("fewer").orElseThrow())
        .contains("each executor, for the work", "--executor-memory");
    assertThat(of(cluster(GIGABYTE, 32 * GIGABYTE), heap).shortage("fewer").orElseThrow())
        .contains("the driver, for the work", "--driver-memory");
    assertThat(of(cluster(32 * GIGABYTE, 32 * GIGABYTE), heap).fits()).isTrue();
  }

  /** The part that needs most decides; what is done one after the other adds up to no more. */
  @Test
  void theLargestPartIsNamed() {
    Estimate estimate =
        Estimate.of(Resources.local(1, GIGABYTE))
            .with("the first", Cost.known(Map.of(), 1, Cost.Heap.onDriver(5 * GIGABYTE)))
            .with("the second", Cost.known(Map.of(), 1, Cost.Heap.onDriver(GIGABYTE)));
    assertThat(estimate.shortage("fewer").orElseThrow()).contains("7.1 GB", "for the first");
    assertThat(estimate.seconds()).isEqualTo(2);
  }

  @Test
  void whatNoMemoryHelpsWith() {
    Resources large = Resources.local(2, 1L << 50);
    Estimate estimate = of(large, exact(shape(8000, 10, 2), 9, 2).heap());
    assertThat(estimate.shortage("fewer").orElseThrow()).contains("2 GiB").endsWith(": fewer");
    assertThat(estimate.isHopeless()).isTrue();
    Resources limited = new Resources(2, 1, 2, 1L << 50, 1L << 50, true, 1 << 20);
    assertThat(of(limited, exact(shape(1000, 10, 2), 9, 2).heap()).shortage("fewer").orElseThrow())
        .contains("spark.driver.maxResultSize");
    assertThat(of(large, Cost.Heap.NONE).impossible("too many").shortage("fewer"))
        .contains("too many: fewer");
  }

  /** Rows that stay where they are do not count for the heap; they may go to disk. */
  @Test
  void manyRowsNeedNoMoreMemoryThanTheirPoints() {
    ConditioningShape points = shape(300, 1, 2);
    Estimate many =
        Estimate.of(Resources.local(2, GIGABYTE))
            .with("points", JobCosts.points(points, 100_000_000, 10_000, true))
            .with("search", JobCosts.search(points, 2000, 3));
    assertThat(many.fits()).isTrue();
    assertThat(many.seconds()).isGreaterThan(600);
  }

  @Test
  void linesForPeople() {
    Cost draws = new Cost(Map.of("draws", 65_536.0), 17, 4000, true, 1, Cost.Heap.NONE);
    Estimate estimate =
        Estimate.of(Resources.local(2, 2 * GIGABYTE))
            .with("a", exact(shape(100, 1, 2), 200, 2))
            .with("b", draws);
    assertThat(estimate.lines())
        .containsExactly(
            "estimate: 79.6 million moments, 65.5 thousand draws, about 15 s to 33 min on 2 cores",
            "estimate: heap 450 MB of 2.0 GB: fits");
    assertThat(Estimate.of(cluster(GIGABYTE, GIGABYTE)).with("a", draws).lines().get(1))
        .isEqualTo(
            "estimate: heap of the driver 450 MB of 1.0 GB, of each of 2 executors 450 MB of"
                + " 1.0 GB: fits");
  }

  @ParameterizedTest
  @CsvSource({"12, 12", "9999, 9999", "79552450, 79.6 million", "4.1e13, 41.0 trillion"})
  void counts(double number, String text) {
    assertThat(Estimate.count(number)).isEqualTo(text);
  }
}
