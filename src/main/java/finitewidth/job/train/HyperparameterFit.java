package finitewidth.job.train;

import finitewidth.data.TrainingSet;
import finitewidth.data.scale.Preprocessing;
import finitewidth.evidence.FittedHyperparameters;
import finitewidth.evidence.Hyperparameters;
import finitewidth.inference.work.Counted;
import finitewidth.inference.work.Stopwatch;
import finitewidth.job.config.EvidenceConfig;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.NetworkConfig;
import finitewidth.job.config.Networks;
import finitewidth.job.console.Console;
import finitewidth.prior.Architecture;
import finitewidth.report.summary.FitSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * {@code hyperparameters = evidence}: from the configured prior to the one that training rows
 * favour.
 *
 * @param config with the fitted prior in the place of the configured one
 * @param preprocessing with the inputs' scales in it
 * @param summary of the search; empty where hyperparameters are fixed
 */
public record HyperparameterFit(
    JobConfig config, Preprocessing preprocessing, Optional<FitSummary.Evidence> summary) {
  /** Starts that end so near to the best one, in nats, agree with it. */
  private static final double AGREEMENT = 0.01;

  /** Fits what is to be fitted, to rows on the driver. */
  public static HyperparameterFit of(
      JobConfig config, TrainingSet training, Preprocessing preprocessing, Console console) {
    return of(
        config,
        evidence -> EvidenceRows.of(training, preprocessing, evidence),
        preprocessing,
        console);
  }

  /**
   * Fits what is to be fitted.
   *
   * @param rows made where they are needed
   * @param preprocessing that rows have gone through
   */
  public static HyperparameterFit of(
      JobConfig config,
      Function<EvidenceConfig, EvidenceRows> rows,
      Preprocessing preprocessing,
      Console console) {
    return config
        .evidence()
        .map(evidence -> fitted(evidence, config, rows.apply(evidence), preprocessing, console))
        .orElseGet(() -> new HyperparameterFit(config, preprocessing, Optional.empty()));
  }

  private static HyperparameterFit fitted(
      EvidenceConfig evidence,
      JobConfig config,
      EvidenceRows rows,
      Preprocessing preprocessing,
      Console console) {
    Stopwatch watch = new Stopwatch();
    List<FitSummary.Candidate> candidates = new ArrayList<>();
    NetworkConfig network = config.network();
    FittedHyperparameters best = null;
    for (NetworkConfig candidate : evidence.candidates()) {
      Hyperparameters given =
          new Hyperparameters(
              Networks.architecture(candidate), config.noiseVariance(), new double[0]);
      FittedHyperparameters fitted = rows.fit(given, evidence.settings());
      int depth = candidate.hiddenWidths().size();
      candidates.add(new FitSummary.Candidate(candidate.activation(), depth, fitted.logEvidence()));
      console.say(
          String.format(
              Locale.ROOT,
              "evidence, %s with %s: log evidence %.6g after %d evaluations",
              candidate.activation(),
              Counted.of(depth, "hidden layer"),
              fitted.logEvidence(),
              fitted.evaluations()));
      if (best == null || fitted.logEvidence() > best.logEvidence()) {
        best = fitted;
        network = candidate;
      }
    }
    FittedHyperparameters chosen = Objects.requireNonNull(best, "no candidate");
    Hyperparameters hyperparameters = chosen.hyperparameters();
    Architecture architecture = hyperparameters.network();
    return new HyperparameterFit(
        config.with(
            network.withVariances(biases(architecture), weights(architecture)),
            hyperparameters.noiseVariance()),
        hyperparameters.inputScales().length == 0
            ? preprocessing
            : new Preprocessing(
                preprocessing.features().times(roots(hyperparameters.inputScales())),
                preprocessing.targets()),
        Optional.of(
            summary(
                evidence,
                rows.count(),
                chosen,
                byFeature(hyperparameters.inputScales(), preprocessing.features().ignored()),
                candidates,
                watch.lap())));
  }

  private static double[] roots(double[] scales) {
    return Arrays.stream(scales).map(Math::sqrt).toArray();
  }

  /** Scales of inputs in the places of their features, 0 for those that are ignored. */
  private static List<Double> byFeature(double[] scales, int[] ignored) {
    List<Double> all = new ArrayList<>(Arrays.stream(scales).boxed().toList());
    if (!all.isEmpty()) {
      Arrays.stream(ignored).forEach(j -> all.add(j, 0.0));
    }
    return all;
  }

  private static FitSummary.Evidence summary(
      EvidenceConfig evidence,
      long rows,
      FittedHyperparameters fitted,
      List<Double> inputScales,
      List<FitSummary.Candidate> candidates,
      double seconds) {
    return new FitSummary.Evidence(
        rows,
        evidence.settings().noiseFloor(),
        fitted.atNoiseFloor(),
        fitted.start(),
        fitted.logEvidence(),
        fitted.evaluations(),
        fitted.agreeing(AGREEMENT),
        fitted.atBounds(),
        inputScales,
        fitted.optima().stream().map(HyperparameterFit::optimum).toList(),
        candidates,
        seconds);
  }

  private static FitSummary.Optimum optimum(FittedHyperparameters.Optimum optimum) {
    Architecture network = optimum.hyperparameters().network();
    return new FitSummary.Optimum(
        optimum.logEvidence(),
        optimum.evaluations(),
        biases(network),
        weights(network),
        optimum.hyperparameters().noiseVariance());
  }

  private static List<Double> biases(Architecture network) {
    return numbers(network, network::biasVariance);
  }

  private static List<Double> weights(Architecture network) {
    return numbers(network, network::weightVariance);
  }

  private static List<Double> numbers(Architecture network, IntToDoubleFunction number) {
    return IntStream.rangeClosed(0, network.hiddenLayers()).mapToDouble(number).boxed().toList();
  }

  /** What was fitted, in a line. */
  public Optional<String> line() {
    return summary.map(
        search ->
            String.format(
                Locale.ROOT,
                "evidence %s, hidden layers %d, bias-variance %s, weight-variance %s,"
                    + " noise-variance %.5g%s: log evidence %.6g from %.6g, %d of %d starts agree",
                config.network().activation(),
                config.network().hiddenWidths().size(),
                shown(config.network().biasVariances()),
                shown(config.network().weightVariances()),
                config.noiseVariance(),
                search.atNoiseFloor() ? " (at evidence.noise-floor)" : "",
                search.logEvidence(),
                search.logEvidenceStart(),
                search.startsAgreeing(),
                search.optima().size()));
  }

  private static String shown(List<Double> numbers) {
    return numbers.stream()
        .map(number -> String.format(Locale.ROOT, "%.5g", number))
        .toList()
        .toString();
  }

  /** What the search wants to be known. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    summary.ifPresent(
        search -> {
          // A floor is there to be reached, and features that do not matter have no scale.
          List<String> others =
              search.atBounds().stream()
                  .filter(name -> !name.startsWith("noise-") && !name.startsWith("input-scale"))
                  .toList();
          if (!others.isEmpty()) {
            warnings.add(
                "hyperparameters = evidence ended at a bound of " + String.join("; ", others));
          }
        });
    return warnings;
  }
}
