package finitewidth.benchmark;

import finitewidth.inference.Ask;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.Inference;
import finitewidth.inference.Order;
import finitewidth.inference.exact.Exact;
import finitewidth.inference.montecarlo.Sampled;
import finitewidth.inference.montecarlo.Sampling;
import finitewidth.inference.renormalised.Renormalised;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.prior.Widths;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * What integrating the scale costs on top of first order, in processor seconds of one thread:
 * conditioning and predicting rows of concrete, at one list of widths and at a hundred.
 */
final class RenormalisedBenchmark {
  private static final int TESTS = 25;

  private RenormalisedBenchmark() {}

  /** Arguments: exact or sampled, training rows, draws of a layer where they are sampled, rounds. */
  public static void main(String[] arguments) throws IOException {
    int rows = Integer.parseInt(arguments[1]);
    Examples examples = Examples.of("concrete", rows, TESTS);
    Conditioning on =
        Conditioning.of(
            new Conditioning.Settings(examples.network(), true, 1e-9, examples.noise()),
            examples.inputs(),
            examples.targets(),
            LongStream.range(0, rows).boxed().toList());
    double[][] tests = new double[TESTS][];
    for (int x = 0; x < TESTS; x++) {
      tests[x] = examples.tests().row(x);
    }
    Inference first =
        arguments[0].equals(Exact.NAME)
            ? new Exact()
            : new Sampled(
                new Sampling(examples.widths(), 1e-9, 1, Long.parseLong(arguments[2]), false));
    List<Widths> hundred = new ArrayList<>();
    for (int k = 0; k < 100; k++) {
      hundred.add(Widths.uniform(2, 8 * Math.pow(2, k * 0.08)));
    }
    Inference some = renormalised(first, List.of(Widths.of(256, 256)));
    Inference all = renormalised(first, hundred);
    System.out.println("rows,method,condition_seconds,predict_seconds_" + TESTS + "_rows");
    // The first round is compiled on the way.
    int rounds = Integer.parseInt(arguments[3]);
    for (int round = 0; round < rounds; round++) {
      measure(rows, "first-order", first, on, tests);
      measure(rows, "renormalised, 1 network", some, on, tests);
      measure(rows, "renormalised, 100 networks", all, on, tests);
    }
  }

  private static Inference renormalised(Inference first, List<Widths> widths) {
    return new Renormalised(widths, 1, first, List.of(first));
  }

  private static void measure(
      int rows, String name, Inference engine, Conditioning on, double[][] tests) {
    double before = GridBenchmark.cpu();
    Conditioned fitted = engine.condition(on, Ask.rows(List.of()), LocalRuntime.threads(1));
    double conditioned = GridBenchmark.cpu();
    fitted.posterior().predictor(Order.CORRECTED).predict(tests);
    System.out.printf(
        Locale.ROOT,
        "%d,%s,%.2f,%.2f%n",
        rows,
        name,
        conditioned - before,
        GridBenchmark.cpu() - conditioned);
  }
}
