package finitewidth.inference.adaptive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.Ask;
import finitewidth.inference.Conditioning;
import finitewidth.inference.Order;
import finitewidth.inference.exact.Exact;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Golden;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.LongStream;

/** Three training rows and a test row, as golden/adaptive.json has them. */
record AdaptiveCase(Architecture network, Widths widths, double scale) {
  private static final JsonNode INPUTS = read().get("inputs");
  private static final int TRAINING = 3;

  static JsonNode read() {
    try (InputStream in = AdaptiveCase.class.getResourceAsStream("/golden/adaptive.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With C_b = 0.1 and C_W = 2. */
  static AdaptiveCase of(String activation, double scale, double... widths) {
    return new AdaptiveCase(
        Architecture.uniform(Activations.byName(activation).orElseThrow(), widths.length, 0.1, 2),
        Widths.of(widths),
        scale);
  }

  private static double[][] rows() {
    return new double[][] {row(0), row(1), row(2)};
  }

  static double[] row(int a) {
    return Golden.vector(INPUTS.get("X").get(a));
  }

  private Matrix targets() {
    Matrix targets = Matrix.wrap(TRAINING, 1, Golden.vector(INPUTS.get("Y")));
    for (int a = 0; a < TRAINING; a++) {
      targets.data()[a] *= scale;
    }
    return targets;
  }

  Conditioning conditioning() {
    return Conditioning.of(
        new Conditioning.Settings(network, true, 1e-10, INPUTS.get("noise_variance").asDouble()),
        Matrix.copyOf(rows()),
        targets(),
        LongStream.range(0, TRAINING).boxed().toList());
  }

  Objective objective() {
    Conditioning on = conditioning();
    Matrix inputs = on.problem().flow().inputs();
    return Objective.of(
        network,
        Features.of(network, inputs).within(inputs),
        on.targets(),
        on.noiseVariance(),
        widths);
  }

  AdaptedNetwork adapted(Widths at) {
    Exact exact = new Exact();
    return Adaptation.of(
            conditioning(), exact, List.of(exact), Ask.rows(List.of()), LocalRuntime.allCores())
        .at(at);
  }

  /** At the test row. */
  Predictive predictive(AdaptedNetwork adapted) {
    Conditioning on = conditioning();
    return new AdaptivePosterior(on.nngp(), on.problem(), List.of(adapted))
        .predictor(Order.CORRECTED)
        .predict(new double[][] {row(TRAINING)})
        .get(0)
        .at(adapted.widths());
  }

  /** The same network without first order of what is left. */
  static AdaptedNetwork bare(AdaptedNetwork adapted) {
    Rest rest = adapted.rest();
    return new AdaptedNetwork(
        adapted.widths(),
        adapted.found(),
        adapted.at(),
        adapted.scale(),
        null,
        adapted.inputs(),
        adapted.logEvidence() - (rest == null ? 0 : rest.logEvidence()));
  }
}
