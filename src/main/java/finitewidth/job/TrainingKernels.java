package finitewidth.job;

import finitewidth.contraction.ContractionProblem;
import finitewidth.data.Preprocessing;
import finitewidth.data.TrainingSet;
import finitewidth.flow.SampleFlow;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.NotPositiveDefiniteException;
import finitewidth.posterior.NngpPosterior;
import java.util.Arrays;

/**
 * From preprocessed training rows to what is to be contracted: kernels of all layers, factor.
 *
 * @param nngp the posterior at infinite width
 * @param problem what the contraction needs
 * @param kernelSeconds for the kernels of all layers and their dressings
 * @param factorSeconds for the factor of the output's kernel
 */
record TrainingKernels(
    NngpPosterior nngp, ContractionProblem problem, double kernelSeconds, double factorSeconds) {

  static TrainingKernels of(JobConfig config, TrainingSet training, Preprocessing preprocessing) {
    Stopwatch watch = new Stopwatch();
    Matrix inputs = preprocessing.design(training);
    SampleFlow flow = SampleFlow.of(Networks.architecture(config.network()), inputs);
    double kernels = watch.lap();
    NngpPosterior nngp = nngp(config, training, flow, preprocessing.targets(training));
    ContractionProblem problem =
        new ContractionProblem(
            flow,
            nngp.phi(),
            nngp.inverse(),
            config.contraction().quantities() == ContractionConfig.Quantities.ALL,
            config.contraction().quadrature());
    return new TrainingKernels(nngp, problem, kernels, watch.lap());
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
