package finitewidth.job.validate;

import finitewidth.Library;
import finitewidth.data.TrainingSet;
import finitewidth.data.scale.TargetScaler;
import finitewidth.inference.comparison.Comparison;
import finitewidth.inference.comparison.Distance;
import finitewidth.inference.comparison.Slope;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.NetworkConfig;
import finitewidth.job.config.PosteriorConfig;
import finitewidth.job.config.Words;
import finitewidth.job.engine.CorrectedRows;
import finitewidth.job.score.PredictedRow;
import finitewidth.report.summary.FitSummary;
import finitewidth.report.summary.ValidateSummary;
import finitewidth.report.summary.Validation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a validate found at all widths, and how it is told. */
final class ValidateReport {
  private final List<PredictedRow> rows;
  private final List<ValidatedWidth> widths;
  private final TargetScaler scaler;
  private final Map<String, Validation.Slopes> slopes = new LinkedHashMap<>();
  private final ValidatedKernels kernels;
  private final PosteriorConfig.Method method;
  private final ExactPosteriors exact;
  private final Optional<Referee> referee;

  private ValidateReport(
      PosteriorConfig.Method method,
      ExactPosteriors exact,
      List<PredictedRow> rows,
      List<ValidatedWidth> widths,
      ValidatedKernels kernels,
      TargetScaler scaler,
      Optional<Referee> referee) {
    this.method = method;
    this.referee = referee;
    this.exact = exact;
    this.rows = rows;
    this.kernels = kernels;
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
   * @param widths what is judged beside the exact posterior
   * @param training the rows that were conditioned on
   * @param referee if there are several to choose from
   */
  static ValidateReport of(
      JobConfig config,
      List<PredictedRow> rows,
      CorrectedRows fitted,
      ExactPosteriors exact,
      List<ValidatedWidth> widths,
      TrainingSet training,
      TargetScaler scaler,
      Optional<Referee> referee) {
    return new ValidateReport(
        config.posterior().method(),
        exact,
        rows,
        widths,
        ValidatedKernels.of(widths, fitted.hiddenKernels(), training),
        scaler,
        referee);
  }

  /** The slope of one quantity's distances, of widths whose draws tell enough. */
  private Optional<Validation.Slope> slope(Comparison.Quantity quantity, boolean ofNngp) {
    return slope(
        widths,
        width -> width.comparison(quantity).corrected(),
        width -> width.comparison(quantity).nngp(),
        ofNngp);
  }

  /**
   * The slope of distances, of widths whose draws tell enough.
   *
   * @param ofNngp whether it is that of what the NNGP leaves
   */
  static Optional<Validation.Slope> slope(
      List<ValidatedWidth> widths,
      Function<ValidatedWidth, Distance> corrected,
      Function<ValidatedWidth, Distance> nngp,
      boolean ofNngp) {
    List<Slope.Point> points = new ArrayList<>();
    for (ValidatedWidth width : widths) {
      double removed = nngp.apply(width).value();
      if (!width.trust().isSilence() && removed > 0) {
        points.add(
            new Slope.Point(
                width.width(),
                (ofNngp ? nngp : corrected).apply(width),
                corrected.apply(width).value() / removed));
      }
    }
    return Slope.of(points)
        .map(slope -> new Validation.Slope(slope.value(), slope.error(), slope.points()));
  }

  long draws() {
    return widths.get(0).exact().draws();
  }

  /** How the exact posterior was had. */
  String way() {
    return exact.way();
  }

  String verdict() {
    return new ValidateVerdict(method, exact.method()).of(widths);
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
                    width.width(),
                    width.exact().truth().effectiveDraws(),
                    width.exact().convergence(),
                    width.trustName()))
        .toList();
  }

  Validation validation(JobConfig config, FitSummary.Data data, String engine) {
    NetworkConfig network = config.network();
    return new Validation(
        Library.version(),
        data,
        new Validation.Network(
            network.activation(),
            network.negativeSlope(),
            network.hiddenWidths().size(),
            network.biasVariances(),
            network.weightVariances()),
        config.noiseVariance(),
        new Validation.Corrected(Words.of(method), engine),
        way(),
        widths.stream().map(width -> width.record(rows, kernels.records(width), scaler)).toList(),
        slopes,
        kernels.slopes(),
        kernels.rows(),
        verdict(),
        referee.map(Referee::record));
  }

  /** A line for each width, one for the slopes, those of hidden kernels, and the verdict. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    boolean beside = method != PosteriorConfig.Method.NNGP;
    widths.forEach(width -> lines.add(width.line(beside)));
    StringBuilder line = new StringBuilder("slope");
    slopes.forEach(
        (name, slope) ->
            line.append(
                String.format(
                    "  %s %s%s",
                    name.replace('_', ' '),
                    shown(slope.corrected()),
                    beside ? " (NNGP " + shown(slope.nngp()) + ")" : "")));
    lines.add(line.append("; ").append(slopesExpected()).toString());
    lines.addAll(kernels.lines());
    lines.add("verdict: " + verdict());
    referee.ifPresent(some -> lines.addAll(some.lines()));
    return lines;
  }

  /** What slopes are to be compared with. */
  private String slopesExpected() {
    return method == PosteriorConfig.Method.FIRST_ORDER
            || method == PosteriorConfig.Method.RENORMALISED
        ? "first order leaves -2, the NNGP -1"
        : "the NNGP leaves -1";
  }

  static String shown(Optional<Validation.Slope> slope) {
    return slope
        .map(s -> String.format(Locale.ROOT, "%.2f ± %.2f", s.value(), s.standardError()))
        .orElse("unresolved");
  }
}
