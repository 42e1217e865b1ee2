package finitewidth.job;

import finitewidth.data.DataConfig;
import java.util.List;

/**
 * A job, complete and checked.
 *
 * @param noiseVariance in units of the preprocessed target, squared
 * @param widths uniform hidden widths to report beside the network's own
 * @param strict whether leaving the width expansion's range ends the job
 */
public record JobConfig(
    DataConfig data,
    PreprocessConfig preprocess,
    NetworkConfig network,
    double noiseVariance,
    List<Double> widths,
    ContractionConfig contraction,
    OutputConfig output,
    FlowConfig flow,
    boolean strict) {
  public JobConfig {
    widths = List.copyOf(widths);
  }
}
