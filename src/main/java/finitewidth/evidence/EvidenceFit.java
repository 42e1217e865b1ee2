package finitewidth.evidence;

import finitewidth.evidence.Evidence.Evaluation;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.NumericsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Maximises the NNGP's log evidence over the prior's hyperparameters, from several starts.
 *
 * <p>The first start is the given prior; the others are drawn, from the seed alone, over two orders
 * of magnitude of every parameter. Every start first takes the output's scale that is best for the
 * rest, known in closed form. Of equal optima the first counts, so the result depends on nothing
 * but data, settings and BLAS.
 */
public final class EvidenceFit {
  /** Within this fraction of its range from a bound a coordinate counts as at it. */
  private static final double AT_BOUND = 1e-6;

  /** Random starts spread variances so many e-folds around the given ones: a factor of ten. */
  private static final double SPREAD = Math.log(10);

  private static final double LEAST_NOISE_START = 1e-3;
  private static final double MOST_NOISE_START = 0.5;
  private static final double INPUT_SPREAD = 0.5;

  private final ParameterSpace space;
  private final Evidence function;
  private final double targets;
  private int evaluations;

  private EvidenceFit(Evidence function) {
    this.function = function;
    space = function.space();
    targets = function.targets();
  }

  /**
   * Fits the prior's variances, the noise and, if asked for, the input scales.
   *
   * @param given activation, depth and where to start; its input scales are not looked at
   * @param inputs P × n_0, preprocessed
   * @param targets P × m, preprocessed
   * @throws NumericsException if no start has an evidence
   */
  public static FittedHyperparameters of(
      Hyperparameters given, Matrix inputs, Matrix targets, EvidenceSettings settings) {
    ParameterSpace space = new ParameterSpace(given.network(), inputs.cols(), settings);
    return of(given, new EvidenceFunction(space, inputs, targets), settings);
  }

  /**
   * The same through inducing points, in time linear in the number of rows: what is maximised is
   * the variational lower bound, or the evidence of {@link
   * finitewidth.inducing.Approximation#FITC}.
   *
   * @param given activation, depth and where to start; its input scales are not looked at
   * @throws NumericsException if no start has an evidence
   */
  public static FittedHyperparameters of(
      Hyperparameters given, ProjectedRows rows, EvidenceSettings settings) {
    ParameterSpace space = new ParameterSpace(given.network(), rows.inducing().cols(), settings);
    return of(given, new ProjectedEvidence(space, rows), settings);
  }

  private static FittedHyperparameters of(
      Hyperparameters given, Evidence function, EvidenceSettings settings) {
    Hyperparameters unscaled =
        new Hyperparameters(given.network(), given.noiseVariance(), new double[0]);
    double ratio = given.noiseVariance() / function.meanDiagonal(unscaled);
    return new EvidenceFit(function).fit(function.space().origin(ratio), settings);
  }

  private FittedHyperparameters fit(double[] origin, EvidenceSettings settings) {
    SplittableRandom random = new SplittableRandom(settings.seed());
    double start = function.at(origin).map(Evaluation::logEvidence).orElse(Double.NaN);
    List<FittedHyperparameters.Optimum> optima = new ArrayList<>();
    int best = -1;
    double[] bestAt = origin;
    for (int s = 0; s < settings.starts(); s++) {
      evaluations = 0;
      double[] from = scaled(s == 0 ? origin : elsewhere(origin, random));
      double[] end = minimise(from);
      Optional<Evaluation> there = function.at(end);
      optima.add(
          new FittedHyperparameters.Optimum(
              there
                  .map(Evaluation::hyperparameters)
                  .orElse(new Hyperparameters(space.network(end), 0, new double[0])),
              there.map(Evaluation::logEvidence).orElse(Double.NEGATIVE_INFINITY),
              evaluations));
      if (there.isPresent()
          && (best < 0 || optima.get(s).logEvidence() > optima.get(best).logEvidence())) {
        best = s;
        bestAt = end;
      }
    }
    if (best < 0) {
      throw new NumericsException(
          "hyperparameters = evidence: the kernel of the training rows is not positive definite"
              + " anywhere in the search; raise evidence.noise-floor");
    }
    FittedHyperparameters.Optimum optimum = optima.get(best);
    return new FittedHyperparameters(
        optimum.hyperparameters(), optimum.logEvidence(), start, optima, best, atBounds(bestAt));
  }

  private double[] elsewhere(double[] origin, SplittableRandom random) {
    double[] at = origin.clone();
    for (int i = 0; i < at.length; i++) {
      if (space.inputs() >= 0 && i >= space.inputs()) {
        at[i] = INPUT_SPREAD * random.nextGaussian();
      } else if (i == space.noise()) {
        double least = Math.log(LEAST_NOISE_START);
        at[i] = least + (Math.log(MOST_NOISE_START) - least) * random.nextDouble();
      } else if (i != space.scale()) {
        at[i] += SPREAD * (2 * random.nextDouble() - 1);
      }
    }
    return space.clip(at);
  }

  /** With A → cA, q → q/c and log det A → + P log c: the best c is q/(P m). */
  private double[] scaled(double[] at) {
    double[] scaled = at.clone();
    evaluations++;
    function
        .at(at)
        .ifPresent(there -> scaled[space.scale()] += Math.log(there.dataFit() / targets));
    return space.clip(scaled);
  }

  private double[] minimise(double[] from) {
    Lbfgsb.Minimum minimum =
        Lbfgsb.minimise(
            (x, gradient) -> {
              Optional<Evaluation> there = function.at(x);
              if (there.isEmpty()) {
                Arrays.fill(gradient, 0);
                return Double.POSITIVE_INFINITY;
              }
              // Per target, so that the tolerance means the same for few and for many.
              for (int i = 0; i < gradient.length; i++) {
                gradient[i] = -there.get().gradient()[i] / targets;
              }
              return -there.get().logEvidence() / targets;
            },
            space.lower(),
            space.upper(),
            from);
    evaluations += minimum.evaluations();
    return minimum.x();
  }

  private List<String> atBounds(double[] at) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < at.length; i++) {
      double range = AT_BOUND * (space.upper()[i] - space.lower()[i]);
      if (at[i] <= space.lower()[i] + range) {
        names.add(space.name(i) + ", least");
      } else if (at[i] >= space.upper()[i] - range) {
        names.add(space.name(i) + ", most");
      }
    }
    return names;
  }
}
