package finitewidth.prior;

import finitewidth.gaussian.FourPoint;
import finitewidth.gaussian.PairMoments;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.PairIndex;

/**
 * What first order says of the outputs at two samples a and b, over √(K_aa K_bb) to the power that
 * frees it of units.
 *
 * @param kernel K_ab
 * @param selfEnergy S_ab, all source layers together
 * @param vertex V_(ab)(ab), likewise
 */
public record PairFlow(double kernel, double selfEnergy, double vertex) {

  /**
   * That of two samples.
   *
   * @param widths of the hidden layers; there may be more of them than the flow has
   * @param tolerance of moments by quadrature
   */
  public static PairFlow of(SampleFlow flow, Widths widths, double tolerance) {
    int layers = flow.architecture().hiddenLayers();
    Matrix kernel = flow.kernel(layers);
    double scale = Math.sqrt(kernel.get(0, 0) * kernel.get(1, 1));
    PairMoments[] moments = new PairMoments[layers];
    double vertex = 0;
    for (int s = 0; s < layers; s++) {
      moments[s] = flow.architecture().activation().pairMoments(flow.kernel(s), tolerance);
      int ab = PairIndex.of(1, 0);
      vertex +=
          DenseVertex.coefficient(flow, s, new TwoSamples(moments[s])).get(ab, ab)
              / widths.width(s);
    }
    double selfEnergy = 0;
    double[][] row = new SampleSelfEnergy(flow, moments).row(1);
    for (int s = 0; s < layers; s++) {
      selfEnergy += row[s][0] / widths.width(s);
    }
    return new PairFlow(kernel.get(0, 1) / scale, selfEnergy / scale, vertex / (scale * scale));
  }

  /** The four-point moments of two samples, which are those of a pair. */
  private record TwoSamples(PairMoments pair) implements FourPoint {
    @Override
    public void distinct(int a, int b, int c, int from, int to, double[] out) {
      throw new IllegalArgumentException("two samples have no four different ones");
    }

    @Override
    public void paired(int a, int c, int from, int to, double[] out) {
      double[] one = new double[1];
      for (int d = from; d < to; d++) {
        if (a == c) {
          pair.cubes(a, d, d + 1, one);
        } else if (d == a) {
          pair.cubes(a, c, c + 1, one);
        } else {
          pair.squares(a, d, d + 1, one);
        }
        out[d - from] = one[0];
      }
    }
  }
}
