package finitewidth.report.fit;

import finitewidth.report.page.Numbers;
import finitewidth.report.page.Section;
import finitewidth.report.summary.FitSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** What the training targets say of the width. */
final class EvidenceSection {
  private EvidenceSection() {}

  static Section of(FitResults results) {
    FitSummary summary = results.summary();
    WidthCurve curve = results.curve();
    boolean sampled = DoubleStream.of(curve.logEvidenceError()).anyMatch(e -> e > 0);
    WidthScore score =
        new WidthScore(
            "evidence-by-width",
            "Log evidence",
            "Log evidence of the training targets, nats",
            curve.logEvidence(),
            true,
            sampled ? Optional.of(curve.logEvidenceError()) : Optional.empty());
    List<String> words = new ArrayList<>();
    words.add(results.words().evidence());
    summary
        .hyperparameters()
        .width()
        .ifPresent(
            width ->
                words.add(
                    "Width by evidence: "
                        + Numbers.shown(width.byEvidence())
                        + (width.byNlpd().isPresent()
                            ? "; by the test rows' nlpd: " + Numbers.shown(width.byNlpd())
                            : "")
                        + (width.poorlyDetermined()
                            ? ". The training targets do not tell it well."
                            : ".")));
    return Section.of(
        "evidence",
        "Evidence by width",
        words,
        score.figure(
            results,
            ReportedScores.of(
                summary,
                own -> OptionalDouble.of(own.logEvidence()),
                at -> OptionalDouble.of(at.logEvidence()),
                OptionalDouble.of(summary.nngp().logEvidence())),
            ReportedScores.firstOrder(
                summary,
                at -> OptionalDouble.of(at.logEvidence()),
                OptionalDouble.of(summary.nngp().logEvidence()))));
  }
}
