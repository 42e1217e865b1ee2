package finitewidth.job.config;

import com.fasterxml.jackson.annotation.JacksonInject;
import finitewidth.inference.adaptive.Adaptive;
import finitewidth.inference.ensemble.EnsembleEstimate;
import finitewidth.inference.renormalised.Guarding;
import finitewidth.inference.renormalised.Renormalised;
import finitewidth.settings.Key;

/**
 * How the posterior is had.
 *
 * @param chains of each choice of widths, where the method has chains
 * @param draws networks of each choice of widths, or matrices of scales, where the method draws
 *     them
 * @param passes contractions, where the method integrates the scale
 * @param guards of what is left to first order then
 */
public record PosteriorConfig(
    @From(Key.METHOD) Method method,
    @JacksonInject ChainsConfig chains,
    @From(Key.ENSEMBLE_DRAWS) long draws,
    @From(Key.RENORMALISED_PASSES) int passes,
    @From(Key.RENORMALISED_GUARDS) Guarding guards) {

  /** A way to the posterior. */
  public enum Method {
    /** By the engines of contraction.engine, at every width. */
    FIRST_ORDER,
    /** By the same, with the scale of the output integrated, at the widths that are named. */
    RENORMALISED,
    /** Exactly for deep linear networks, at the widths that are named. */
    LINEAR,
    /** By scales of the kernels alone, at the widths that are named, for one output. */
    PROPORTIONAL,
    /** By kernels that adapt to the data, at the widths that are named. */
    ADAPTIVE,
    /** By deep kernel machines, at the widths that are named. */
    DEEP_KERNEL,
    /** By chains, at the widths that are named. */
    NETWORKS,
    /** By weighted draws, at the widths that are named. */
    ENSEMBLE,
    /** At infinite width alone. */
    NNGP
  }

  public PosteriorConfig {
    Refusal.unless(passes == 1 || passes == 2, Key.RENORMALISED_PASSES);
    Refusal.unless(
        draws >= EnsembleEstimate.GROUPS && draws <= ContractionConfig.MOST_DRAWS,
        Key.ENSEMBLE_DRAWS);
  }

  /** Whether predictions can be read at every width. */
  public boolean isAtAllWidths() {
    return method == Method.FIRST_ORDER;
  }

  /** Whether one contraction serves every width, or each is a computation of its own. */
  public boolean contracts() {
    return method == Method.FIRST_ORDER || method == Method.RENORMALISED;
  }

  /** Whether networks are drawn or have chains, so that their widths are whole. */
  public boolean drawsNetworks() {
    return method == Method.NETWORKS || method == Method.ENSEMBLE;
  }

  /** Whether scales are integrated at each width, which costs next to nothing. */
  public boolean scales() {
    return method == Method.LINEAR || method == Method.PROPORTIONAL;
  }

  /** Whether chains are to leave training rows where they are. */
  boolean isDistributed() {
    return method == Method.NETWORKS && chains.rows() == ChainsConfig.Rows.DISTRIBUTED;
  }

  /** The same with rows that chains leave where they are. */
  PosteriorConfig distributed() {
    return new PosteriorConfig(
        method, chains.with(ChainsConfig.Rows.DISTRIBUTED), draws, passes, guards);
  }

  /** The same by another method. */
  PosteriorConfig by(Method other) {
    return new PosteriorConfig(other, chains, draws, passes, guards);
  }

  /** Whether there is infinite width and nothing else, so that no width is ever read. */
  public boolean isInfinite() {
    return method == Method.NNGP;
  }

  /** Refuses what the method cannot do. */
  void check(JobConfig job, Verb verb) {
    if (isAtAllWidths() || verb == Verb.FLOW) {
      return;
    }
    if (method == Method.RENORMALISED) {
      checkRenormalised(job);
      return;
    }
    if (method == Method.ADAPTIVE || method == Method.DEEP_KERNEL) {
      checkAdaptive(job);
    } else if (isInfinite()) {
      checkInfinite(job);
    } else if (scales()) {
      ScalesCheck.of(method, job, verb);
    } else {
      checkFinite(job, verb);
    }
  }

  private static void checkInfinite(JobConfig job) {
    Refusal.when(
        job.autoWidth(),
        Key.HIDDEN_WIDTHS,
        "posterior.method = nngp is infinitely wide, so there is no width to choose; accepted is a"
            + " list, whose length is the number of hidden layers");
    Refusal.when(
        job.output().hiddenKernels(),
        Key.OUTPUT_HIDDEN_KERNELS,
        "training targets change no kernel of a hidden layer at infinite width, which is all that"
            + " posterior.method = nngp has; accepted is false");
  }

  /** Networks of some widths cannot be drawn for everything. */
  private void checkFinite(JobConfig job, Verb verb) {
    String name = Words.of(method);
    Refusal.when(
        method == Method.NETWORKS && job.noiseVariance() == 0,
        Key.NOISE_VARIANCE,
        "chains of networks need noise; a number above 0 is needed");
    checkWidths(job);
    if (verb == Verb.VALIDATE) {
      return;
    }
    Refusal.when(
        job.inducing().isPresent() && !isDistributed(),
        Key.METHOD,
        "%s needs the training rows themselves; leave inducing-points out%s",
        name,
        method == Method.NETWORKS ? ", or set networks.rows = distributed" : "");
    Refusal.when(
        isDistributed() && job.autoWidth(),
        Key.HIDDEN_WIDTHS,
        "with networks.rows = distributed there is no log evidence to choose widths by; set a"
            + " list");
    Refusal.when(
        method == Method.NETWORKS
            && !chains.evidence()
            && (job.autoWidth() || job.choosesNetworks()),
        Key.NETWORKS_EVIDENCE,
        "networks are chosen by their log evidence here; accepted is true");
    Refusal.when(
        job.output().hiddenKernels(),
        Key.OUTPUT_HIDDEN_KERNELS,
        "%s has no kernels of hidden layers; accepted is false",
        name);
    Refusal.when(
        method == Method.ENSEMBLE && !job.output().quantiles().isNone(),
        Key.PREDICT_QUANTILES,
        "%s knows means and variances alone; leave quantiles out",
        name);
  }

  private static void checkRenormalised(JobConfig job) {
    Refusal.when(
        job.contraction().quantities() == ContractionConfig.Quantities.MEAN,
        Key.QUANTITIES,
        "renormalised needs the corrections of variances; accepted is all");
    Refusal.when(
        job.data().columns().targets().names().size() > Renormalised.MOST_OUTPUTS,
        Key.METHOD,
        "%s %s; set up to %d in data.target, or posterior.method = first-order",
        Renormalised.NAME,
        Renormalised.FEW_OUTPUTS,
        Renormalised.MOST_OUTPUTS);
  }

  private void checkAdaptive(JobConfig job) {
    String name = Words.of(method);
    Refusal.when(
        job.inducing().isPresent(),
        Key.METHOD,
        "%s %s; leave inducing-points out",
        name,
        Adaptive.ROWS);
    Refusal.when(
        job.output().hiddenKernels(),
        Key.OUTPUT_HIDDEN_KERNELS,
        "%s has no kernels of hidden layers; accepted is false",
        name);
    Refusal.when(
        job.contraction().quantities() == ContractionConfig.Quantities.MEAN,
        Key.QUANTITIES,
        "%s has variances always; accepted is all",
        name);
    Refusal.when(
        job.network().activation().equals("linear"),
        Key.METHOD,
        "%s: the activation linear %s",
        name,
        Adaptive.LINEAR);
  }

  private static void checkWidths(JobConfig job) {
    Refusal.when(
        !job.widths().stream().allMatch(w -> w == Math.rint(w) && w <= ValidateConfig.WIDEST),
        Key.WIDTHS,
        "networks of these widths are to be drawn: whole numbers from 1 to %d are needed",
        ValidateConfig.WIDEST);
    Refusal.when(
        job.network().hiddenWidths().stream().anyMatch(width -> width > ValidateConfig.WIDEST),
        Key.HIDDEN_WIDTHS,
        "networks of these widths are to be drawn: whole numbers from 1 to %d are needed",
        ValidateConfig.WIDEST);
  }
}
