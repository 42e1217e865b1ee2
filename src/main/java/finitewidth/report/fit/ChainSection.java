package finitewidth.report.fit;

import finitewidth.report.page.Numbers;
import finitewidth.report.page.Section;
import finitewidth.report.page.Table;
import finitewidth.report.summary.ChainsSummary;
import finitewidth.report.summary.FitSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the Markov chains went, and what speaks against them. */
final class ChainSection {
  private ChainSection() {}

  static Optional<Section> of(FitSummary summary) {
    List<ChainsSummary> all = summary.chains();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    words.add(
        "The posterior is that of networks of these widths, by Markov chains over their hidden"
            + " weights. Chains agree where R-hat is near 1; effective draws are what their draws"
            + " would be worth if they were independent.");
    for (ChainsSummary one : all) {
      String of = "At widths " + Numbers.widths(one.widths()) + " ";
      if (!one.converged()) {
        words.add(of + "they have not converged: " + String.join("; ", one.failures()) + ".");
      }
      if (Double.isNaN(one.logEvidence())) {
        words.add(
            of + "there is no log evidence: " + String.join("; ", one.logEvidenceFailures()) + ".");
      } else if (!one.logEvidenceConverged()) {
        words.add(
            "%sthe log evidence is known to lie about between %s and %s only: %s."
                .formatted(
                    of,
                    Numbers.shown(one.logEvidenceLowerBound()),
                    Numbers.shown(one.logEvidenceUpperBound()),
                    String.join("; ", one.logEvidenceFailures())));
      }
    }
    if (all.stream().allMatch(one -> one.converged() && one.logEvidenceConverged())) {
      words.add("Nothing speaks against any of them.");
    }
    return Optional.of(Section.of("chains", "Chains", words, table(all)));
  }

  private static Table table(List<ChainsSummary> all) {
    Table.Builder table =
        Table.of(
            "Widths",
            "Chains",
            "Iterations",
            "Stopped by",
            "R-hat",
            "Largest R-hat",
            "Effective draws",
            "of the median prediction",
            "Log evidence",
            "Standard error",
            "Information, nats",
            "Converged");
    for (ChainsSummary one : all) {
      table.row(
          Numbers.widths(one.widths()),
          (long) one.chains(),
          (long) one.iterations(),
          one.stoppedBy(),
          one.logLikelihoodRhat(),
          one.largestRhat().orElse(Double.NaN),
          one.effectiveDraws(),
          one.medianEffectiveDraws().orElse(Double.NaN),
          one.logEvidence(),
          one.logEvidenceStandardError(),
          one.information(),
          one.converged());
    }
    return table.table();
  }
}
