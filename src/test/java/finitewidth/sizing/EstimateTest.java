package finitewidth.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.Order;
import finitewidth.inference.exact.RowContraction;
import finitewidth.inference.exact.Tiling;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {
  private static final long GIGABYTE = 1L << 30;

  private static FitWork fit(long rows, int outputs, int layers, FitWork.Engine engine) {
    return new FitWork(
        rows,
        200,
        200,
        8,
        outputs,
        layers,
        Activations.byName("relu").orElseThrow(),
        true,
        engine,
        1_000_000,
        Optional.empty(),
        Optional.empty(),
        FitWork.Beyond.NOTHING);
  }

  private static Estimate local(FitWork work) {
    return Estimates.fit(work, Resources.local(2, 2 * GIGABYTE));
  }

  /** The numbers that the contraction itself counts. */
  @Test
  void momentsAreThoseOfTheEngine() {
    assertThat(local(fit(100, 1, 2, FitWork.Engine.EXACT)).moments())
        .isEqualTo(2.0 * (Tiling.moments(100) + 200 * RowContraction.moments(100)));
  }

  /** benchmarks/scaling.md: P, moments, seconds of two cores; seconds right to a factor of two. */
  @ParameterizedTest
  @CsvSource({"100, 79552450, 5.9", "200, 686809900, 28.6", "400, 6496439800, 229.9"})
  void againstMeasuredGrowth(int rows, double moments, double seconds) {
    Estimate estimate = local(fit(rows, 1, 2, FitWork.Engine.EXACT));
    assertThat(estimate.moments()).isCloseTo(moments, within(1e-12 * moments));
    assertThat(estimate.seconds()).isBetween(seconds / 2, 2 * seconds);
  }

  /**
   * benchmarks/scaling.md, 1000 rows of digits, one hidden layer, two executors of one core: the
   * most megabytes after a collection, in heaps of 4096 MB, which leave time for garbage.
   */
  @ParameterizedTest
  @CsvSource({"1, 633, 454", "10, 1700, 700"})
  void againstMeasuredHeaps(int outputs, double driver, double executor) {
    Resources cluster = new Resources(2, 2, 1, 4 * GIGABYTE, 4 * GIGABYTE, false, 0);
    FitWork work = fit(1000, outputs, 1, FitWork.Engine.EXACT);
    Estimate estimate = Estimates.fit(work, cluster);
    assertThat(estimate.driverHeap() / (1 << 20)).isBetween(0.8 * driver, 1.5 * driver);
    assertThat(estimate.executorHeap() / (1 << 20)).isBetween(0.8 * executor, 1.5 * executor);
  }

  /** Every block of rows has the moments of all training rows anew. */
  @Test
  void cumulantsCountTheirMoments() {
    FitWork work = fit(60, 1, 2, FitWork.Engine.EXACT);
    Estimate plain = local(work);
    Estimate cumulants = local(work.with(new FitWork.Beyond(true, false)));
    // 200 rows in blocks of at most 32: seven tasks, of one block each.
    assertThat(cumulants.moments() - plain.moments())
        .isEqualTo(2.0 * (7 * Tiling.moments(60) + 200 * RowContraction.moments(60)));
    assertThat(cumulants.coreSeconds()).isGreaterThan(plain.coreSeconds());
    ModelWork model =
        new ModelWork(
            3, 60, 8, 1, 2, work.activation(), true, OptionalDouble.empty(), Order.CUMULANTS);
    // Three rows keep two cores busy, as two blocks.
    assertThat(Estimates.predict(model, Resources.local(2, 2 * GIGABYTE)).moments())
        .isEqualTo(2.0 * (2 * Tiling.moments(60) + 2 * 3 * RowContraction.moments(60)));
  }

  /** 500 rows are the most of which hidden kernels are written; as objects pairs take 200 bytes. */
  @Test
  void hiddenKernelsTakeMemory() {
    FitWork work = fit(500, 1, 2, FitWork.Engine.EXACT);
    Estimate hidden = local(work.with(new FitWork.Beyond(false, true)));
    assertThat(hidden.driverHeap()).isGreaterThan(local(work).driverHeap());
    assertThat(hidden.driverHeap() - 150 * (1 << 20)).isGreaterThan(1.25 * 2 * 125_250 * 200);
    Resources small = Resources.local(2, (long) (0.9 * hidden.driverHeap()));
    assertThat(
            Estimates.fit(work.with(new FitWork.Beyond(false, true)), small)
                .refusal("fewer")
                .orElseThrow())
        .contains("for the rows of hidden kernels", "--driver-memory");
  }

  /** A block of 4 rows has 8 forms of 1000 × 1000. */
  @Test
  void cumulantsTakeMemory() {
    Resources cluster = new Resources(2, 2, 1, 4 * GIGABYTE, GIGABYTE, false, 0);
    double plain = Estimates.predict(model(Order.CORRECTED), cluster).executorHeap();
    Estimate cumulants = Estimates.predict(model(Order.CUMULANTS), cluster);
    assertThat(cumulants.executorHeap() - plain).isGreaterThan(1.25 * 8 * 8e6);
    Resources small = new Resources(2, 2, 1, 4 * GIGABYTE, (long) plain, false, 0);
    assertThat(Estimates.predict(model(Order.CUMULANTS), small).refusal("fewer").orElseThrow())
        .contains("for the cumulants of rows", "--executor-memory");
  }

  private static ModelWork model(Order order) {
    return new ModelWork(
        100,
        1000,
        8,
        1,
        2,
        Activations.byName("relu").orElseThrow(),
        true,
        OptionalDouble.empty(),
        order);
  }

  @Test
  void secondsAreSharedAmongCores() {
    FitWork work = fit(300, 1, 2, FitWork.Engine.EXACT);
    Estimate one = Estimates.fit(work, Resources.local(1, GIGABYTE));
    Estimate ten = Estimates.fit(work, Resources.local(10, GIGABYTE));
    assertThat(ten.coreSeconds()).isEqualTo(one.coreSeconds());
    assertThat(one.seconds() / ten.seconds()).isBetween(9.0, 10.0);
  }

  /** What 100 rows need is Spark's own; from there on memory grows like P². */
  @Test
  void memoryGrowsWithTheSquareOfTheRows() {
    double one = local(fit(2000, 1, 2, FitWork.Engine.EXACT)).driverHeap();
    double two = local(fit(4000, 1, 2, FitWork.Engine.EXACT)).driverHeap();
    assertThat(two / one).isBetween(3.5, 4.2);
    assertThat(local(fit(100, 1, 2, FitWork.Engine.EXACT)).driverHeap())
        .isEqualTo(Resources.LEAST_HEAP);
  }

  @Test
  void whatCannotSufficeIsRefusedWithTheFigure() {
    Resources small = Resources.local(2, GIGABYTE / 2);
    FitWork work = fit(2000, 10, 3, FitWork.Engine.EXACT);
    Estimate estimate = Estimates.fit(work, small);
    assertThat(estimate.refusal("fewer").orElseThrow())
        .contains(Estimate.bytes(estimate.driverHeap()), "there are 512 MB", "-- --driver-memory ");
    long enough = (long) Math.ceil(estimate.driverHeap());
    assertThat(Estimates.fit(work, Resources.local(2, enough)).fits()).isTrue();
    assertThat(Estimates.fit(work, Resources.local(2, enough - 1000)).fits()).isFalse();
  }

  @Test
  void executorsAreJudgedApart() {
    FitWork work = fit(2000, 1, 2, FitWork.Engine.EXACT);
    Resources small = new Resources(8, 2, 4, 32 * GIGABYTE, GIGABYTE, false, 0);
    assertThat(Estimates.fit(work, small).refusal("fewer").orElseThrow())
        .contains("each executor", "--executor-memory");
    Resources driver = new Resources(8, 2, 4, GIGABYTE, 32 * GIGABYTE, false, 0);
    assertThat(Estimates.fit(work, driver).refusal("fewer").orElseThrow())
        .contains("the driver", "--driver-memory");
  }

  @Test
  void whatNoMemoryHelpsWith() {
    assertThat(local(fit(50_000, 1, 2, FitWork.Engine.SAMPLED)).refusal("fewer").orElseThrow())
        .contains("50000 × 50000", "46340");
    Resources large = Resources.local(2, 1L << 50);
    assertThat(
            Estimates.fit(fit(8000, 10, 2, FitWork.Engine.EXACT), large)
                .refusal("fewer")
                .orElseThrow())
        .contains("2 GiB");
    Resources limited = new Resources(2, 1, 2, 1L << 50, 1L << 50, true, 1 << 20);
    assertThat(
            Estimates.fit(fit(1000, 10, 2, FitWork.Engine.EXACT), limited)
                .refusal("fewer")
                .orElseThrow())
        .contains("spark.driver.maxResultSize");
  }

  /** Auto draws where the exact engine takes more than a minute, and then may draw on. */
  @Test
  void theChoiceOfAnEngine() {
    assertThat(local(fit(100, 1, 2, FitWork.Engine.AUTO)).draws()).isZero();
    Estimate large = local(fit(1000, 1, 2, FitWork.Engine.AUTO));
    assertThat(large.draws()).isEqualTo(2 * 32 * 1024);
    assertThat(large.moments()).isZero();
    assertThat(large.mostSeconds()).isGreaterThan(3 * large.seconds());
    // What is affordable for means is not for cumulants of as many rows.
    FitWork some = fit(150, 1, 2, FitWork.Engine.AUTO);
    assertThat(local(some).draws()).isZero();
    assertThat(local(some.with(new FitWork.Beyond(false, true))).draws()).isZero();
    assertThat(local(some.with(new FitWork.Beyond(true, false))).draws()).isPositive();
  }

  /** Rows that stay where they are do not count for the heap; they may go to disk. */
  @Test
  void manyRowsNeedNoMoreMemoryThanTheirPoints() {
    FitWork few = fit(10_000, 1, 2, FitWork.Engine.EXACT);
    FitWork many =
        new FitWork(
            100_000_000,
            200,
            200,
            8,
            1,
            2,
            few.activation(),
            true,
            FitWork.Engine.EXACT,
            1_000_000,
            Optional.of(new FitWork.Points(300, 10_000, true)),
            Optional.of(new FitWork.Search(3, OptionalLong.of(2000))),
            FitWork.Beyond.NOTHING);
    assertThat(local(many).fits()).isTrue();
    assertThat(local(many).moved()).isGreaterThan(100_000_000 * 8.0 * 9);
  }

  @Test
  void linesForPeople() {
    List<String> lines = local(fit(100, 1, 2, FitWork.Engine.EXACT)).lines();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .startsWith("estimate: 79.6 million moments, about ")
        .contains("2 cores");
    assertThat(lines.get(1)).contains("heap 450 MB of 2.0 GB");
  }

  @ParameterizedTest
  @CsvSource({"12, 12", "9999, 9999", "79552450, 79.6 million", "4.1e13, 41.0 trillion"})
  void counts(double number, String text) {
    assertThat(Estimate.count(number)).isEqualTo(text);
  }
}
