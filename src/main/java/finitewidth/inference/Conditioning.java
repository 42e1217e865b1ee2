package finitewidth.inference;

import finitewidth.evidence.OutputScale;
import finitewidth.inducing.InducingPoints;
import finitewidth.inducing.InducingPosterior;
import finitewidth.inducing.TrainingPasses;
import finitewidth.inference.work.Stopwatch;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.NotPositiveDefiniteException;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import finitewidth.prior.KernelRange;
import finitewidth.prior.RangeException;
import finitewidth.prior.SampleFlow;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * From preprocessed training rows, or the inducing points that stand for them, to what is to be
 * contracted: kernels of all layers, factor.
 *
 * @param nngp the posterior at infinite width
 * @param problem what the contraction needs
 * @param targets P × m, preprocessed; those that the points have where there are some
 * @param induced whether points stand for the rows
 * @param noiseVariance s², in units of the preprocessed target, squared
 * @param kernelSeconds for the kernels of all layers and their dressings
 * @param factorSeconds for the factor of the output's kernel
 * @param rows that points stand for, where an engine may pass over them
 */
public record Conditioning(
    NngpPosterior nngp,
    ContractionProblem problem,
    Matrix targets,
    boolean induced,
    double noiseVariance,
    double kernelSeconds,
    double factorSeconds,
    Optional<TrainingPasses> rows) {

  /**
   * What to condition on.
   *
   * @param variance whether corrections of variances are wanted
   * @param quadrature largest quadrature error of a four-point moment
   * @param noiseVariance s², in units of the preprocessed target, squared
   * @param contracts whether the engine does, as {@link Inference#contracts} has it
   */
  public record Settings(
      Architecture network,
      boolean variance,
      double quadrature,
      double noiseVariance,
      boolean contracts) {

    /** For an engine that contracts. */
    public Settings(
        Architecture network, boolean variance, double quadrature, double noiseVariance) {
      this(network, variance, quadrature, noiseVariance, true);
    }
  }

  /**
   * Conditions the NNGP on training rows.
   *
   * @param inputs P × n_0, preprocessed
   * @param targets P × m, preprocessed
   * @param rows what the user calls each row
   * @throws NotPositiveDefiniteException naming the first row that depends on those before it
   */
  public static Conditioning of(Settings settings, Matrix inputs, Matrix targets, List<Long> rows) {
    Stopwatch watch = new Stopwatch();
    SampleFlow flow = SampleFlow.of(settings.network(), inputs);
    KernelRange.check(flow);
    double kernels = watch.lap();
    NngpPosterior nngp = nngp(settings, flow, targets, rows);
    requireSquares(nngp, targets);
    ContractionProblem problem =
        settings.contracts()
            ? new ContractionProblem(
                flow, nngp.phi(), nngp.inverse(), settings.variance(), settings.quadrature())
            : ContractionProblem.uncontracted(
                flow, nngp.phi(), settings.variance(), settings.quadrature());
    return new Conditioning(
        nngp,
        problem,
        targets,
        false,
        settings.noiseVariance(),
        kernels,
        watch.lap(),
        Optional.empty());
  }

  /**
   * Takes the posterior on inducing points for what rows would give.
   *
   * @param points of the network of the settings
   */
  public static Conditioning of(
      Settings settings, InducingPoints points, InducingPosterior posterior) {
    Stopwatch watch = new Stopwatch();
    SampleFlow flow = SampleFlow.of(settings.network(), points.inputs());
    KernelRange.check(flow);
    requireSquares(posterior.nngp(), posterior.targets());
    double kernels = watch.lap();
    ContractionProblem problem =
        new ContractionProblem(
            flow,
            posterior.nngp().phi(),
            posterior.inverse(),
            settings.variance(),
            settings.quadrature());
    return new Conditioning(
        posterior.nngp(),
        problem,
        posterior.targets(),
        true,
        settings.noiseVariance(),
        kernels,
        watch.lap(),
        Optional.empty());
  }

  /** The same with the rows themselves, for engines that pass over them. */
  public Conditioning with(TrainingPasses passes) {
    return new Conditioning(
        nngp,
        problem,
        targets,
        induced,
        noiseVariance,
        kernelSeconds,
        factorSeconds,
        Optional.of(passes));
  }

  /** Corrections are quadratic in φ. */
  private static void requireSquares(NngpPosterior nngp, Matrix targets) {
    double largest = Arrays.stream(targets.data()).map(Math::abs).max().orElse(0);
    if (largest > 0 && largest * largest < Double.MIN_NORMAL) {
      throw new RangeException(
          "the targets vanish in double precision when they are squared: the largest is "
              + largest
              + "; scale them ({TARGET_SCALING} = standardize), or give them in other units");
    }
    double square = 0;
    for (double phi : nngp.phi().data()) {
      square = Math.max(square, phi * phi);
    }
    double fit = Math.max(Math.abs(nngp.dataFit()), square);
    if (!Double.isFinite(fit) || !Double.isFinite(nngp.logEvidence())) {
      throw new RangeException(
          "the targets are beyond what double precision can square at the scale of the prior and of"
              + " {NOISE_VARIANCE}; scale them ({TARGET_SCALING} = standardize), or raise"
              + " {NOISE_VARIANCE}");
    }
  }

  /** What there is to say if the targets are far from the prior's scale, and by how much. */
  public Optional<String> outputScale() {
    Matrix kernel = problem.flow().kernel(problem.sources());
    long typical = (long) problem.size() * problem.outputs();
    return OutputScale.warning(
        nngp.dataFit(),
        typical,
        noiseVariance,
        () ->
            induced
                ? OutputScale.factor(kernel, problem.inverse(), problem.phi())
                : OutputScale.factor(kernel, targets, noiseVariance));
  }

  private static NngpPosterior nngp(
      Settings settings, SampleFlow flow, Matrix targets, List<Long> rows) {
    try {
      return NngpPosterior.of(
          flow.kernel(flow.architecture().hiddenLayers()), targets, settings.noiseVariance());
    } catch (NotPositiveDefiniteException e) {
      throw explained(e, settings, flow.inputs(), rows);
    }
  }

  private static NotPositiveDefiniteException explained(
      NotPositiveDefiniteException e, Settings settings, Matrix inputs, List<Long> rows) {
    int row = e.row();
    String cause = "depends on the rows before it to working precision";
    for (int other = 0; other < row; other++) {
      if (Arrays.equals(inputs.row(row), inputs.row(other))) {
        cause = "coincides with row " + rows.get(other);
        break;
      }
    }
    return new NotPositiveDefiniteException(
        row,
        """
        the kernel of the training rows plus {NOISE_VARIANCE} = %s is not positive definite: row \
        %s %s; raise {NOISE_VARIANCE}, or leave that row out\
        """
            .formatted(settings.noiseVariance(), rows.get(row), cause));
  }
}
