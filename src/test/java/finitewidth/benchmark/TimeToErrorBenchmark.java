package finitewidth.benchmark;

import finitewidth.inference.exact.ExactProblem;
import finitewidth.inference.exact.LeafWorker;
import finitewidth.inference.exact.RowContraction;
import finitewidth.inference.exact.RowTerms;
import finitewidth.inference.exact.Tiling;
import finitewidth.inference.montecarlo.Estimates;
import finitewidth.inference.montecarlo.Moments;
import finitewidth.inference.montecarlo.Reductions;
import finitewidth.inference.montecarlo.SampledContraction;
import finitewidth.inference.montecarlo.StoppingRule;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Widths;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Seconds of one core until δμ has a relative error of 10 %, 3 % and 1 % of its rms over test rows
 * and outputs: the sampled engine, an ensemble of finite networks of the same widths, and the exact
 * engine, which has no such error.
 *
 * <p>Sampling errors fall as the root of the time, so noise and speed are measured and the times
 * follow; the exact engine is timed on a few leaves and rows.
 */
final class TimeToErrorBenchmark {
  private static final int TESTS = 100;
  private static final double[] GOALS = {0.1, 0.03, 0.01};

  private TimeToErrorBenchmark() {}

  /** Arguments: engine (sampled, exact, ensemble), example, training rows, seconds to measure. */
  public static void main(String[] arguments) throws IOException {
    String engine = arguments[0];
    Examples examples = Examples.of(arguments[1], Integer.parseInt(arguments[2]), TESTS);
    double patience = Double.parseDouble(arguments[3]);
    String key = String.format("%s,%s,%s", engine, arguments[1], arguments[2]);
    Fitting fitting = Fitting.of(examples, Reductions.ALL);
    switch (engine) {
      case "exact" -> System.out.printf("%s,%.3g%n", key, exact(fitting, examples, patience));
      case "sampled" -> sampled(key, fitting, examples.widths(), patience);
      case "ensemble" -> ensemble(key, fitting, examples, patience);
      default -> throw new IllegalArgumentException(engine);
    }
  }

  private static double exact(Fitting fitting, Examples examples, double patience) {
    Tiling tiling = Tiling.of(fitting.problem().size());
    LeafWorker worker = new LeafWorker(new ExactProblem(fitting.problem()), tiling);
    worker.compute(0, new ArrayList<>());
    long moments = 0;
    long start = System.nanoTime();
    for (int k = 0; k < tiling.leaves() && Fitting.seconds(start) < patience; k++) {
      // Leaves differ in kind: some from everywhere.
      int leaf = (int) ((k * 7919L) % tiling.leaves());
      worker.compute(leaf, new ArrayList<>());
      moments += tiling.leafMoments(leaf);
    }
    double training = Fitting.seconds(start) / moments * Tiling.moments(fitting.problem().size());
    int n = fitting.problem().size();
    List<RowTerms> terms = new ArrayList<>();
    for (int s = 0; s < fitting.problem().sources(); s++) {
      // The time of a row does not depend on what the training rows have left.
      int mixed = fitting.problem().mixes(s) ? fitting.problem().crossWeights() : 0;
      List<Matrix> zeros = new ArrayList<>();
      for (int x = 0; x < mixed; x++) {
        zeros.add(Matrix.zeros(n, n));
      }
      terms.add(new RowTerms(0, new double[n], Matrix.zeros(n, n), zeros, zeros));
    }
    RowContraction rows = new RowContraction(new ExactProblem(fitting.problem()), terms);
    rows.contract(examples.tests().row(0));
    start = System.nanoTime();
    int done = 0;
    while (done < TESTS && (done == 0 || Fitting.seconds(start) < patience)) {
      rows.contract(examples.tests().row(done++));
    }
    return training + Fitting.seconds(start) / done * TESTS;
  }

  private static void sampled(String key, Fitting fitting, Widths widths, double patience) {
    SampledContraction contraction = fitting.sampled().contraction();
    int sources = contraction.problem().sources();
    List<Moments> moments = new ArrayList<>();
    double[] perBatch = new double[sources];
    for (int s = 0; s < sources; s++) {
      SampledContraction.Batches batches = contraction.batches(s);
      batches.compute(0, 2, fitting.blocks());
      Moments sum = SampledContraction.noBatches(contraction.problem(), fitting.blocks().size());
      long start = System.nanoTime();
      while (sum.batches() < StoppingRule.FIRST_BATCHES
          || Fitting.seconds(start) < patience / sources) {
        int from = sum.batches();
        sum.add(batches.compute(from, from + StoppingRule.RUN, fitting.blocks()));
      }
      perBatch[s] = Fitting.seconds(start) / sum.batches();
      moments.add(sum);
    }
    Estimates estimates = new Estimates(contraction, fitting.blocks(), moments);
    double rms = size(fitting, estimates, widths);
    double[] variance = new double[sources];
    double error = 0;
    int numbers = TESTS * estimates.outputs();
    for (int x = 0; x < TESTS; x++) {
      for (int i = 0; i < estimates.outputs(); i++) {
        for (int s = 0; s < sources; s++) {
          double e = Math.pow(estimates.meanError(s, x, i) / widths.width(s), 2);
          error += e;
          variance[s] += e * estimates.batches(s);
        }
      }
    }
    // Draws shared out among layers as the stopping rule does: time = (Σ √(variance · time))² /
    // error².
    double root = 0;
    for (int s = 0; s < sources; s++) {
      root += Math.sqrt(variance[s] / numbers * perBatch[s]);
    }
    StringBuilder line = new StringBuilder(key);
    for (double goal : GOALS) {
      line.append(String.format(",%.3g", Math.pow(root / (goal * rms), 2)));
    }
    System.out.println(line + String.format(",%.3g", Math.sqrt(error / numbers) / rms));
  }

  /** The rms of δμ over rows and outputs, less what the estimate's own noise adds. */
  private static double size(Fitting fitting, Estimates estimates, Widths widths) {
    double size = 0;
    for (Prediction prediction : fitting.sampled().predictions(fitting.rows(), estimates)) {
      for (int i = 0; i < estimates.outputs(); i++) {
        size += Math.pow(prediction.at(widths).deltaMean()[i], 2);
        size -= Math.pow(prediction.at(widths).meanError()[i], 2);
      }
    }
    return Math.sqrt(Math.max(size, 0) / (TESTS * estimates.outputs()));
  }

  /**
   * The ensemble's relative error is over the first-order correction, its own being lost in noise.
   */
  private static void ensemble(String key, Fitting fitting, Examples examples, double patience) {
    SampledContraction contraction = fitting.sampled().contraction();
    List<Moments> moments = new ArrayList<>();
    for (int s = 0; s < contraction.problem().sources(); s++) {
      moments.add(contraction.batches(s).compute(0, 128, fitting.blocks()));
    }
    Estimates estimates = new Estimates(contraction, fitting.blocks(), moments);
    double rms = size(fitting, estimates, examples.widths());
    Ensemble ensemble = new Ensemble(examples);
    long start = System.nanoTime();
    while (Fitting.seconds(start) < patience) {
      ensemble.draw();
    }
    double elapsed = Fitting.seconds(start);
    double relative = ensemble.error() / rms;
    StringBuilder line = new StringBuilder(key);
    for (double goal : GOALS) {
      line.append(String.format(",%.3g", elapsed * Math.pow(relative / goal, 2)));
    }
    System.out.println(
        line
            + String.format(
                ",%.3g,draws %d,effective %.1f",
                relative, ensemble.draws(), ensemble.effectiveDraws()));
  }
}
