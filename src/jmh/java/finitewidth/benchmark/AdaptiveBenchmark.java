package finitewidth.benchmark;

import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.Ask;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.Inference;
import finitewidth.inference.Order;
import finitewidth.inference.adaptive.Adaptive;
import finitewidth.inference.exact.Exact;
import finitewidth.inference.montecarlo.Sampled;
import finitewidth.inference.montecarlo.Sampling;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.inference.work.Runtime;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * What a kernel that adapts costs at one width, in processor seconds of one thread: the search for
 * metric and scale, and the contraction of what they leave.
 */
final class AdaptiveBenchmark {
  private static final int TESTS = 25;

  private static final double NOISE = 0.05;

  private static double contracted;
  private static int depth;

  private AdaptiveBenchmark() {}

  /** Arguments: training rows, activation, draws of a contraction or 0 for all moments, widths. */
  public static void main(String[] arguments) throws IOException {
    int rows = Integer.parseInt(arguments[0]);
    long draws = Long.parseLong(arguments[2]);
    Examples examples = Examples.of("concrete", rows, TESTS);
    Architecture network =
        Architecture.uniform(Activations.byName(arguments[1]).orElseThrow(), 1, 0.1, 2);
    Conditioning on =
        Conditioning.of(
            new Conditioning.Settings(network, true, 1e-9, NOISE),
            examples.inputs(),
            examples.targets(),
            LongStream.range(0, rows).boxed().toList());
    double[][] tests = new double[TESTS][];
    for (int x = 0; x < TESTS; x++) {
      tests[x] = examples.tests().row(x);
    }
    System.out.println("rows,width,condition,of_which_contraction,predict_" + TESTS + "_rows");
    // The first round is compiled on the way.
    for (int round = 0; round < 3; round++) {
      for (int k = 3; k < arguments.length; k++) {
        Widths widths = Widths.of(Integer.parseInt(arguments[k]));
        Inference first =
            draws == 0 ? new Exact() : new Sampled(new Sampling(widths, 1e-9, 1, draws, false));
        Inference engine =
            new Adaptive(List.of(widths), List.of(timed(Inference.class, first)), List.of(first));
        contracted = 0;
        double before = GridBenchmark.cpu();
        Conditioned fitted =
            engine.condition(
                on, Ask.rows(List.of()), timed(Runtime.class, LocalRuntime.threads(1)));
        double conditioned = GridBenchmark.cpu();
        double inside = contracted;
        fitted.posterior().predictor(Order.CORRECTED).predict(tests);
        System.out.printf(
            Locale.ROOT,
            "%d,%s,%.2f,%.2f,%.2f%n",
            rows,
            widths,
            conditioned - before,
            inside,
            GridBenchmark.cpu() - conditioned);
      }
    }
  }

  /** Counts what its outermost calls take. */
  private static <T> T timed(Class<T> type, T of) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, values) -> {
              double before = GridBenchmark.cpu();
              depth++;
              try {
                return method.invoke(of, values);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                depth--;
                if (depth == 0) {
                  contracted += GridBenchmark.cpu() - before;
                }
              }
            }));
  }
}
