package finitewidth.inference.networks;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.gaussian.activations.Activations;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Golden;
import finitewidth.prior.Architecture;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A case of golden/sampler.json, which a prototype in Python has made: values at given weights,
 * posteriors by importance sampling from the prior and by quadrature.
 */
record GoldenNetwork(JsonNode json) {

  static List<GoldenNetwork> list(String name) {
    return Golden.list("/golden/sampler.json", name).stream().map(GoldenNetwork::new).toList();
  }

  Architecture architecture() {
    return Architecture.uniform(
        Activations.byName(json.get("act").asText()).orElseThrow(),
        widths().length,
        json.get("Cb").asDouble(),
        json.get("CW").asDouble());
  }

  int[] widths() {
    return IntStream.range(0, json.get("widths").size())
        .map(h -> json.get("widths").get(h).asInt())
        .toArray();
  }

  double noise() {
    return json.get("s2").asDouble();
  }

  Matrix inputs() {
    return Golden.matrix(json.get("X"));
  }

  Matrix targets() {
    return Golden.matrix(json.get("Y"));
  }

  Matrix tests() {
    return Golden.matrix(json.get("Xt"));
  }

  NetworkProblem problem() {
    return NetworkProblem.of(architecture(), inputs(), targets(), noise());
  }

  /** U_l[i, k] = sin(1 + i + 2k + 3l), in coordinates without rotation and reflection. */
  double[][] plainWeights(NetworkShape shape) {
    double[][] weights = new double[shape.layers()][];
    for (int l = 0; l < weights.length; l++) {
      weights[l] = new double[shape.width(l) * shape.fanIn(l)];
      for (int i = 0; i < shape.width(l); i++) {
        for (int k = 0; k < shape.fanIn(l); k++) {
          weights[l][i * shape.fanIn(l) + k] = Math.sin(1 + i + 2 * k + 3 * l);
        }
      }
    }
    return weights;
  }

  @Override
  public String toString() {
    return json.get("act").asText() + " " + json.get("widths");
  }
}
