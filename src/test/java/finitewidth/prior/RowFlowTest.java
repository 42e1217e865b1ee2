package finitewidth.prior;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pair's flow has the same bits whichever other samples go with it. */
class RowFlowTest {
  private static final int HIDDEN = 3;

  /** More than one run, and not a multiple of anything. */
  private static final int SAMPLES = SampleRun.LENGTH + 47;

  @ParameterizedTest
  @ValueSource(strings = {"linear", "relu", "erf", "sin"})
  void fewerSamples(String activation) {
    Architecture network = Problems.network(activation, HIDDEN);
    Matrix inputs = Problems.gaussian(SAMPLES, 5, 1);
    int first = 18;
    int count = SAMPLES - first - 3;
    Matrix some =
        Matrix.wrap(count, 5, Arrays.copyOfRange(inputs.data(), first * 5, (first + count) * 5));
    SampleFlow all = SampleFlow.of(network, inputs);
    SampleFlow part = SampleFlow.of(network, some);
    for (int l = 0; l <= HIDDEN; l++) {
      assertThat(part.kernel(l).data()).isEqualTo(block(all.kernel(l), first, count));
    }
    for (int h = 0; h < HIDDEN; h++) {
      assertThat(part.moment(h).data()).isEqualTo(block(all.moment(h), first, count));
      assertThat(part.p(h).data()).isEqualTo(block(all.p(h), first, count));
      assertThat(part.q(h).data()).isEqualTo(block(all.q(h), first, count));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"linear", "relu", "erf", "sin"})
  void aRowOnItsOwn(String activation) {
    Architecture network = Problems.network(activation, HIDDEN);
    Matrix inputs = Problems.gaussian(SAMPLES, 5, 2);
    int last = SAMPLES - 1;
    SampleFlow all = SampleFlow.of(network, inputs);
    SampleRow row =
        new SampleRow(
            SampleFlow.of(network, Matrix.wrap(last, 5, Arrays.copyOf(inputs.data(), last * 5))));
    row.follow(inputs.row(last));
    for (int l = 0; l <= HIDDEN; l++) {
      assertThat(row.kernel(l)).isEqualTo(Arrays.copyOf(all.kernel(l).row(last), last));
      assertThat(row.point().kernel(l)).isEqualTo(all.kernel(l).get(last, last));
    }
    for (int h = 0; h < HIDDEN; h++) {
      assertThat(row.moment(h)).isEqualTo(Arrays.copyOf(all.moment(h).row(last), last));
      assertThat(row.p(h)).isEqualTo(Arrays.copyOf(all.p(h).row(last), last));
      assertThat(row.qx(h)).isEqualTo(Arrays.copyOf(all.q(h).row(last), last));
      assertThat(row.qr(h)).isEqualTo(Arrays.copyOf(all.q(h).column(last), last));
    }
  }

  private static double[] block(Matrix matrix, int first, int count) {
    Matrix block = Matrix.zeros(count, count);
    for (int i = 0; i < count; i++) {
      System.arraycopy(
          matrix.data(), (first + i) * matrix.cols() + first, block.data(), i * count, count);
    }
    return block.data();
  }
}
