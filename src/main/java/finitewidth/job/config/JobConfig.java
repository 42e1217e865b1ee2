package finitewidth.job.config;

import com.fasterxml.jackson.annotation.JacksonInject;
import finitewidth.data.DataConfig;
import finitewidth.evidence.WidthChoice;
import finitewidth.inference.networks.HyperparameterPrior;
import finitewidth.settings.Key;
import java.io.File;
import java.util.List;
import java.util.Optional;

/**
 * A job, complete and checked.
 *
 * @param network with equal widths that mean nothing where they are to be chosen
 * @param noiseVariance in units of the preprocessed target, squared
 * @param hyperparameters whether they are fitted or sampled
 * @param search how they would be fitted
 * @param hidden widths of the layers; empty where they are to be chosen
 * @param reported uniform widths as they were given
 * @param points how many stand for the training rows
 * @param choice how they would be chosen
 * @param strict whether leaving the width expansion's range ends the job
 */
public record JobConfig(
    @JacksonInject DataConfig data,
    @JacksonInject PreprocessConfig preprocess,
    @JacksonInject NetworkConfig network,
    @From(Key.NOISE_VARIANCE) double noiseVariance,
    @From(Key.HYPERPARAMETERS) Hyperparameters hyperparameters,
    @JacksonInject EvidenceConfig search,
    @From(value = Key.HIDDEN_WIDTHS, orStandard = true) Optional<List<Long>> hidden,
    @From(Key.WIDTHS) List<Double> reported,
    @JacksonInject PosteriorConfig posterior,
    @JacksonInject ContractionConfig contraction,
    @From(Key.INDUCING_POINTS) Optional<Integer> points,
    @JacksonInject InducingConfig choice,
    @JacksonInject OutputConfig output,
    @JacksonInject FlowConfig flow,
    @From(Key.STRICT) boolean strict) {
  /** Widths to choose from where each is a computation of its own. */
  private static final List<Double> DRAWN = List.of(8.0, 16.0, 32.0, 64.0, 128.0, 256.0);

  /** For infinite width, where chains leave training rows where they are. */
  private static final int POINTS = 256;

  /** Where variances and noise come from. */
  public enum Hyperparameters {
    /** They are as configured. */
    FIXED,
    /** They are those of the highest evidence. */
    EVIDENCE,
    /** Chains move them with the weights. */
    SAMPLED
  }

  public JobConfig {
    reported = List.copyOf(reported);
    Refusal.unless(noiseVariance >= 0, Key.NOISE_VARIANCE);
    Refusal.unless(reported.stream().allMatch(w -> w > 0) && Refusal.differ(reported), Key.WIDTHS);
    Refusal.when(
        points.isPresent() && noiseVariance == 0,
        Key.NOISE_VARIANCE,
        "with inducing-points a number above 0 is needed");
    Refusal.when(
        hidden.isEmpty()
            && !reported.stream().allMatch(w -> w == Math.rint(w) && w <= NetworkConfig.WIDEST),
        Key.WIDTHS,
        "network.hidden-widths = auto chooses from them: whole numbers are needed");
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
    DataKeys.read(binder, verb);
    binder.bind(PreprocessConfig.class, NetworkConfig.class, EvidenceConfig.class);
    binder.bind(ChainsConfig.class, PosteriorConfig.class, ContractionConfig.class);
    binder.bind(InducingConfig.class, FlowConfig.class);
    binder.bind(Quantiles.class, OutputConfig.class);
    JobConfig job = binder.bind(JobConfig.class);
    job.check(verb);
    return job;
  }

  /** Refuses what the verb cannot do. */
  private void check(Verb verb) {
    boolean fit = verb == Verb.FIT;
    if (fit) {
      output.check(data.columns());
    }
    priors().forEach(prior -> contraction.check(verb, prior, flow));
    flow.check(network);
    checkSampled(verb);
    posterior.check(this, verb);
    Refusal.when(
        fit
            && !output.quantiles().isNone()
            && contraction.quantities() == ContractionConfig.Quantities.MEAN,
        Key.PREDICT_QUANTILES,
        "needs variances; set contraction.quantities = all");
    Refusal.when(
        fit && points.isPresent() && output.hiddenKernels(),
        Key.OUTPUT_HIDDEN_KERNELS,
        "with inducing-points there are no kernels of training rows; accepted is false");
    Refusal.when(
        autoWidth() && verb == Verb.FLOW,
        Key.HIDDEN_WIDTHS,
        "flow has no targets to choose widths by; set a list");
  }

  /** Refuses sampled hyperparameters where nothing samples them; validate has those given. */
  private void checkSampled(Verb verb) {
    if (hyperparameters != Hyperparameters.SAMPLED || verb != Verb.FIT) {
      return;
    }
    Refusal.when(
        posterior.method() != PosteriorConfig.Method.NETWORKS,
        Key.HYPERPARAMETERS,
        "chains sample them, and posterior.method = %s has none; set posterior.method = networks,"
            + " or hyperparameters = fixed or evidence",
        Words.of(posterior.method()));
  }

  /** How hyperparameters are fitted; empty where they are not. */
  public Optional<EvidenceConfig> evidence() {
    return hyperparameters == Hyperparameters.EVIDENCE ? Optional.of(search) : Optional.empty();
  }

  /** What is thought of hyperparameters before data, where chains sample them. */
  public Optional<HyperparameterPrior> sampled() {
    return hyperparameters == Hyperparameters.SAMPLED
        ? Optional.of(search.prior())
        : Optional.empty();
  }

  /** Whether the hidden layers' common width is to be chosen from {@link #widths()}. */
  public boolean autoWidth() {
    return hidden.isEmpty();
  }

  /** Uniform hidden widths to report beside the network's own; none of infinite width alone. */
  public List<Double> widths() {
    if (posterior.isInfinite()) {
      return List.of();
    }
    boolean chosen = hyperparameters == Hyperparameters.EVIDENCE || autoWidth();
    if (!chosen || !reported.isEmpty()) {
      return reported;
    }
    if (posterior.contracts()) {
      return posterior.isAtAllWidths() ? WidthChoice.grid() : WidthChoice.narrowGrid();
    }
    if (posterior.scales()) {
      return WidthChoice.narrowGrid();
    }
    return autoWidth() ? DRAWN : List.of();
  }

  /** Points that stand for the training rows; empty where all rows are conditioned on. */
  public Optional<InducingConfig> inducing() {
    return points.map(count -> choice);
  }

  /** Networks of which the exact log evidence is to choose one; none where it is not. */
  public List<NetworkConfig> candidates() {
    return choosesNetworks() && !isDistributed() ? search.candidates() : List.of();
  }

  /** Whether the exact log evidence is asked to choose a network. */
  public boolean choosesNetworks() {
    return posterior.method() == PosteriorConfig.Method.NETWORKS
        && hyperparameters != Hyperparameters.EVIDENCE
        && search.isChoice();
  }

  /** The networks that may come to be used. */
  List<NetworkConfig> priors() {
    List<NetworkConfig> networks = candidates();
    return networks.isEmpty()
        ? evidence().map(EvidenceConfig::candidates).orElse(List.of(network))
        : networks;
  }

  /** Whether chains leave training rows where they are. */
  public boolean isDistributed() {
    return posterior.isDistributed() && points.isPresent();
  }

  /**
   * The same job, whose chains leave training rows where they are, with points for infinite width.
   *
   * @param rows that there are to choose points from
   */
  public JobConfig distributed(long rows) {
    int used = points.orElse((int) Math.min(rows, POINTS));
    return new JobConfig(
        data,
        preprocess,
        network,
        noiseVariance,
        hyperparameters,
        search,
        hidden,
        reported,
        posterior.distributed(),
        contraction,
        Optional.of(used),
        choice.with(used),
        output,
        flow,
        strict);
  }

  /** The same job with hyperparameters as they are given, where they would be sampled. */
  public JobConfig unsampled() {
    return sampled().isEmpty() ? this : with(Hyperparameters.FIXED, posterior);
  }

  /** The same job by another method. */
  public JobConfig by(PosteriorConfig.Method method) {
    return with(hyperparameters, posterior.by(method));
  }

  private JobConfig with(Hyperparameters others, PosteriorConfig way) {
    return new JobConfig(
        data,
        preprocess,
        network,
        noiseVariance,
        others,
        search,
        hidden,
        reported,
        way,
        contraction,
        points,
        choice,
        output,
        flow,
        strict);
  }

  /** The same job with another engine. */
  public JobConfig with(ContractionConfig.Engine engine) {
    return with(data, network, noiseVariance, contraction.with(engine), points);
  }

  /** The same job with another prior. */
  public JobConfig with(NetworkConfig other, double noise) {
    return with(data, other, noise, contraction, points);
  }

  /** The same job on other rows, without points for them. */
  JobConfig subset(DataConfig rows, ContractionConfig other) {
    return with(rows, network, noiseVariance, other, Optional.empty());
  }

  private JobConfig with(
      DataConfig rows,
      NetworkConfig prior,
      double noise,
      ContractionConfig contracted,
      Optional<Integer> standing) {
    return new JobConfig(
        rows,
        preprocess,
        prior,
        noise,
        hyperparameters,
        search,
        hidden,
        reported,
        posterior,
        contracted,
        standing,
        choice,
        output,
        flow,
        strict);
  }
}
