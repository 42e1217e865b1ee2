package finitewidth.inference.montecarlo;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.exact.ExactPosterior;
import finitewidth.inference.exact.Fit;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.posterior.HiddenKernel;
import finitewidth.prior.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hidden kernels and the shift of the output's kernel from draws, against the exact engine. */
class SampledHiddenKernelTest {
  private static final double NOISE = 0.4;
  private static final int P = 7;

  private static List<Moments> draw(KernelShifts shifts, int batches) {
    List<Moments> moments = new ArrayList<>();
    for (int s = 0; s < shifts.problem().sources(); s++) {
      moments.add(shifts.batches(s).compute(0, batches));
    }
    return moments;
  }

  private static double rms(Matrix matrix) {
    double sum = 0;
    for (double value : matrix.data()) {
      sum += value * value;
    }
    return Math.sqrt(sum / matrix.data().length);
  }

  /**
   * Every entry within 4.5 standard errors, their mean square about one, and the whole close.
   *
   * @param relative root mean square of what is missing over that of what is expected
   */
  private static void assertWithinErrors(
      String what, Matrix found, Matrix errors, Matrix expected, double relative) {
    double squares = 0;
    Matrix off = found.copy();
    for (int k = 0; k < off.data().length; k++) {
      off.data()[k] -= expected.data()[k];
      double scaled = off.data()[k] / errors.data()[k];
      assertThat(Math.abs(scaled)).as(what + " entry " + k).isLessThan(4.5);
      squares += scaled * scaled / off.data().length;
    }
    // Entries go together, so this is far from a sum of independent squares.
    assertThat(squares).as(what).isBetween(0.02, 4.0);
    assertThat(rms(off)).as(what).isLessThan(relative * rms(expected));
  }

  @ParameterizedTest
  @CsvSource({"relu, 3, 0.02", "erf, 2, 0.02", "quadratic, 2, 0.1"})
  void hiddenKernelsAreThoseOfTheExactEngine(String activation, int hidden, double relative) {
    Architecture network = Problems.network(activation, hidden);
    Matrix inputs = Problems.gaussian(P, 4, 13);
    Matrix targets = Problems.gaussian(P, 2, 14);
    List<HiddenKernel> exact = Fit.hiddenKernels(network, inputs, targets, NOISE);
    KernelShifts shifts =
        KernelShifts.hidden(
            SamplingFit.posterior(network, inputs, targets, NOISE, 5, 10_000).contraction());
    List<HiddenKernel> drawn = DrawnHiddenKernels.of(shifts, draw(shifts, 40));
    assertThat(drawn).hasSize(hidden);
    for (int h = 0; h < hidden; h++) {
      HiddenKernel expected = exact.get(h);
      HiddenKernel found = drawn.get(h);
      assertThat(found.layer()).isEqualTo(h);
      assertThat(found.nngp().data()).isEqualTo(expected.nngp().data());
      for (int s = 0; s <= h; s++) {
        String what = activation + " layer " + h + " source " + s;
        assertClose(
            what + ", self-energy",
            found.selfEnergy().get(s).data(),
            expected.selfEnergy().get(s).data(),
            1e-8);
        assertWithinErrors(
            what,
            found.posteriorShift().get(s),
            found.posteriorErrors().get(s),
            expected.posteriorShift().get(s),
            relative);
      }
    }
  }

  /** The control variate is all of it. */
  @Test
  void linearNetworksHaveNoNoise() {
    Architecture network = Problems.network("linear", 3);
    Matrix inputs = Problems.gaussian(P, 4, 13);
    Matrix targets = Problems.gaussian(P, 2, 14);
    KernelShifts shifts =
        KernelShifts.hidden(
            SamplingFit.posterior(network, inputs, targets, NOISE, 5, 16).contraction());
    List<HiddenKernel> drawn = DrawnHiddenKernels.of(shifts, draw(shifts, 2));
    for (HiddenKernel expected : Fit.hiddenKernels(network, inputs, targets, NOISE)) {
      HiddenKernel found = drawn.get(expected.layer());
      for (int s = 0; s <= expected.layer(); s++) {
        assertClose(
            "layer " + expected.layer() + " source " + s,
            found.posteriorShift().get(s).data(),
            expected.posteriorShift().get(s).data(),
            1e-10);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"relu, 3, 5 0 3", "erf, 2, 6 5 4 3 2 1 0", "linear, 1, 2 1"})
  void theShiftOfTheOutputsKernelIsThatOfTheExactEngine(
      String activation, int hidden, String some) {
    Architecture network = Problems.network(activation, hidden);
    Matrix inputs = Problems.gaussian(P, 4, 13);
    Matrix targets = Problems.gaussian(P, 2, 14);
    ExactPosterior exact = Fit.of(network, inputs, targets, NOISE);
    int[] samples = Stream.of(some.split(" ")).mapToInt(Integer::parseInt).toArray();
    KernelShifts shifts =
        KernelShifts.output(
            SamplingFit.posterior(network, inputs, targets, NOISE, 6, 10_000).contraction(),
            samples);
    List<Moments> moments = draw(shifts, 40);
    for (int s = 0; s < hidden; s++) {
      Matrix expected = Matrix.zeros(samples.length, samples.length);
      for (int i = 0; i < samples.length; i++) {
        for (int j = 0; j < samples.length; j++) {
          expected.set(i, j, exact.sources().get(s).shift().get(samples[i], samples[j]));
        }
      }
      Matrix found = shifts.shift(s, 0, moments.get(s));
      if (Activations.byName(activation).orElseThrow().name().equals("linear")) {
        assertClose("linear", found.data(), expected.data(), 1e-10);
      } else {
        assertWithinErrors(
            activation + " source " + s, found, shifts.error(s, 0, moments.get(s)), expected, 0.05);
      }
    }
  }

  /** Errors fall with the root of the number of batches, and what is left with them. */
  @Test
  void moreDrawsLowerTheError() {
    Architecture network = Problems.network("tanh", 2);
    Matrix inputs = Problems.gaussian(P, 4, 13);
    Matrix targets = Problems.gaussian(P, 1, 14);
    KernelShifts shifts =
        KernelShifts.hidden(
            SamplingFit.posterior(network, inputs, targets, NOISE, 5, 500).contraction());
    double few = rms(shifts.error(0, 0, shifts.batches(0).compute(0, 40)));
    double many = rms(shifts.error(0, 0, shifts.batches(0).compute(0, 640)));
    assertThat(few / many).isBetween(3.0, 5.3);
  }
}
