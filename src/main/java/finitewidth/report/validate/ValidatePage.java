package finitewidth.report.validate;

import finitewidth.report.fit.FitPage;
import finitewidth.report.fit.TimingSection;
import finitewidth.report.page.Numbers;
import finitewidth.report.page.Page;
import finitewidth.report.page.Section;
import finitewidth.report.summary.ValidateSummary;
import finitewidth.report.summary.Validation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** report.html of a validate. */
public final class ValidatePage {
  private ValidatePage() {}

  /**
   * The text of the page.
   *
   * @param data name of the data
   * @param outputs target columns, or class names
   */
  public static String html(
      String data, List<String> outputs, ValidateSummary summary, Validation validation) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Training rows", Long.toString(summary.data().trainRows()));
    facts.put("Test rows", Long.toString(summary.data().testRows()));
    facts.put("Features", Integer.toString(summary.data().features()));
    facts.put("Outputs", Integer.toString(summary.data().outputs()));
    Map<String, String> network = FitPage.network(summary.network());
    network.remove("Hidden widths");
    facts.put("Hidden layers", Integer.toString(validation.network().hiddenLayers()));
    facts.putAll(network);
    facts.put("Noise variance", Numbers.shown(summary.noiseVariance()) + " (preprocessed)");
    boolean chains = ConvergenceSection.isBy(validation);
    facts.put("Exact posterior", chains ? "by chains" : "by weighted draws");
    facts.put(
        chains ? "States of all chains of a width" : "Networks of each width",
        Long.toString(summary.draws()));
    facts.put("What is judged", judged(validation.corrected().method()));
    facts.put("Its engine", validation.corrected().engine());
    facts.put("finite-width", summary.version());
    Map<String, Double> phases = new LinkedHashMap<>();
    phases.put("Start and reading", summary.seconds().read());
    phases.put("What is judged", summary.seconds().correct());
    phases.put("Exact posterior", summary.seconds().draw());
    if (validation.referee().isPresent()) {
      phases.put("Other methods", summary.seconds().others());
    }
    return new Page(
            "Validation on " + data,
            (validation.corrects()
                    ? "The corrected posterior and that of infinite width (NNGP) beside the exact"
                    : "The posterior of infinite width (NNGP) beside the exact")
                + " posterior"
                + (chains
                    ? " by chains of finite networks, on a subset of the rows."
                    : " of finite networks, drawn on a subset of the rows."),
            facts,
            summary.warnings(),
            sections(outputs, summary, validation, phases))
        .html();
  }

  /** Beside the NNGP, or that itself. */
  private static String judged(String method) {
    return switch (method) {
      case "renormalised" -> "renormalised first order";
      case "linear" -> "the posterior of deep linear networks";
      case "proportional" -> "kernel renormalisation";
      case "adaptive" -> "a kernel that adapts to the data";
      case "deep-kernel" -> "a deep kernel machine";
      case "networks" -> "the posterior by chains";
      case "ensemble" -> "the posterior by draws";
      case "nngp" -> "infinite width (NNGP)";
      default -> "first order in 1/width";
    };
  }

  private static List<Section> sections(
      List<String> outputs,
      ValidateSummary summary,
      Validation validation,
      Map<String, Double> phases) {
    List<Section> sections = new ArrayList<>();
    sections.add(VerdictSection.of(validation));
    validation.referee().map(RefereeSection::of).ifPresent(sections::add);
    sections.add(RemainderSection.of(validation));
    DrawnKernelSection.of(outputs, validation).ifPresent(sections::add);
    sections.add(
        ConvergenceSection.isBy(validation)
            ? ConvergenceSection.of(validation)
            : SampleSizeSection.of(validation));
    sections.add(TestRowSection.of(outputs, validation));
    sections.add(TimingSection.of(phases, summary.seconds().total(), List.of()));
    return sections;
  }
}
