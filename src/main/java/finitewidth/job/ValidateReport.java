package finitewidth.job;

import finitewidth.data.TargetScaler;
import finitewidth.ensemble.Comparison;
import finitewidth.ensemble.EnsembleEstimate;
import finitewidth.ensemble.Slope;
import finitewidth.ensemble.Trust;
import finitewidth.posterior.FittedPosterior;
import finitewidth.report.FitSummary;
import finitewidth.report.ValidateSummary;
import finitewidth.report.Validation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a validate found at all widths, and how it is told. */
final class ValidateReport {
  private final List<ScoredRow> rows;
  private final List<ValidatedWidth> widths;
  private final TargetScaler scaler;
  private final Map<String, Validation.Slopes> slopes = new LinkedHashMap<>();

  private ValidateReport(List<ScoredRow> rows, List<ValidatedWidth> widths, TargetScaler scaler) {
    this.rows = rows;
    this.widths = widths;
    this.scaler = scaler;
    for (Comparison.Quantity quantity : Comparison.Quantity.values()) {
      slopes.put(
          ValidatedWidth.name(quantity),
          new Validation.Slopes(slope(quantity, false), slope(quantity, true)));
    }
  }

  /**
   * @param rows test rows in order, with their corrections
   * @param exact one for each width
   */
  static ValidateReport of(
      JobConfig config,
      ValidateConfig validate,
      List<ScoredRow> rows,
      FittedPosterior fitted,
      List<EnsembleEstimate> exact,
      TargetScaler scaler) {
    int layers = config.network().hiddenWidths().size();
    List<ValidatedWidth> widths = new ArrayList<>();
    for (int w = 0; w < exact.size(); w++) {
      widths.add(ValidatedWidth.of(validate.widths().get(w), layers, exact.get(w), rows, fitted));
    }
    return new ValidateReport(rows, widths, scaler);
  }

  /** The slope of one quantity's distances, of widths whose draws tell enough. */
  private Optional<Validation.Slope> slope(Comparison.Quantity quantity, boolean ofNngp) {
    List<Slope.Point> points = new ArrayList<>();
    for (ValidatedWidth width : widths) {
      Comparison comparison = width.comparison(quantity);
      double removed = comparison.nngp().value();
      if (width.trust() != Trust.TOO_FEW_DRAWS && removed > 0) {
        points.add(
            new Slope.Point(
                width.width(),
                ofNngp ? comparison.nngp() : comparison.corrected(),
                comparison.corrected().value() / removed));
      }
    }
    return Slope.of(points)
        .map(slope -> new Validation.Slope(slope.value(), slope.error(), slope.points()));
  }

  long draws() {
    return widths.get(0).exact().draws();
  }

  String verdict() {
    return ValidateVerdict.of(widths);
  }

  /** Whether there is a width at which the correction is shown to be trustworthy. */
  boolean isTrusted() {
    return ValidateVerdict.isTrusted(widths);
  }

  List<ValidateSummary.Width> widths() {
    return widths.stream()
        .map(
            width ->
                new ValidateSummary.Width(
                    width.width(), width.exact().effectiveDraws(), width.trustName()))
        .toList();
  }

  Validation validation(JobConfig config, FitSummary.Data data, String engine) {
    NetworkConfig network = config.network();
    return new Validation(
        Main.Version.number(),
        data,
        new Validation.Network(
            network.activation(),
            network.negativeSlope(),
            network.hiddenWidths().size(),
            network.biasVariances(),
            network.weightVariances()),
        config.noiseVariance(),
        new Validation.Corrected(engine),
        widths.stream().map(width -> width.record(rows, scaler)).toList(),
        slopes,
        verdict());
  }

  /** A line for each width, one for the slopes, and the verdict. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    widths.forEach(width -> lines.add(width.line()));
    StringBuilder line = new StringBuilder("slope");
    slopes.forEach(
        (name, slope) ->
            line.append(
                String.format(
                    "  %s %s (NNGP %s)",
                    name.replace('_', ' '), shown(slope.corrected()), shown(slope.nngp()))));
    lines.add(line.append("; first order leaves -2, the NNGP -1").toString());
    lines.add("verdict: " + verdict());
    return lines;
  }

  private static String shown(Optional<Validation.Slope> slope) {
    return slope
        .map(s -> String.format(Locale.ROOT, "%.2f ± %.2f", s.value(), s.standardError()))
        .orElse("unresolved");
  }
}
