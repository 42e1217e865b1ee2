package finitewidth.benchmark;

import finitewidth.inference.montecarlo.Estimates;
import finitewidth.inference.montecarlo.Moments;
import finitewidth.inference.montecarlo.Reductions;
import finitewidth.inference.montecarlo.RowBlock;
import finitewidth.inference.montecarlo.SampledContraction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each means against noise is worth: noise of δμ and time per draw, layer by layer. */
final class ReductionsBenchmark {
  private static final int TESTS = 100;

  private ReductionsBenchmark() {}

  /** One draw's variance of δμ over rows and outputs, and its seconds. */
  private record Worth(double variance, double seconds) {}

  /** Arguments: example, training rows, batches. */
  public static void main(String[] arguments) throws IOException {
    Examples examples = Examples.of(arguments[0], Integer.parseInt(arguments[1]), TESTS);
    int batches = Integer.parseInt(arguments[2]);
    Map<String, Reductions> variants = new LinkedHashMap<>();
    Reductions all = Reductions.ALL;
    variants.put("none", Reductions.NONE);
    variants.put("chaos control", new Reductions(true, false, false, 1));
    variants.put("single contractions", new Reductions(false, true, false, 1));
    variants.put("mirrored innovations", new Reductions(false, false, true, 1));
    variants.put("test vectors on half", new Reductions(false, false, false, 2));
    variants.put("test vectors on a quarter", new Reductions(false, false, false, 4));
    variants.put("all", all);
    variants.put("all but chaos", new Reductions(false, true, true, 2));
    variants.put("all but contractions", new Reductions(true, false, true, 2));
    variants.put("all but mirrored", new Reductions(true, true, false, 2));
    variants.put("all, test vectors on all", new Reductions(true, true, true, 1));
    variants.put("all, test vectors on a quarter", new Reductions(true, true, true, 4));
    int sources = examples.network().hiddenLayers();
    Worth[] base = new Worth[sources];
    System.out.printf("%s, %d training rows%n", examples.name(), examples.inputs().rows());
    for (Map.Entry<String, Reductions> variant : variants.entrySet()) {
      StringBuilder line = new StringBuilder(String.format("%-26s", variant.getKey()));
      for (int s = 0; s < sources; s++) {
        Worth worth = measure(examples, variant.getValue(), s, batches);
        if (base[s] == null) {
          base[s] = worth;
        }
        double noise = base[s].variance() / worth.variance();
        double cost = worth.seconds() / base[s].seconds();
        line.append(
            String.format(
                "  layer %d: noise %5.2f cost %4.2f saves %5.2f", s, noise, cost, noise / cost));
      }
      System.out.println(line);
    }
  }

  private static Worth measure(Examples examples, Reductions reductions, int s, int batches) {
    Fitting fitting = Fitting.of(examples, reductions);
    List<RowBlock> blocks = fitting.blocks();
    SampledContraction contraction = fitting.sampled().contraction();
    SampledContraction.Batches worker = contraction.batches(s);
    worker.compute(0, 2, blocks);
    long start = System.nanoTime();
    Moments moments = worker.compute(0, batches, blocks);
    double seconds = Fitting.seconds(start);
    List<Moments> layers = new ArrayList<>();
    for (int layer = 0; layer <= s; layer++) {
      layers.add(moments);
    }
    Estimates estimates = new Estimates(contraction, blocks, layers);
    double variance = 0;
    for (int x = 0; x < TESTS; x++) {
      for (int i = 0; i < estimates.outputs(); i++) {
        double error = estimates.meanError(s, x, i);
        variance += error * error;
      }
    }
    double draws = estimates.draws(s);
    return new Worth(variance * draws, seconds / draws);
  }
}
