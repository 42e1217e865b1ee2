package finitewidth.report.fit;

import finitewidth.inference.work.Counted;
import finitewidth.report.page.Numbers;
import finitewidth.report.page.Page;
import finitewidth.report.page.Section;
import finitewidth.report.summary.FitSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** report.html of a fit. */
public final class FitPage {
  private FitPage() {}

  /** The text of the page. */
  public static String html(FitResults results) {
    FitSummary summary = results.summary();
    // Of a network whose layers differ there may be no other place along 1/width.
    Optional<WidthCurve> along =
        Optional.of(results.curve()).filter(curve -> curve.inverse().length > 1);
    List<Section> sections =
        Stream.of(
                Optional.of(ShortSection.of(results)),
                along.map(curve -> WidthSection.of(results)),
                results.oneInput().map(curve -> InputSection.of(results, curve)),
                ChainSection.of(summary),
                ScaleSection.of(summary),
                MetricSection.of(summary),
                SampledSection.of(summary),
                PredictedSection.of(results),
                CalibrationSection.of(results),
                CorrectionSection.of(results),
                results.tails().map(tails -> TailsSection.of(results, tails)),
                along.map(curve -> EvidenceSection.of(results)),
                NetworkEvidenceSection.of(summary),
                results.hidden().map(hidden -> HiddenKernelSection.of(summary, hidden)),
                Optional.of(summary)
                    .filter(fit -> fit.seconds().total() > 0)
                    .map(TimingSection::of))
            .flatMap(Optional::stream)
            .toList();
    return new Page(
            "Fit of " + results.data(),
            introduction(results.words()),
            facts(results),
            summary.warnings(),
            sections)
        .html();
  }

  private static String introduction(MethodWords words) {
    return words.corrects()
        ? "Bayesian inference with a neural network of finite width, "
            + words.way()
            + ", beside its limit of infinite width (NNGP)."
        : "Bayesian inference with a neural network of infinite width (NNGP), a Gaussian process.";
  }

  private static Map<String, String> facts(FitResults results) {
    FitSummary summary = results.summary();
    FitSummary.Data data = summary.data();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Training rows", Long.toString(data.trainRows()));
    summary
        .inducing()
        .ifPresent(points -> facts.put("Inducing points", Integer.toString(points.points())));
    facts.put(
        "Test rows",
        results.words().corrects() && data.correctedRows() < data.testRows()
            ? data.testRows() + ", of which " + data.correctedRows() + " are corrected"
            : Long.toString(data.testRows()));
    facts.put("Features", Integer.toString(data.features()));
    facts.put(
        results.classes() ? "Classes" : "Outputs",
        data.outputs() == 1
            ? results.outputs().get(0)
            : data.outputs()
                + (data.outputs() <= 4 ? ": " + String.join(", ", results.outputs()) : ""));
    facts.putAll(network(summary.network()));
    if (!results.words().corrects()) {
      int layers = summary.network().hiddenWidths().size();
      facts.put("Hidden widths", "∞ in " + Counted.of(layers, "layer"));
    }
    facts.put(
        "Noise variance",
        Numbers.shown(summary.hyperparameters().noiseVariance())
            + (summary.hyperparameters().mode().equals("sampled")
                ? " (preprocessed, posterior mean)"
                : " (preprocessed)"));
    facts.put("Hyperparameters", summary.hyperparameters().mode());
    facts.put("Engine", summary.contraction().engine());
    facts.put("finite-width", summary.version());
    return facts;
  }

  public static Map<String, String> network(FitSummary.Network network) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "Activation",
        network.activation()
            + (network.negativeSlope().isPresent()
                ? ", negative slope " + Numbers.shown(network.negativeSlope())
                : ""));
    facts.put("Hidden widths", list(network.hiddenWidths().stream().map(String::valueOf).toList()));
    facts.put(
        "Bias variance",
        list(network.biasVariance().stream().map(value -> Numbers.shown(value)).toList()));
    facts.put(
        "Weight variance",
        list(network.weightVariance().stream().map(value -> Numbers.shown(value)).toList()));
    return facts;
  }

  /** One value where all are alike. */
  private static String list(List<String> values) {
    if (values.size() > 1 && values.stream().distinct().count() == 1) {
      return values.get(0) + " in each of " + values.size() + " layers";
    }
    return String.join(", ", values);
  }
}
