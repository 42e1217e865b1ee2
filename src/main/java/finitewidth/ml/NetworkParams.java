package finitewidth.ml;

import finitewidth.flow.Architecture;
import finitewidth.flow.Widths;
import finitewidth.gaussian.Activation;
import finitewidth.gaussian.Activations;
import java.util.Arrays;
import org.apache.spark.ml.param.Param;

/** The network that Params describe. */
final class NetworkParams {
  private NetworkParams() {}

  /**
   * Checks how Params fit together.
   *
   * @throws IllegalArgumentException naming the one that does not
   */
  static void check(SharedParams stage) {
    int layers = stage.getHiddenWidths().length + 1;
    perLayer(stage, stage.biasVariance(), layers);
    perLayer(stage, stage.weightVariance(), layers);
  }

  static Architecture architecture(SharedParams stage) {
    int layers = stage.getHiddenWidths().length + 1;
    return Architecture.of(
        activation(stage),
        perLayer(stage, stage.biasVariance(), layers),
        perLayer(stage, stage.weightVariance(), layers));
  }

  static Widths widths(SharedParams stage) {
    return Widths.of(Arrays.stream(stage.getHiddenWidths()).asDoubleStream().toArray());
  }

  private static Activation activation(SharedParams stage) {
    return stage.getActivation().equals(Activations.LEAKY_RELU)
        ? Activations.leakyRelu(stage.getNegativeSlope())
        : Activations.byName(stage.getActivation()).orElseThrow();
  }

  private static double[] perLayer(SharedParams stage, Param<double[]> param, int layers) {
    double[] values = ParamSets.value(stage, param);
    if (values.length == 1) {
      double[] all = new double[layers];
      Arrays.fill(all, values[0]);
      return all;
    }
    if (values.length != layers) {
      throw new IllegalArgumentException(
          param.name()
              + " has "
              + values.length
              + " numbers; one is accepted, or "
              + layers
              + ": one for each hidden layer and one for the output");
    }
    return values;
  }
}
