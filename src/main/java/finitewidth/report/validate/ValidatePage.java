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
    facts.put("Networks of each width", Long.toString(summary.draws()));
    facts.put("Engine of the correction", validation.corrected().engine());
    facts.put("finite-width", summary.version());
    Map<String, Double> phases = new LinkedHashMap<>();
    phases.put("Start and reading", summary.seconds().read());
    phases.put("Correction", summary.seconds().correct());
    phases.put("Drawing networks", summary.seconds().draw());
    return new Page(
            "Validation on " + data,
            "The corrected posterior and that of infinite width (NNGP) beside the exact posterior"
                + " of finite networks, drawn on a subset of the rows.",
            facts,
            summary.warnings(),
            sections(outputs, summary, validation, phases))
        .html();
  }

  private static List<Section> sections(
      List<String> outputs,
      ValidateSummary summary,
      Validation validation,
      Map<String, Double> phases) {
    List<Section> sections = new ArrayList<>();
    sections.add(VerdictSection.of(validation));
    sections.add(RemainderSection.of(validation));
    DrawnKernelSection.of(outputs, validation).ifPresent(sections::add);
    sections.add(SampleSizeSection.of(validation));
    sections.add(TestRowSection.of(outputs, validation));
    sections.add(TimingSection.of(phases, summary.seconds().total(), List.of()));
    return sections;
  }
}
