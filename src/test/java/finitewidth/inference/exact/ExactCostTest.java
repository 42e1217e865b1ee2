package finitewidth.inference.exact;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.inference.Ask;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.ConditioningShape;
import finitewidth.inference.Order;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.oracle.Problems;
import finitewidth.prior.Widths;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ExactCostTest {
  private static ConditioningShape shape(String activation) {
    return new ConditioningShape(Problems.network(activation, 2), 12, 3, 1, true);
  }

  /** No cost is too high for the sampled engine where there is no other. */
  @Test
  void withoutFourPointMomentsThereIsNoExactEngine() {
    assertThat(ExactCost.seconds(shape("tanh"), 10)).isInfinite();
    assertThat(ExactCost.of(shape("tanh"), Ask.unseen(9, Order.CUMULANTS), 2).seconds())
        .isInfinite();
    assertThat(ExactCost.seconds(shape("erf"), 10)).isPositive().isFinite();
  }

  /** What is told is what a fit then counts, and what its posterior says of a row. */
  @Test
  void momentsAreThoseOfAFit() {
    Conditioning on =
        Conditioning.of(
            new Conditioning.Settings(Problems.network("erf", 2), true, 1e-9, 0.1),
            Problems.gaussian(12, 3, 1),
            Problems.gaussian(12, 1, 2),
            LongStream.range(0, 12).boxed().toList());
    Ask ask = new Ask(List.of(), 10, Order.CORRECTED, false);
    Conditioned fitted = new Exact().condition(on, ask, LocalRuntime.threads(1));
    long row = fitted.posterior().load(Order.CORRECTED, 1, 1).perRow();
    long training = fitted.account(Widths.uniform(2, 64)).moments();
    assertThat(on.problem().shape())
        .isEqualTo(new ConditioningShape(on.problem().flow().architecture(), 12, 3, 1, true));
    assertThat(ExactCost.of(on.problem().shape(), ask, 1).counts())
        .containsEntry("moments", (double) (training + 10 * row));
  }
}
