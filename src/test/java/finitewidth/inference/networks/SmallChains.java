package finitewidth.inference.networks;

import finitewidth.inference.Ask;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.Order;
import finitewidth.inference.RowPredictions;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.inference.work.Runtime;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Small problems through the whole engine. */
final class SmallChains {
  private SmallChains() {}

  static Widths widths(int... widths) {
    return Widths.of(IntStream.of(widths).asDoubleStream().toArray());
  }

  static Conditioning conditioning(
      Architecture network, Matrix inputs, Matrix targets, double noise) {
    return Conditioning.of(
        new Conditioning.Settings(network, true, 1e-9, noise),
        inputs,
        targets,
        LongStream.range(0, inputs.rows()).boxed().toList());
  }

  static Conditioning conditioning(GoldenNetwork golden) {
    return conditioning(golden.architecture(), golden.inputs(), golden.targets(), golden.noise());
  }

  static Conditioned fit(Conditioning on, Chains chains, Matrix tests, Runtime runtime) {
    List<double[]> rows = new ArrayList<>();
    for (int x = 0; x < tests.rows(); x++) {
      rows.add(tests.row(x));
    }
    return new NetworkChains(chains).condition(on, Ask.rows(rows), runtime);
  }

  static Conditioned fit(Conditioning on, Chains chains, Matrix tests) {
    return fit(on, chains, tests, LocalRuntime.threads(1));
  }

  static List<Predictive> predict(Conditioned fitted, Matrix tests, Widths widths) {
    return predictions(fitted, tests).stream().map(row -> row.at(widths)).toList();
  }

  static List<Prediction> predictions(Conditioned fitted, Matrix tests) {
    double[][] rows = new double[tests.rows()][];
    for (int x = 0; x < rows.length; x++) {
      rows[x] = tests.row(x);
    }
    return RowPredictions.of(LocalRuntime.threads(1), fitted.posterior(), Order.CORRECTED, rows);
  }
}
