package finitewidth.inference.renormalised;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.Ask;
import finitewidth.inference.Conditioning;
import finitewidth.inference.ContractionProblem;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.exact.Exact;
import finitewidth.inference.exact.ExactPosterior;
import finitewidth.inference.exact.Fit;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Golden;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A case of golden/renormalised.json, with the posterior to first order by the exact engine. */
record GoldenCase(String name, JsonNode json, ExactPosterior first, double[] test) {

  static JsonNode all() throws IOException {
    try (InputStream in = GoldenCase.class.getResourceAsStream("/golden/renormalised.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  static GoldenCase of(String name) throws IOException {
    JsonNode json = all().get(name);
    int p = json.get("P").asInt();
    Matrix inputs = Golden.matrix(json.get("X"));
    double[][] rows = new double[p][];
    for (int a = 0; a < p; a++) {
      rows[a] = inputs.row(a);
    }
    Architecture network =
        Architecture.uniform(
            Activations.byName(json.get("act").asText()).orElseThrow(),
            json.get("widths").size(),
            json.get("Cb").asDouble(),
            json.get("CW").asDouble());
    return new GoldenCase(
        name,
        json,
        Fit.of(
            network,
            Matrix.copyOf(rows),
            Golden.matrix(json.get("Y")),
            json.get("noise").asDouble()),
        inputs.row(p));
  }

  Widths widths() {
    return Widths.of(Golden.vector(json.get("widths")));
  }

  RenormalisedPosterior at(Widths... widths) {
    return by(Guarding.FIXED, widths);
  }

  RenormalisedPosterior by(Guarding guarding, Widths... widths) {
    return RenormalisedPosterior.of(
        first, first.shifts(LocalRuntime.allCores()), 0, List.of(widths), guarding);
  }

  /** In two passes, by the engine. */
  Posterior twice() {
    Exact exact = new Exact();
    ContractionProblem problem = first.problem();
    Conditioning on =
        new Conditioning(
            first.nngp(),
            problem,
            Golden.matrix(json.get("Y")),
            false,
            json.get("noise").asDouble(),
            0,
            0,
            Optional.empty());
    return new Renormalised(List.of(widths()), 2, exact, List.of(exact))
        .condition(on, Ask.rows(List.of()), LocalRuntime.allCores())
        .posterior();
  }

  Predictive predictive(Posterior posterior, Widths widths) {
    return posterior.predictor(Order.CORRECTED).predict(new double[][] {test}).get(0).at(widths);
  }

  @Override
  public String toString() {
    return name + Arrays.toString(Golden.vector(json.get("widths")));
  }
}
