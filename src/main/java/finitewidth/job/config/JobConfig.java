package finitewidth.job.config;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonCreator;
import finitewidth.data.DataConfig;
import finitewidth.evidence.WidthChoice;
import finitewidth.settings.Key;
import java.io.File;
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
    Refusal.unless(noiseVariance >= 0, Key.NOISE_VARIANCE);
    Refusal.unless(widths.stream().allMatch(w -> w > 0) && Refusal.differ(widths), Key.WIDTHS);
  }

  /** Whether variances and noise are as configured. */
  enum Hyperparameters {
    FIXED,
    EVIDENCE
  }

  /**
   * Reads, checks and completes the configuration of a job.
   *
   * @param overrides key=value, later ones win
   * @param activations names that network.activation may take
   * @throws ConfigException in one sentence: key, value, where, and what would be accepted
   */
  public static JobConfig parse(
      Verb verb, File file, List<String> overrides, List<String> activations) {
    ConfigValues values = ConfigValues.read(file, overrides);
    return Binder.read(values, activations, binder -> read(binder, verb));
  }

  static JobConfig read(Binder binder, Verb verb) {
    binder.with(verb).with(binder.bind(DataKeys.class).training(verb));
    binder.bind(PreprocessConfig.class);
    binder.bind(NetworkConfig.class);
    binder.bind(EvidenceConfig.class);
    binder.bind(ContractionConfig.class);
    binder.bind(InducingConfig.class);
    binder.bind(Quantiles.class);
    binder.bind(OutputConfig.class);
    binder.bind(FlowConfig.class);
    return binder.bind(JobConfig.class);
  }

  /** Puts the parts together and checks how they fit. */
  @JsonCreator
  static JobConfig of(
      @JacksonInject Verb verb,
      @JacksonInject DataConfig data,
      @JacksonInject PreprocessConfig preprocess,
      @JacksonInject NetworkConfig network,
      @From(Key.NOISE_VARIANCE) double noiseVariance,
      @From(Key.HYPERPARAMETERS) Hyperparameters hyperparameters,
      @JacksonInject EvidenceConfig evidence,
      @From(Key.HIDDEN_WIDTHS) NetworkConfig.HiddenWidths hiddenWidths,
      @From(Key.WIDTHS) List<Double> widths,
      @JacksonInject ContractionConfig contraction,
      @From(Key.INDUCING_POINTS) Optional<Integer> points,
      @JacksonInject InducingConfig inducing,
      @JacksonInject OutputConfig output,
      @JacksonInject FlowConfig flow,
      @From(Key.STRICT) boolean strict) {
    boolean fitted = hyperparameters == Hyperparameters.EVIDENCE;
    boolean auto = hiddenWidths.auto();
    JobConfig job =
        new JobConfig(
            data,
            preprocess,
            network,
            noiseVariance,
            fitted ? Optional.of(evidence) : Optional.empty(),
            auto,
            (fitted || auto) && widths.isEmpty() ? WidthChoice.grid() : widths,
            contraction,
            points.map(count -> inducing),
            output,
            flow,
            strict);
    job.checkFit(verb == Verb.FIT);
    Refusal.where(
        auto && verb == Verb.FLOW,
        Key.HIDDEN_WIDTHS,
        "flow has no targets to choose widths by; set a list");
    job.priors().forEach(prior -> contraction.check(verb, prior, flow));
    flow.check(network);
    return job;
  }

  private void checkFit(boolean fit) {
    if (fit) {
      output.check(data.columns());
      Refusal.where(
          !output.quantiles().isNone()
              && contraction.quantities() == ContractionConfig.Quantities.MEAN,
          Key.PREDICT_QUANTILES,
          "needs variances; set contraction.quantities = all");
      Refusal.where(
          inducing.isPresent() && output.hiddenKernels(),
          Key.OUTPUT_HIDDEN_KERNELS,
          "with inducing-points there are no kernels of training rows; accepted is false");
    }
    Refusal.where(
        inducing.isPresent() && noiseVariance == 0,
        Key.NOISE_VARIANCE,
        "with inducing-points a number above 0 is needed");
    Refusal.where(
        autoWidth && !widths.stream().allMatch(w -> w == Math.rint(w) && w <= NetworkConfig.WIDEST),
        Key.WIDTHS,
        "network.hidden-widths = auto chooses from them: whole numbers are needed");
  }

  /** The networks that may come to be used. */
  List<NetworkConfig> priors() {
    return evidence.map(EvidenceConfig::candidates).orElse(List.of(network));
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

  /** The same job on other rows, at its own widths alone and without points for its rows. */
  JobConfig subset(DataConfig rows, ContractionConfig other) {
    return new JobConfig(
        rows,
        preprocess,
        network,
        noiseVariance,
        evidence,
        autoWidth,
        List.of(),
        other,
        Optional.empty(),
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
