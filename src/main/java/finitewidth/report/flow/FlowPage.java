package finitewidth.report.flow;

import finitewidth.report.fit.FitPage;
import finitewidth.report.fit.TimingSection;
import finitewidth.report.page.Page;
import finitewidth.report.page.Section;
import finitewidth.report.summary.FitSummary;
import finitewidth.report.summary.FlowSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** report.html of a flow. */
public final class FlowPage {
  private FlowPage() {}

  /** The text of the page. */
  public static String html(FlowResults results) {
    FlowSummary summary = results.summary();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Inputs", Integer.toString(summary.inputs()));
    facts.put("Features", Integer.toString(summary.features()));
    facts.putAll(
        FitPage.network(
            new FitSummary.Network(
                summary.activation(),
                summary.negativeSlope(),
                summary.hiddenWidths(),
                summary.biasVariance(),
                summary.weightVariance())));
    facts.put("finite-width", summary.version());
    Map<String, Double> phases = new LinkedHashMap<>();
    phases.put("Start and reading", summary.seconds().read());
    phases.put("Flow", summary.seconds().flow());
    List<Section> sections = new ArrayList<>();
    sections.add(DepthSection.of(results));
    sections.add(PairSection.of(results.pairs()));
    if (!results.densities().isEmpty()) {
      sections.add(DensitySection.of(results.densities()));
    }
    sections.add(TimingSection.of(phases, summary.seconds().total(), List.of()));
    return new Page(
            "Flow of " + results.data(),
            "How the prior over networks of finite width changes from layer to layer: kernel K,"
                + " self-energy S and four-point vertex V, to first order in 1/width.",
            facts,
            results.warnings(),
            sections)
        .html();
  }
}
