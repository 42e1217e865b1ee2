package finitewidth.job.config;

import finitewidth.data.DataConfig;
import java.util.List;
import java.util.Optional;

/**
 * A job, complete and checked.
 *
 * @param noiseVariance in units of the preprocessed target, squared
 * @param evidence how hyperparameters are fitted; empty where they are fixed
 * @param autoWidth whether the hidden layers' common width is to be chosen from {@code widths};
 *     until then the network has equal ones that mean nothing
 * @param widths uniform hidden widths to report beside the network's own
 * @param inducing points that stand for the training rows; empty where all rows are conditioned on
 * @param strict whether leaving the width expansion's range ends the job
 */
public record JobConfig(
    DataConfig data,
    PreprocessConfig preprocess,
    NetworkConfig network,
    double noiseVariance,
    Optional<EvidenceConfig> evidence,
    boolean autoWidth,
    List<Double> widths,
    ContractionConfig contraction,
    Optional<InducingConfig> inducing,
    OutputConfig output,
    FlowConfig flow,
    boolean strict) {
  public JobConfig {
    widths = List.copyOf(widths);
  }

  /** The same job with another engine. */
  public JobConfig with(ContractionConfig.Engine engine) {
    return new JobConfig(
        data,
        preprocess,
        network,
        noiseVariance,
        evidence,
        autoWidth,
        widths,
        contraction.with(engine),
        inducing,
        output,
        flow,
        strict);
  }

  /** The same job with another prior. */
  public JobConfig with(NetworkConfig other, double noise) {
    return new JobConfig(
        data,
        preprocess,
        other,
        noise,
        evidence,
        autoWidth,
        widths,
        contraction,
        inducing,
        output,
        flow,
        strict);
  }
}
