package finitewidth.job.fit;

import finitewidth.inference.Posterior;
import finitewidth.inference.Validity;
import finitewidth.inference.work.Counted;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.Networks;
import finitewidth.job.score.Score;
import finitewidth.job.score.ScoreBoard;
import finitewidth.job.score.ScoredRows;
import finitewidth.job.train.WidthReport;
import finitewidth.posterior.LogEvidence;
import finitewidth.prior.Widths;
import finitewidth.report.summary.FitSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** The choices of widths of a fit, their scores, and how they are told. */
public final class FitReport {
  private final JobConfig config;
  private final List<Widths> choices;
  private final List<Score> scores;
  private final ScoreBoard board;
  private final LogEvidence evidence;
  private final Optional<WidthReport> width;
  private final Validity validity;

  private FitReport(
      JobConfig config,
      List<Score> scores,
      ScoreBoard board,
      LogEvidence evidence,
      Optional<WidthReport> width,
      Validity validity) {
    this.config = config;
    this.choices = Networks.choices(config);
    this.scores = scores;
    this.board = board;
    this.evidence = evidence;
    this.width = width;
    this.validity = validity;
  }

  /**
   * The report, once the width is chosen where it was to be.
   *
   * @param board has scored {@link Networks#choices}
   * @param targets P·m
   */
  static FitReport of(JobConfig config, ScoreBoard board, Posterior posterior, long targets) {
    LogEvidence evidence = posterior.logEvidence();
    List<Score> scores = board.scores();
    Optional<WidthReport> width =
        WidthReport.of(config, scores, board.infiniteWhereCorrected(), evidence, targets);
    if (width.isEmpty() || !config.autoWidth()) {
      return new FitReport(config, scores, board, evidence, width, posterior.validity());
    }
    List<Score> resolved = new ArrayList<>(scores);
    int chosen = config.widths().indexOf(width.get().choice().byEvidence());
    resolved.set(1, scores.get(2 + chosen));
    return new FitReport(
        width.get().resolved(config), resolved, board, evidence, width, posterior.validity());
  }

  /** The job, with the width that was chosen. */
  JobConfig config() {
    return config;
  }

  Optional<FitSummary.Width> widthSummary() {
    return width.map(WidthReport::summary);
  }

  FitSummary.Order0 order0(double dataFit) {
    Score score = scores.get(0);
    return new FitSummary.Order0(
        score.rmse(), score.nlpd(), score.accuracy(), evidence.nngp(), dataFit);
  }

  /** Infinite width over the corrected rows, where those are not all. */
  Optional<FitSummary.OnRows> order0OnCorrected() {
    Score score = board.infiniteWhereCorrected();
    return score.rows() == scores.get(0).rows()
        ? Optional.empty()
        : Optional.of(
            new FitSummary.OnRows(score.rows(), score.rmse(), score.nlpd(), score.accuracy()));
  }

  /** What the network's widths add; empty where they are not read. */
  OptionalDouble deltaLogEvidence() {
    return evidence.isOrderZero()
        ? OptionalDouble.empty()
        : OptionalDouble.of(evidence.delta(choices.get(1)));
  }

  FitSummary.Corrected corrected() {
    Score score = scores.get(1);
    return new FitSummary.Corrected(
        score.rmse(), score.nlpd(), score.accuracy(), logEvidence(1), score.outside());
  }

  List<FitSummary.AtWidth> widths() {
    List<FitSummary.AtWidth> widths = new ArrayList<>();
    for (int c = 2; c < choices.size(); c++) {
      Score score = scores.get(c);
      widths.add(
          new FitSummary.AtWidth(
              choices.get(c).width(0),
              score.rmse(),
              score.nlpd(),
              score.accuracy(),
              logEvidence(c),
              score.outside()));
    }
    return widths;
  }

  /**
   * First order at the widths that are reported, where it was a step on the way; none otherwise.
   *
   * @param step its log evidence
   */
  List<FitSummary.FirstOrder> firstOrder(Optional<LogEvidence> step) {
    List<Score> steps = board.firstOrderScores();
    List<FitSummary.FirstOrder> found = new ArrayList<>();
    for (int c = 1; c < steps.size(); c++) {
      Score score = steps.get(c);
      Widths widths = c == 1 ? Networks.widths(config.network()) : choices.get(c);
      found.add(
          new FitSummary.FirstOrder(
              DoubleStream.of(widths.toArray()).boxed().toList(),
              steps.get(c).rmse(),
              score.nlpd(),
              step.orElseThrow().at(widths),
              score.outside()));
    }
    return found;
  }

  private double logEvidence(int choice) {
    return evidence.nngp() + evidence.delta(choices.get(choice));
  }

  /** How many predictions of the configured network are not to be trusted. */
  long outside() {
    return scores.get(1).outside();
  }

  /**
   * @param scale what there is to say of the output's scale
   */
  List<String> warnings(Optional<String> scale) {
    List<String> warnings = new ArrayList<>();
    // Widths to choose from are expected to reach beyond the expansion.
    int told = width.isPresent() ? 2 : choices.size();
    for (int c = 1; c < told; c++) {
      Score score = scores.get(c);
      if (score.outside() > 0) {
        warnings.add(ScoredRows.untrusted(score.outside(), score.rows(), choices.get(c), validity));
      }
      if (score.nlpd().isPresent() && Double.isNaN(score.nlpd().getAsDouble())) {
        warnings.add(
            "no nlpd at "
                + (evidence.isOrderZero() ? "infinite width" : "hidden widths " + choices.get(c))
                + ": a predictive variance is not positive there");
      }
    }
    if (board.unknown() > 0) {
      warnings.add(
          Counted.of(board.unknown(), "test row")
              + (board.unknown() == 1 ? " is" : " are")
              + " of a class that no training row has, such as \""
              + board.unknownClass()
              + "\", and cannot be predicted right");
    }
    scale.ifPresent(warnings::add);
    width.ifPresent(report -> warnings.addAll(report.warnings(config)));
    return warnings.stream().distinct().toList();
  }

  /** A line for each choice of widths. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    int told = evidence.isOrderZero() ? 1 : choices.size();
    for (int c = 0; c < told; c++) {
      lines.add(
          line(
              c == 0 ? "∞ (NNGP)" : choices.get(c).toString(),
              scores.get(c),
              OptionalDouble.of(logEvidence(c)),
              validity));
      if (c == 0 && order0OnCorrected().isPresent()) {
        Score where = board.infiniteWhereCorrected();
        lines.add(line("∞, " + Counted.of(where.rows(), "row"), where, validity));
      }
    }
    width.ifPresent(report -> lines.addAll(report.lines()));
    return lines.stream().distinct().toList();
  }

  /** A line for one choice of widths without its evidence. */
  public static String line(String widths, Score score, Validity validity) {
    return line(widths, score, OptionalDouble.empty(), validity);
  }

  private static String line(
      String widths, Score score, OptionalDouble evidence, Validity validity) {
    StringBuilder line = new StringBuilder();
    line.append(String.format("%-22s", "widths " + widths));
    append(line, "rmse", score.rmse());
    append(line, "nlpd", score.nlpd());
    append(line, "accuracy", score.accuracy());
    append(line, "log evidence", evidence);
    if (score.outside() > 0) {
      line.append("  ").append(validity.failing()).append(" ").append(score.outside());
    }
    return line.toString();
  }

  private static void append(StringBuilder line, String name, OptionalDouble value) {
    value.ifPresent(
        number -> {
          String shown =
              Double.isNaN(number) ? "unknown" : String.format(Locale.ROOT, "%.5g", number);
          line.append(String.format(Locale.ROOT, "  %s %10s", name, shown));
        });
  }
}
