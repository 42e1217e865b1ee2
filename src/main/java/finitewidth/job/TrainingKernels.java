package finitewidth.job;

import finitewidth.contraction.ContractionProblem;
import finitewidth.data.Preprocessing;
import finitewidth.data.TrainingSet;
import finitewidth.evidence.OutputScale;
import finitewidth.flow.SampleFlow;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.NotPositiveDefiniteException;
import finitewidth.posterior.NngpPosterior;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * From preprocessed training rows to what is to be contracted: kernels of all layers, factor.
 *
 * @param nngp the posterior at infinite width
 * @param problem what the contraction needs
 * @param targets P × m, preprocessed
 * @param kernelSeconds for the kernels of all layers and their dressings
 * @param factorSeconds for the factor of the output's kernel
 */
record TrainingKernels(
    NngpPosterior nngp,
    ContractionProblem problem,
    Matrix targets,
    double kernelSeconds,
    double factorSeconds) {
  /**
   * q/(Pm) beyond this factor from 1 blows the first order up like (q − Pm)²/4n (THEORY section 4).
   */
  private static final double SCALE_MISMATCH = 3;

  static TrainingKernels of(JobConfig config, TrainingSet training, Preprocessing preprocessing) {
    Stopwatch watch = new Stopwatch();
    Matrix inputs = preprocessing.design(training);
    SampleFlow flow = SampleFlow.of(Networks.architecture(config.network()), inputs);
    double kernels = watch.lap();
    Matrix targets = preprocessing.targets(training);
    NngpPosterior nngp = nngp(config, training, flow, targets);
    ContractionProblem problem =
        new ContractionProblem(
            flow,
            nngp.phi(),
            nngp.inverse(),
            config.contraction().quantities() == ContractionConfig.Quantities.ALL,
            config.contraction().quadrature());
    return new TrainingKernels(nngp, problem, targets, kernels, watch.lap());
  }

  /** What there is to say if the targets are far from the prior's scale, and by how much. */
  Optional<String> outputScale(JobConfig config) {
    Matrix targets = targets();
    long typical = (long) targets.rows() * targets.cols();
    double ratio = nngp.dataFit() / typical;
    if (ratio < SCALE_MISMATCH && ratio > 1 / SCALE_MISMATCH) {
      return Optional.empty();
    }
    Matrix kernel = problem.flow().kernel(problem.sources());
    OptionalDouble factor = OutputScale.factor(kernel, targets, config.noiseVariance());
    String cure =
        factor.isPresent()
            ? String.format(
                Locale.ROOT,
                "multiply the last network.bias-variance and network.weight-variance by %.3g",
                factor.getAsDouble())
            : String.format(
                Locale.ROOT,
                "no scale of the output mends that with noise-variance = %s; multiply it and the"
                    + " last network.bias-variance and network.weight-variance by %.3g",
                config.noiseVariance(),
                ratio);
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the targets are far from the prior's scale: q = tr YᵀA⁻¹Y is %.4g where %d would be"
                + " typical, and first order grows like (q − %d)²/4n; %s, or set"
                + " hyperparameters = evidence",
            nngp.dataFit(),
            typical,
            typical,
            cure));
  }

  private static NngpPosterior nngp(
      JobConfig config, TrainingSet training, SampleFlow flow, Matrix targets) {
    try {
      return NngpPosterior.of(
          flow.kernel(flow.architecture().hiddenLayers()), targets, config.noiseVariance());
    } catch (NotPositiveDefiniteException e) {
      throw explained(e, config, training, flow.inputs());
    }
  }

  private static NotPositiveDefiniteException explained(
      NotPositiveDefiniteException e, JobConfig config, TrainingSet training, Matrix inputs) {
    int row = e.row();
    String cause = "depends on the rows before it to working precision";
    for (int other = 0; other < row; other++) {
      if (Arrays.equals(inputs.row(row), inputs.row(other))) {
        cause = "coincides with row " + training.numbers().get(other);
        break;
      }
    }
    return new NotPositiveDefiniteException(
        row,
        "the kernel of the training rows plus noise-variance = "
            + config.noiseVariance()
            + " is not positive definite: row "
            + training.numbers().get(row)
            + " "
            + cause
            + "; raise noise-variance, or leave that row out");
  }
}
