package finitewidth.job.validate;

import finitewidth.inference.comparison.Comparison;
import finitewidth.inference.comparison.Distance;
import finitewidth.inference.comparison.PairedMean;
import finitewidth.inference.comparison.Ranking;
import finitewidth.job.score.PredictedRow;
import finitewidth.report.summary.Refereed;
import finitewidth.report.summary.Validation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Says which of several ways to the posterior is nearest to the exact one at each width, and so
 * which to use.
 *
 * <p>That is the way whose mean squares of distances in mean and in variance, in units of the
 * NNGP's posterior deviation and variance, have the least sum: both are what predictions are made
 * of. The log evidence, in nats, and the density of held-out targets are told beside it.
 */
final class Referee {
  private final List<ValidatedWidth> widths;
  private final List<JudgedMethod> methods;

  /** By width, then by quantity in the order of its constants. */
  private final List<List<Ranking>> rankings = new ArrayList<>();

  /**
   * Of the job's own method and others, beside infinite width in any case.
   *
   * @param rows test rows in order, as the job's own method predicts them
   */
  static Referee of(
      List<ValidatedWidth> widths,
      JudgedMethod own,
      List<JudgedMethod> others,
      List<PredictedRow> rows,
      TestTargets targets,
      int layers) {
    List<JudgedMethod> methods = new ArrayList<>();
    methods.add(own);
    methods.addAll(others);
    if (methods.stream().noneMatch(method -> method.method().equals(JudgedMethod.NNGP))) {
      methods.add(0, JudgedMethod.infinite(widths, rows, targets, layers));
    }
    return new Referee(widths, methods);
  }

  /**
   * @param widths of the exact posterior
   * @param methods infinite width among them
   */
  Referee(List<ValidatedWidth> widths, List<JudgedMethod> methods) {
    this.widths = List.copyOf(widths);
    this.methods = List.copyOf(methods);
    for (int w = 0; w < widths.size(); w++) {
      List<Ranking> byQuantity = new ArrayList<>();
      for (Comparison.Quantity quantity : Comparison.Quantity.values()) {
        int at = w;
        byQuantity.add(
            Ranking.of(
                widths.get(w).exact().truth(),
                quantity,
                widths.get(w).nngp(),
                methods.stream().map(method -> method.widths().get(at).moments()).toList()));
      }
      rankings.add(byQuantity);
    }
  }

  /** The place of the method to use at a width; empty where nothing can be said. */
  private Optional<Integer> use(int w) {
    if (widths.get(w).exact().truth().silence().isPresent()) {
      return Optional.empty();
    }
    return IntStream.range(0, methods.size())
        .filter(m -> Double.isFinite(square(w, m)))
        .boxed()
        .reduce((a, b) -> square(w, b) < square(w, a) ? b : a);
  }

  private double square(int w, int m) {
    return distance(w, m, Comparison.Quantity.MEAN).square()
        + distance(w, m, Comparison.Quantity.VARIANCE).square();
  }

  private Distance distance(int w, int m, Comparison.Quantity quantity) {
    return rankings.get(w).get(quantity.ordinal()).distances().get(m);
  }

  /** Names of the nearest, that one first, and of those that cannot be told from it. */
  private List<String> nearest(int w, Comparison.Quantity quantity) {
    Ranking ranking = rankings.get(w).get(quantity.ordinal());
    List<String> names = new ArrayList<>();
    if (ranking.nearest() >= 0) {
      names.add(methods.get(ranking.nearest()).method());
      ranking.nearestOrTied().stream()
          .filter(m -> m != ranking.nearest())
          .forEach(m -> names.add(methods.get(m).method()));
    }
    return names;
  }

  /** In words, a part for each width. */
  String verdict() {
    List<String> parts = new ArrayList<>();
    for (int w = 0; w < widths.size(); w++) {
      parts.add("at width " + widths.get(w).width() + " " + verdict(w));
    }
    return String.join("; ", parts);
  }

  private String verdict(int w) {
    Optional<Integer> use = use(w);
    if (use.isEmpty()) {
      return "nothing is said, as the exact posterior is not known well enough";
    }
    int m = use.get();
    List<String> tied = new ArrayList<>(nearest(w, Comparison.Quantity.MEAN));
    tied.retainAll(nearest(w, Comparison.Quantity.VARIANCE));
    tied.remove(methods.get(m).method());
    int infinite = infinite();
    return String.format(
        Locale.ROOT,
        "use %s: %s from the exact mean and %s from its variance%s%s",
        methods.get(m).method(),
        ValidatedWidth.shown(distance(w, m, Comparison.Quantity.MEAN)),
        ValidatedWidth.shown(distance(w, m, Comparison.Quantity.VARIANCE)),
        m == infinite
            ? ""
            : String.format(
                Locale.ROOT,
                " (NNGP %s and %s)",
                ValidatedWidth.shown(distance(w, infinite, Comparison.Quantity.MEAN)),
                ValidatedWidth.shown(distance(w, infinite, Comparison.Quantity.VARIANCE))),
        tied.isEmpty() ? "" : ", from which " + String.join(", ", tied) + " cannot be told");
  }

  private int infinite() {
    return IntStream.range(0, methods.size())
        .filter(m -> methods.get(m).method().equals(JudgedMethod.NNGP))
        .findFirst()
        .orElseThrow();
  }

  /** What is printed: a line for each method and width, and the verdict. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int w = 0; w < widths.size(); w++) {
      for (int m = 0; m < methods.size(); m++) {
        lines.add(line(w, m));
      }
    }
    lines.add("referee: " + verdict());
    return lines;
  }

  private String line(int w, int m) {
    StringBuilder line =
        new StringBuilder(
            String.format(
                Locale.ROOT, "width %-6d %-13s", widths.get(w).width(), methods.get(m).method()));
    for (Comparison.Quantity quantity : Comparison.Quantity.values()) {
      line.append(
          String.format(
              Locale.ROOT,
              "  %s %s",
              ValidatedWidth.name(quantity).replace('_', ' '),
              ValidatedWidth.shown(distance(w, m, quantity))));
    }
    density(w, m)
        .ifPresent(
            some ->
                line.append(String.format(Locale.ROOT, "  log density %.4f", some.logDensity())));
    return line.toString();
  }

  private Optional<Refereed.Density> density(int w, int m) {
    return density(w, methods.get(m).widths().get(w).logDensities());
  }

  private Optional<Refereed.Density> density(int w, double[] densities) {
    double[] beside = methods.get(infinite()).widths().get(w).logDensities();
    if (densities.length == 0) {
      return Optional.empty();
    }
    PairedMean gain = PairedMean.of(densities, beside);
    return Optional.of(
        new Refereed.Density(
            Arrays.stream(densities).average().orElseThrow(), gain.value(), gain.error()));
  }

  /** For validate.json. */
  Refereed record() {
    return new Refereed(
        IntStream.range(0, methods.size()).mapToObj(this::method).toList(),
        IntStream.range(0, widths.size()).mapToObj(this::width).toList(),
        verdict());
  }

  private Refereed.Method method(int m) {
    JudgedMethod method = methods.get(m);
    List<Refereed.MethodAtWidth> at = new ArrayList<>();
    for (int w = 0; w < widths.size(); w++) {
      Map<String, Validation.Distance> distances = new LinkedHashMap<>();
      for (Comparison.Quantity quantity : Comparison.Quantity.values()) {
        distances.put(
            ValidatedWidth.name(quantity), ValidatedWidth.record(distance(w, m, quantity)));
      }
      at.add(
          new Refereed.MethodAtWidth(
              widths.get(w).width(),
              ValidatedWidth.name(method.widths().get(w).trust()),
              distances,
              method.widths().get(w).moments().logEvidence(),
              method.widths().get(w).moments().logEvidenceError(),
              density(w, m)));
    }
    Map<String, Optional<Validation.Slope>> slopes = new LinkedHashMap<>();
    for (Comparison.Quantity quantity : Comparison.Quantity.values()) {
      slopes.put(ValidatedWidth.name(quantity), slope(m, quantity));
    }
    return new Refereed.Method(method.method(), method.engine(), method.seconds(), at, slopes);
  }

  private Optional<Validation.Slope> slope(int m, Comparison.Quantity quantity) {
    return ValidateReport.slope(
        widths,
        width -> distance(widths.indexOf(width), m, quantity),
        width -> distance(widths.indexOf(width), infinite(), quantity),
        false);
  }

  private Refereed.AtWidth width(int w) {
    Map<String, List<String>> nearest = new LinkedHashMap<>();
    boolean said = widths.get(w).exact().truth().silence().isEmpty();
    if (said) {
      for (Comparison.Quantity quantity : Comparison.Quantity.values()) {
        nearest.put(ValidatedWidth.name(quantity), nearest(w, quantity));
      }
    }
    return new Refereed.AtWidth(
        widths.get(w).width(),
        said,
        nearest,
        use(w).map(m -> methods.get(m).method()),
        widths.get(w).exact().logDensities().flatMap(some -> density(w, some)));
  }
}
