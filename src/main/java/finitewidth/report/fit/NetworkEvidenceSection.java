package finitewidth.report.fit;

import finitewidth.report.page.Section;
import finitewidth.report.page.Table;
import finitewidth.report.summary.FitSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the training targets say of activation and depth, where there was a choice. */
final class NetworkEvidenceSection {
  private NetworkEvidenceSection() {}

  static Optional<Section> of(FitSummary summary) {
    List<FitSummary.NetworkEvidence> all = summary.hyperparameters().networks();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    words.add(
        "The log evidence of finite networks, by chains of each of them, has chosen activation and"
            + " depth.");
    all.stream()
        .filter(FitSummary.NetworkEvidence::chosen)
        .forEach(best -> words.add("It chose " + named(best) + "."));
    List<String> near =
        all.stream()
            .filter(one -> !one.chosen() && !one.separated())
            .map(NetworkEvidenceSection::named)
            .toList();
    if (!near.isEmpty()) {
      words.add(
          "Not separated from it, within a nat or two standard errors: %s."
              .formatted(String.join(", ", near)));
    }
    if (!all.stream().allMatch(FitSummary.NetworkEvidence::converged)) {
      words.add(
          "Where chains or log evidence have not converged, the standard error may be too small.");
    }
    return Optional.of(Section.of("networks", "Evidence by network", words, table(all)));
  }

  private static String named(FitSummary.NetworkEvidence one) {
    return "%s with %s%s"
        .formatted(
            one.activation(),
            one.hiddenLayers(),
            one.hiddenLayers() == 1 ? " hidden layer" : " hidden layers");
  }

  private static Table table(List<FitSummary.NetworkEvidence> all) {
    Table.Builder table =
        Table.of(
            "Activation",
            "Hidden layers",
            "Width",
            "Log evidence, nats",
            "Standard error",
            "Converged",
            "Chosen",
            "Separated");
    for (FitSummary.NetworkEvidence one : all) {
      table.row(
          one.activation(),
          (long) one.hiddenLayers(),
          one.width(),
          one.logEvidence(),
          one.standardError(),
          one.converged(),
          one.chosen(),
          one.separated());
    }
    return table.table();
  }
}
