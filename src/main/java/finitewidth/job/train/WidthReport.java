package finitewidth.job.train;

import finitewidth.evidence.WidthChoice;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.PosteriorConfig;
import finitewidth.job.score.Score;
import finitewidth.posterior.LogEvidence;
import finitewidth.prior.Widths;
import finitewidth.report.summary.FitSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Which of the reported widths evidence favours and which the test rows, and how that is told. */
public record WidthReport(WidthChoice choice, PosteriorConfig.Method method) {

  /**
   * Chooses among {@code config.widths()}.
   *
   * @param scores of {@code Networks.choices(config)}, in that order
   * @param infinite the score of infinite width on the rows that the others are scored on
   * @param targets P·m
   * @return empty where nothing is to be chosen, or evidence is known of no width
   */
  public static Optional<WidthReport> of(
      JobConfig config, List<Score> scores, Score infinite, LogEvidence evidence, long targets) {
    if ((config.evidence().isEmpty() && !config.autoWidth()) || config.widths().isEmpty()) {
      return Optional.empty();
    }
    int first = scores.size() - config.widths().size();
    List<WidthChoice.Candidate> candidates = new ArrayList<>();
    for (int w = 0; w < config.widths().size(); w++) {
      Score score = scores.get(first + w);
      Widths widths =
          Widths.uniform(config.network().hiddenWidths().size(), config.widths().get(w));
      candidates.add(
          new WidthChoice.Candidate(
              config.widths().get(w),
              evidence.delta(widths),
              evidence.error(widths),
              (double) score.outside() / score.rows(),
              score.nlpd()));
    }
    if (candidates.stream().allMatch(candidate -> Double.isNaN(candidate.shift()))) {
      return Optional.empty();
    }
    return Optional.of(
        new WidthReport(
            config.posterior().isAtAllWidths()
                ? WidthChoice.of(candidates, targets, infinite.nlpd())
                : WidthChoice.highest(candidates, infinite.nlpd()),
            config.posterior().method()));
  }

  /**
   * The job with a width for what must be known before there is a choice, such as when to stop
   * drawing: half the number of training targets, about where first order ends on the sets of
   * benchmarks/uci.md.
   *
   * @param targets P·m
   */
  static JobConfig withReference(JobConfig config, long targets) {
    if (!config.autoWidth()) {
      return config;
    }
    // Where each width is a computation of its own, one of those that are computed anyway.
    long reference =
        config.posterior().contracts()
            ? Math.max(1, targets / 2)
            : config.widths().get(0).longValue();
    return config.with(config.network().withWidth(reference), config.noiseVariance());
  }

  /** The job with the width that was chosen, where it was to be. */
  public JobConfig resolved(JobConfig config) {
    return config.autoWidth()
        ? config.with(
            config.network().withWidth((long) choice.byEvidence()), config.noiseVariance())
        : config;
  }

  public FitSummary.Width summary() {
    boolean infinite =
        choice.byDensity().isPresent() && Double.isInfinite(choice.byDensity().getAsDouble());
    return new FitSummary.Width(
        choice.byEvidence(),
        choice.reason().name().toLowerCase(Locale.ROOT),
        choice.gain(),
        choice.gainError(),
        choice.poorlyDetermined(),
        infinite ? OptionalDouble.empty() : choice.byDensity(),
        choice.byDensity().isPresent() ? Optional.of(infinite) : Optional.empty());
  }

  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "width by evidence %.0f: log evidence %+.4g%s from infinite width; %s",
            choice.byEvidence(),
            choice.gain(),
            choice.gainError() > 0 ? String.format(Locale.ROOT, " ± %.2g", choice.gainError()) : "",
            explained()));
    choice
        .byDensity()
        .ifPresent(
            width ->
                lines.add(
                    "width by nlpd of the test rows "
                        + (Double.isInfinite(width)
                            ? "∞ (NNGP)"
                            : String.format(Locale.ROOT, "%.0f", width))));
    return lines;
  }

  private String explained() {
    return switch (choice.reason()) {
      case EXPANSION ->
          "it grows towards narrower networks, "
              + switch (method) {
                case FIRST_ORDER -> "which are outside the expansion";
                case RENORMALISED -> "where the rest that is left to first order is not small";
                case ADAPTIVE, DEEP_KERNEL -> "where the adapted kernel does not hold";
                case NETWORKS, ENSEMBLE, LINEAR, PROPORTIONAL, NNGP ->
                    "whose evidence is not known well enough";
              };
      case NARROWEST -> "it grows towards narrower networks than there are in widths";
      case WIDEST -> "the training targets favour infinite width";
      case UNDETERMINED -> "the training targets do not tell it from narrower ones";
      case HIGHEST -> "narrower and wider networks have less";
      case NONE -> "no width of the list can be trusted";
    };
  }

  public List<String> warnings(JobConfig config) {
    return config.autoWidth() && choice.reason() == WidthChoice.Reason.NONE
        ? List.of(
            config.posterior().contracts()
                ? "network.hidden-widths = auto: no width of the list is within the expansion, so"
                    + " the widest was taken; add wider ones to widths, or raise"
                    + " evidence.noise-floor"
                : "network.hidden-widths = auto: the log evidence of no width of the list is known"
                    + " well enough, so the widest was taken; draw more, or take fewer rows")
        : List.of();
  }
}
