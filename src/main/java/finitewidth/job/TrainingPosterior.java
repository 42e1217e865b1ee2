package finitewidth.job;

import finitewidth.contraction.ContractionProblem;
import finitewidth.contraction.TrainingContraction;
import finitewidth.data.Preprocessing;
import finitewidth.data.TrainingSet;
import finitewidth.flow.SampleFlow;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.NotPositiveDefiniteException;
import finitewidth.posterior.CorrectedPosterior;
import finitewidth.posterior.NngpPosterior;
import finitewidth.spark.Progress;
import finitewidth.spark.TrainingJob;
import java.util.Arrays;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * From preprocessed training rows to the corrected posterior: kernels of all layers, factor,
 * contraction over Spark.
 *
 * @param moments how many four-point moments the contraction took
 * @param kernelSeconds for the kernels of all layers and their dressings
 * @param factorSeconds for the factor of the output's kernel
 * @param contractionSeconds for the training contraction
 */
record TrainingPosterior(
    CorrectedPosterior posterior,
    long moments,
    double kernelSeconds,
    double factorSeconds,
    double contractionSeconds) {

  static TrainingPosterior of(
      JavaSparkContext spark,
      JobConfig config,
      TrainingSet training,
      Preprocessing preprocessing,
      Console console) {
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
            config.contraction().tolerance());
    double factor = watch.lap();
    long moments = TrainingJob.moments(problem.size(), problem.sources());
    TrainingContraction contraction =
        TrainingJob.run(spark, problem, new Progress(console.progress(), "training rows", moments));
    CorrectedPosterior posterior = CorrectedPosterior.of(nngp, problem, contraction);
    return new TrainingPosterior(posterior, moments, kernels, factor, watch.lap());
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
