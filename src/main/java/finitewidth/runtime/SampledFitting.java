package finitewidth.runtime;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.montecarlo.DrawnPosterior;
import finitewidth.inference.montecarlo.Estimates;
import finitewidth.inference.montecarlo.SampledContraction;
import finitewidth.inference.montecarlo.SampledPosterior;
import finitewidth.inference.montecarlo.SampledProblem;
import finitewidth.inference.montecarlo.StoppingRule;
import finitewidth.inference.work.Messages;
import finitewidth.inference.work.Progress;
import finitewidth.linalg.NumericsException;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Widths;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Fits by the sampled engine: draws for some rows, in rounds, until their corrected means are known
 * well enough. Rows that come later are predicted with the draws that were settled on.
 */
public final class SampledFitting implements AutoCloseable {

  /**
   * What to settle on.
   *
   * @param widths of the hidden layers; a guess at them where they are decided on later
   * @param tolerance largest standard error of δμ, in standard deviations of the NNGP posterior
   * @param seed of the draws
   * @param maxDraws most draws of each hidden layer
   * @param strict whether missing the tolerance is an error
   */
  public record Settings(
      Widths widths, double tolerance, long seed, long maxDraws, boolean strict) {}

  private final Settings settings;
  private final Messages messages;
  private final StoppingRule rule;
  private final Shared<SampledPosterior> posterior;
  private final long count;
  private Optional<Settled> settled = Optional.empty();

  /** How it ended. */
  private record Settled(DrawnPosterior drawn, long[] draws, double error) {}

  /**
   * @param count rows that will be drawn for, for estimates of costs
   */
  public SampledFitting(
      JavaSparkContext spark,
      NngpPosterior nngp,
      ContractionProblem contraction,
      Settings settings,
      long count,
      Messages messages) {
    this.settings = settings;
    this.count = count;
    this.messages = messages;
    long most = settings.maxDraws();
    int perBatch = SampledProblem.drawsPerBatch(contraction, most, StoppingRule.FIRST_BATCHES);
    SampledProblem problem =
        new SampledProblem(contraction, nngp.cholesky(), settings.seed(), perBatch);
    rule =
        new StoppingRule(
            settings.tolerance(),
            settings.widths(),
            (int)
                Math.min(Integer.MAX_VALUE, Math.max(StoppingRule.FIRST_BATCHES, most / perBatch)));
    posterior = Shared.of(spark, new SampledPosterior(nngp, SampledContraction.of(problem)));
  }

  /** What draws share. */
  public Shared<SampledPosterior> posterior() {
    return posterior;
  }

  /**
   * Draws in rounds until the rule says stop, unless the whole will cost more than a limit after
   * the first.
   *
   * @param job the rows that the rule looks at
   * @param limit core seconds
   * @return whether it was worth while
   * @throws NumericsException if the tolerance is not met and must be
   */
  public boolean settle(SampledJob job, double limit) {
    SampledContraction contraction = posterior.value().contraction();
    double[] deviations = job.deviations();
    double[] costs = new double[contraction.problem().sources()];
    for (int s = 0; s < costs.length; s++) {
      costs[s] = contraction.operations(s, count);
    }
    int[] batches = rule.first(costs.length);
    for (int round = 1; ; round++) {
      draw(job, batches, "round " + round);
      Estimates estimates = job.estimates();
      double reached = rule.error(estimates, deviations);
      if (round == 1 && Double.isFinite(limit) && !cheaper(estimates, deviations, costs, limit)) {
        return false;
      }
      int[] next = rule.next(estimates, deviations, costs);
      boolean done = Arrays.equals(next, batches);
      tell(estimates, reached, done);
      if (done) {
        finish(estimates, batches, reached);
        return true;
      }
      batches = next;
    }
  }

  private void finish(Estimates estimates, int[] batches, double reached) {
    if (settings.strict() && !(reached <= rule.tolerance())) {
      throw new NumericsException(
          "{TOLERANCE} = "
              + rule.tolerance()
              + " is not met within {MAX_DRAWS} = "
              + settings.maxDraws()
              + " (reached "
              + String.format(Locale.ROOT, "%.3g", reached)
              + ") and {STRICT}=true; raise either, or set {STRICT}=false to have it reported");
    }
    settled =
        Optional.of(
            new Settled(
                new DrawnPosterior(
                    posterior.value(), batches, posterior.value().logEvidence(estimates)),
                IntStream.range(0, batches.length).mapToLong(estimates::draws).toArray(),
                reached));
  }

  private boolean cheaper(Estimates estimates, double[] deviations, double[] costs, double limit) {
    double[] wanted = rule.wanted(estimates, deviations, costs);
    double operations = 0;
    boolean allowed = true;
    for (int s = 0; s < wanted.length; s++) {
      operations += wanted[s] * costs[s];
      allowed &= wanted[s] <= rule.mostBatches();
    }
    operations *= posterior.value().contraction().problem().drawsPerBatch();
    double estimate = operations / EngineCost.OPERATIONS_PER_SECOND;
    boolean cheaper = allowed && estimate < limit;
    messages.say(
        String.format(
            Locale.ROOT,
            "{ENGINE} = auto: exact about %.0f core seconds, sampled to %.3g about %.0f%s: %s",
            limit,
            rule.tolerance(),
            estimate,
            allowed ? "" : " and more than {MAX_DRAWS}",
            cheaper ? "sampled" : "exact"));
    return cheaper;
  }

  private void tell(Estimates estimates, double reached, boolean done) {
    String end = reached <= rule.tolerance() ? "there" : "by {MAX_DRAWS}";
    long[] sofar = IntStream.range(0, estimates.sources()).mapToLong(estimates::draws).toArray();
    messages.say(
        String.format(
            Locale.ROOT,
            "draws by layer %s: standard error of the mean %.3g of the NNGP deviation for 95 %% of"
                + " the test rows, goal %.3g%s",
            Arrays.toString(sofar),
            reached,
            rule.tolerance(),
            done ? "; stopped " + end : ""));
  }

  private void draw(SampledJob job, int[] batches, String what) {
    job.extend(
        batches,
        new Progress(
            messages.progress(), "sampled contraction, " + what, job.missing(batches), "draws"));
  }

  /** The draws that were settled on, for other rows. */
  public void drawSettled(SampledJob job, String what) {
    draw(job, drawn().batches(), what);
  }

  /** The posterior with the draws that were settled on. */
  public DrawnPosterior drawn() {
    return settled().drawn();
  }

  /** Draws of each source layer. */
  public long[] draws() {
    return settled().draws();
  }

  /** The error that the rule looked at in the end. */
  public double error() {
    return settled().error();
  }

  /**
   * That error at other widths, a multiple of those that were settled at: all corrections go with
   * their inverse.
   */
  public double error(Widths widths) {
    return error() / widths.over(settings.widths());
  }

  /** Whether the tolerance was met, at the widths that were settled at. */
  public boolean met() {
    return error() <= rule.tolerance();
  }

  private Settled settled() {
    return settled.orElseThrow(() -> new IllegalStateException("nothing is settled yet"));
  }

  /**
   * What the user should know, with codes for settings.
   *
   * @param rows what the rule looked at, in words
   * @param widths that were decided on since, a multiple of those that were settled at
   */
  public List<String> warnings(String rows, Widths widths) {
    double error = error(widths);
    if (error <= rule.tolerance()) {
      return List.of();
    }
    if (met()) {
      return List.of(
          String.format(
              Locale.ROOT,
              "at the width that was chosen, %s, the standard error of the mean is %.3g of the NNGP"
                  + " deviation for 95 %% of the %s, above {TOLERANCE} = %s; set {HIDDEN_WIDTHS} to"
                  + " it to have it met",
              widths,
              error,
              rows,
              rule.tolerance()));
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "{MAX_DRAWS} = %d was reached before {TOLERANCE} = %s: the standard error of the mean"
                + " is %.3g of the NNGP deviation for 95 %% of the %s",
            settings.maxDraws(),
            rule.tolerance(),
            error,
            rows));
  }

  @Override
  public void close() {
    posterior.destroy();
  }
}
