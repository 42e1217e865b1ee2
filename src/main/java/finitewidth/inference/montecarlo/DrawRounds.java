package finitewidth.inference.montecarlo;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.Cost;
import finitewidth.inference.work.Messages;
import finitewidth.inference.work.Progress;
import finitewidth.inference.work.Runtime;
import finitewidth.inference.work.Shared;
import finitewidth.linalg.NumericsException;
import finitewidth.posterior.NngpPosterior;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Fits by the sampled engine: draws for some rows, in rounds, until their corrected means are known
 * well enough. Rows that come later are predicted with the draws that were settled on.
 */
final class DrawRounds implements AutoCloseable {

  private final Sampling settings;
  private final Messages messages;
  private final StoppingRule rule;
  private final Shared<DrawnAssembly> posterior;
  private final long count;
  private Optional<Settled> settled = Optional.empty();

  /**
   * How it ended.
   *
   * @param draws of each source layer
   * @param error that the rule looked at in the end
   */
  record Settled(Sampling settings, DrawnPosterior drawn, long[] draws, double error) {}

  /**
   * @param count rows that will be drawn for, for estimates of costs
   */
  DrawRounds(
      Runtime runtime,
      NngpPosterior nngp,
      ContractionProblem contraction,
      Sampling settings,
      long count) {
    this.settings = settings;
    this.count = count;
    messages = runtime.messages();
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
    posterior = runtime.share(new DrawnAssembly(nngp, SampledContraction.of(problem)));
  }

  /** What draws share. */
  Shared<DrawnAssembly> posterior() {
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
  boolean settle(SampledJob job, double limit) {
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
          """
          {TOLERANCE} = %s is not met within {MAX_DRAWS} = %s (reached %s) and {STRICT}=true; \
          raise either, or set {STRICT}=false to have it reported\
          """
              .formatted(
                  rule.tolerance(),
                  settings.maxDraws(),
                  String.format(Locale.ROOT, "%.3g", reached)));
    }
    settled =
        Optional.of(
            new Settled(
                settings,
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
    double estimate = Cost.products(operations);
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

  /** How it ended. */
  Settled settled() {
    return settled.orElseThrow(() -> new IllegalStateException("nothing is settled yet"));
  }

  @Override
  public void close() {
    posterior.close();
  }
}
