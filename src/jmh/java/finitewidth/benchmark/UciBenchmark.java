package finitewidth.benchmark;

import finitewidth.evidence.EvidenceFit;
import finitewidth.evidence.EvidenceSettings;
import finitewidth.evidence.FittedHyperparameters;
import finitewidth.evidence.Hyperparameters;
import finitewidth.evidence.WidthChoice;
import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.montecarlo.Estimates;
import finitewidth.inference.montecarlo.Moments;
import finitewidth.inference.montecarlo.Reductions;
import finitewidth.inference.montecarlo.SampledContraction;
import finitewidth.inference.montecarlo.StoppingRule;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One published split of a UCI set: hyperparameters by evidence on its training rows, then test
 * RMSE and log likelihood of the NNGP and of the width that the corrected evidence chooses. No test
 * target is looked at before the scores.
 */
final class UciBenchmark {
  private static final int MOST_ROWS = 1000;

  private UciBenchmark() {}

  /**
   * Arguments: directory of the set, split, activations, depths, scales, starts, floor, seconds.
   */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    int split = Integer.parseInt(arguments[1]);
    String[] activations = arguments[2].split("/", -1);
    String[] depths = arguments[3].split("/", -1);
    boolean scales = Boolean.parseBoolean(arguments[4]);
    int starts = Integer.parseInt(arguments[5]);
    double floor = Double.parseDouble(arguments[6]);
    int batches = Integer.parseInt(arguments[7]);
    UciSplit data = UciSplit.of(directory, split, MOST_ROWS);
    long start = System.nanoTime();
    FittedHyperparameters best = null;
    for (String activation : activations) {
      for (String depth : depths) {
        Hyperparameters given =
            new Hyperparameters(
                Architecture.uniform(
                    Activations.byName(activation).orElseThrow(), Integer.parseInt(depth), 0.1, 2),
                0.1,
                new double[0]);
        FittedHyperparameters fitted =
            EvidenceFit.of(
                given,
                data.inputs(),
                data.targets(),
                new EvidenceSettings(floor, scales, starts, 7));
        System.err.printf(
            "%s %s: %.2f from %.2f, %d evaluations, %d of %d starts agree, %s%n",
            activation,
            depth,
            fitted.logEvidence(),
            fitted.start(),
            fitted.evaluations(),
            fitted.agreeing(0.01),
            starts,
            fitted.atBounds());
        if (best == null || fitted.logEvidence() > best.logEvidence()) {
          best = fitted;
        }
      }
    }
    double fitting = Fitting.seconds(start);
    start = System.nanoTime();
    Correction correction = correct(data, best.hyperparameters(), batches);
    System.out.println(
        directory.getFileName()
            + ","
            + split
            + ","
            + line(data, best, correction)
            + String.format(Locale.ROOT, ",%.1f,%.1f", fitting, Fitting.seconds(start)));
  }

  private record Correction(
      Fitting fitting, Estimates estimates, List<Prediction> predictions, double[] deviations) {}

  /**
   * So many batches of draws of every layer, whatever the time: the same numbers on any machine.
   */
  private static Correction correct(UciSplit data, Hyperparameters hyperparameters, int batches) {
    Fitting fitting =
        Fitting.of(
            hyperparameters.network(),
            hyperparameters.scaled(data.inputs()),
            data.targets(),
            hyperparameters.noiseVariance(),
            hyperparameters.scaled(data.tests()),
            Reductions.ALL);
    SampledContraction contraction = fitting.sampled().contraction();
    List<Moments> moments = new ArrayList<>();
    for (int s = 0; s < contraction.problem().sources(); s++) {
      moments.add(contraction.batches(s).compute(0, batches, fitting.blocks()));
    }
    Estimates estimates = new Estimates(contraction, fitting.blocks(), moments);
    return new Correction(
        fitting,
        estimates,
        List.copyOf(fitting.sampled().predictions(fitting.rows(), estimates)),
        fitting.rows().stream()
            .flatMapToDouble(block -> Arrays.stream(block.variance()))
            .map(Math::sqrt)
            .toArray());
  }

  private static String line(UciSplit data, FittedHyperparameters fitted, Correction correction) {
    int sources = correction.estimates().sources();
    LogEvidence evidence = correction.fitting().sampled().logEvidence(correction.estimates());
    double noise = fitted.hyperparameters().noiseVariance();
    Score infinite =
        score(data, correction, Widths.uniform(sources, Double.POSITIVE_INFINITY), noise);
    List<WidthChoice.Candidate> candidates = new ArrayList<>();
    for (double width : WidthChoice.grid()) {
      Widths widths = Widths.uniform(sources, width);
      Score score = score(data, correction, widths, noise);
      candidates.add(
          new WidthChoice.Candidate(
              width,
              evidence.delta(widths),
              evidence.error(widths),
              score.outside(),
              OptionalDouble.of(-score.likelihood())));
      System.err.printf(
          "%6.0f rmse %.4f ll %.4f outside %.3f delta %.2f%n",
          width, score.rmse(), score.likelihood(), score.outside(), evidence.delta(widths));
    }
    WidthChoice choice =
        WidthChoice.of(
            candidates, data.targets().rows(), OptionalDouble.of(-infinite.likelihood()));
    Widths chosen = Widths.uniform(sources, choice.byEvidence());
    Score corrected = score(data, correction, chosen, noise);
    double byDensity = choice.byDensity().orElseThrow();
    Score dense = score(data, correction, Widths.uniform(sources, byDensity), noise);
    StoppingRule rule = new StoppingRule(1, chosen, 1);
    Architecture network = fitted.hyperparameters().network();
    return String.format(
        Locale.ROOT,
        "%d,%s,%d,%.5g,%.5g,%.5g,%s,%.3f,%d,%d,%.5f,%.5f,%.0f,%s,%.3f,%.3f,%.5f,%.5f,%.4f,%.3f,%.0f,%.5f,%.5f",
        data.inputs().rows(),
        network.activation().name(),
        network.hiddenLayers(),
        network.biasVariance(0),
        network.weightVariance(network.hiddenLayers()),
        noise,
        fitted.atNoiseFloor(),
        fitted.logEvidence(),
        fitted.evaluations(),
        fitted.agreeing(0.01),
        infinite.rmse(),
        infinite.likelihood(),
        choice.byEvidence(),
        choice.reason(),
        choice.gain(),
        choice.gainError(),
        corrected.rmse(),
        corrected.likelihood(),
        corrected.outside(),
        rule.error(correction.estimates(), correction.deviations()),
        byDensity,
        dense.rmse(),
        dense.likelihood());
  }

  /** NaN likelihood where a predictive variance is not positive. */
  private record Score(double rmse, double likelihood, double outside) {}

  private static Score score(UciSplit data, Correction correction, Widths widths, double noise) {
    double square = 0;
    double likelihood = 0;
    int outside = 0;
    int tests = data.truth().length;
    for (int x = 0; x < tests; x++) {
      Prediction prediction = correction.predictions().get(x);
      double mean = prediction.nngpMean()[0] + prediction.at(widths).deltaMean()[0];
      double variance =
          prediction.nngpVariance() + prediction.at(widths).deltaVariance()[0] + noise;
      double error = data.truth()[x] - data.mean() - data.deviation() * mean;
      double scaled = data.deviation() * data.deviation() * variance;
      square += error * error;
      likelihood -= 0.5 * (Math.log(2 * Math.PI * scaled) + error * error / scaled);
      outside += prediction.at(widths).trusted() ? 0 : 1;
    }
    return new Score(Math.sqrt(square / tests), likelihood / tests, (double) outside / tests);
  }
}
