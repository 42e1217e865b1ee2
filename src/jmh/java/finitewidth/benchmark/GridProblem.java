package finitewidth.benchmark;

import finitewidth.FiniteNetwork;
import finitewidth.evidence.EvidenceFit;
import finitewidth.evidence.EvidenceSettings;
import finitewidth.evidence.Hyperparameters;
import finitewidth.gaussian.activations.Activations;
import finitewidth.linalg.Matrix;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A problem of the grid on which methods are held against the exact posterior: rows, a prior, and
 * one width of all hidden layers.
 *
 * @param set of rows
 * @param rows training rows, P
 * @param outputs m
 * @param tuned whether variances and noise are fitted to the training rows by evidence
 */
record GridProblem(
    String set,
    int seed,
    int rows,
    int outputs,
    String activation,
    int layers,
    boolean tuned,
    int width) {
  private static final double NOISE = 0.05;

  private static final int[] SIZES = {20, 50, 100, 200};

  /** Test rows of each problem. */
  static final int TESTS = 20;

  private static final double NOISE_FLOOR = 1e-3;

  /** What is measured on: training rows, targets, and test rows, all standardized. */
  record Rows(double[][] inputs, double[][] targets, double[][] tests) {}

  /**
   * The grid in a seeded order whose first parts are stratified samples: of each set, number of
   * rows and kind of prior one problem after the other, of 100 rows two for three of fewer, and of
   * 200 one. Widths are powers of two near P·m times ¼, ½, 1 and 2, from 8 to 1024.
   */
  static List<GridProblem> all() {
    List<GridProblem> grid = new ArrayList<>();
    for (String set : List.of("concrete", "energy", "power-plant", "diabetes", "digits")) {
      for (int rows : SIZES) {
        for (String activation : List.of("relu", "erf", "gelu", "tanh")) {
          for (int layers = 1; layers <= 3; layers++) {
            for (boolean tuned : new boolean[] {false, true}) {
              int outputs = set.equals("digits") ? 3 : 1;
              for (int width : widths(rows * outputs)) {
                grid.add(new GridProblem(set, 11, rows, outputs, activation, layers, tuned, width));
              }
            }
          }
        }
      }
    }
    Collections.shuffle(grid, new Random(5));
    Map<String, Integer> seen = new HashMap<>();
    Map<GridProblem, Double> turns = new HashMap<>();
    for (GridProblem each : grid) {
      int before = seen.merge(each.set + each.rows + each.tuned, 1, Integer::sum);
      turns.put(each, before * (each.rows == 200 ? 3 : each.rows == 100 ? 1.5 : 1));
    }
    grid.sort(Comparator.comparing(turns::get));
    return grid;
  }

  private static List<Integer> widths(int targets) {
    return IntStream.rangeClosed(-2, 1)
        .map(k -> (int) Math.rint(Math.log(targets * Math.pow(2, k)) / Math.log(2)))
        .map(power -> 1 << Math.max(3, Math.min(10, power)))
        .distinct()
        .boxed()
        .toList();
  }

  /** As the first columns of a line of results have it. */
  String key() {
    return String.format(
        Locale.ROOT,
        "%s,%d,%d,%d,%s,%d,%s,%d",
        set,
        seed,
        rows,
        outputs,
        activation,
        layers,
        tuned ? "tuned" : "untuned",
        width);
  }

  static String header() {
    return "set,seed,rows,outputs,activation,layers,prior,width";
  }

  Widths widths() {
    return Widths.uniform(layers, width);
  }

  /** The rows of this problem. */
  Rows read(Path data) throws IOException {
    GridRows all = GridRows.of(data, set, outputs);
    return all.some(rows, TESTS, seed);
  }

  /** A prior for these rows: bias variance 0.1, weight variance 2, or what evidence finds. */
  Hyperparameters prior(Rows of) {
    Hyperparameters given =
        new Hyperparameters(
            Architecture.uniform(Activations.byName(activation).orElseThrow(), layers, 0.1, 2),
            NOISE,
            new double[0]);
    return tuned
        ? EvidenceFit.of(
                given,
                Matrix.copyOf(of.inputs()),
                Matrix.copyOf(of.targets()),
                new EvidenceSettings(NOISE_FLOOR, false, 1, seed))
            .hyperparameters()
        : given;
  }

  /** The network with this prior. */
  FiniteNetwork network(Hyperparameters prior) {
    return FiniteNetwork.of(activation, layers)
        .prior(prior.network())
        .noiseVariance(prior.noiseVariance());
  }
}
