package finitewidth.benchmark;

import finitewidth.report.page.Axis;
import finitewidth.report.page.Colour;
import finitewidth.report.page.Figure;
import finitewidth.report.page.Mark;
import finitewidth.report.page.Numbers;
import finitewidth.report.page.Page;
import finitewidth.report.page.Plot;
import finitewidth.report.page.Section;
import finitewidth.report.page.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Test error and log density against the width, as a page: the exact posterior by chains, beside
 * infinite width, first order and renormalised first order. Means over the splits that all of the
 * networks of a set have.
 */
final class WidthPictures {
  private WidthPictures() {}

  /** Arguments: results of {@link NetworksBenchmark}, the page to write. */
  public static void main(String[] arguments) throws IOException {
    List<Line> lines = Line.read(Path.of(arguments[0]));
    List<Figure> figures = new ArrayList<>();
    for (String set : lines.stream().map(Line::set).distinct().toList()) {
      List<Line> own = complete(lines.stream().filter(line -> line.set().equals(set)).toList());
      figures.add(figure(own, set, "rmse", "test RMSE, in target deviations", Line::rmse));
      figures.add(figure(own, set, "density", "mean log density of a test target", Line::density));
    }
    Page page =
        new Page(
            "Where finite width helps",
            "Test scores against the width",
            Map.of(),
            List.of(),
            List.of(Section.of("widths", "Scores against the width", List.of(), figures)));
    Files.writeString(Path.of(arguments[1]), page.html());
  }

  /** Of the splits that have as many widths as any. */
  private static List<Line> complete(List<Line> lines) {
    Map<String, Long> widths =
        lines.stream().collect(Collectors.groupingBy(Line::split, Collectors.counting()));
    long most = widths.values().stream().max(Long::compare).orElseThrow();
    return lines.stream().filter(line -> widths.get(line.split()) == most).toList();
  }

  /**
   * One line of the results.
   *
   * @param converged whether the chains have; true where there are none
   */
  private record Line(
      String set,
      String split,
      String way,
      double width,
      double rmse,
      double density,
      boolean converged) {
    static List<Line> read(Path results) throws IOException {
      List<String> all = Files.readAllLines(results);
      List<String> names = Arrays.asList(all.get(0).split(",", -1));
      List<Line> lines = new ArrayList<>();
      for (String line : all.subList(1, all.size())) {
        String[] cells = line.split(",", -1);
        String width = cells[names.indexOf("widths")];
        String failures = cells[names.indexOf("failures")];
        lines.add(
            new Line(
                cells[names.indexOf("set")],
                cells[names.indexOf("split")],
                cells[names.indexOf("way")],
                width.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(width),
                Double.parseDouble(cells[names.indexOf("rmse")]),
                Double.parseDouble(cells[names.indexOf("log_density")]),
                failures.isEmpty() || failures.equals("0")));
      }
      return lines;
    }

    boolean isInfinite() {
      return Double.isInfinite(width);
    }
  }

  private static Figure figure(
      List<Line> lines, String set, String id, String label, ToDoubleFunction<Line> score) {
    List<Line> chains =
        lines.stream().filter(l -> l.way().equals("fixed") && !l.isInfinite()).toList();
    NavigableMap<Double, Double> exact = means(chains, score);
    NavigableMap<Double, Double> first = means(way(lines, "first-order"), score);
    NavigableMap<Double, Double> again = means(way(lines, "renormalised"), score);
    double infinite =
        lines.stream().filter(Line::isInfinite).mapToDouble(score).average().orElseThrow();
    List<Double> agreed =
        exact.keySet().stream()
            .filter(n -> chains.stream().filter(l -> l.width() == n).allMatch(Line::converged))
            .toList();
    List<Mark> marks = new ArrayList<>();
    marks.add(new Mark.Rule("infinite width (NNGP)", Colour.NNGP, false, infinite));
    marks.add(new Mark.Line("first order in 1/width", Colour.S3, true, keys(first), values(first)));
    if (!again.isEmpty()) {
      marks.add(
          new Mark.Line(
              "renormalised first order", Colour.CORRECTED, false, keys(again), values(again)));
    }
    marks.add(new Mark.Line("", Colour.TRUTH, false, keys(exact), values(exact)));
    marks.add(dots("exact posterior, by chains that converged", false, exact, agreed));
    List<Double> others = exact.keySet().stream().filter(n -> !agreed.contains(n)).toList();
    if (!others.isEmpty()) {
      marks.add(dots("by chains that did not converge", true, exact, others));
    }
    double[] range = range(exact, infinite);
    Table.Builder table =
        Table.of("Width", "Exact posterior", "First order", "Renormalised first order");
    exact.forEach(
        (n, value) ->
            table.row(
                n, value, first.getOrDefault(n, Double.NaN), again.getOrDefault(n, Double.NaN)));
    return new Figure(
        "widths-" + set + "-" + id,
        set + ": " + label + " against the width",
        caption(label, exact, infinite, id.equals("rmse")),
        Plot.of(
            Axis.log("width of the hidden layer").ticked(ticks(first.keySet())),
            Axis.linear(label).within(range[0], range[1]),
            marks),
        table.table());
  }

  private static List<Line> way(List<Line> lines, String way) {
    return lines.stream().filter(line -> line.way().equals(way)).toList();
  }

  /** By width, over splits; NaN where one of them is. */
  private static NavigableMap<Double, Double> means(
      List<Line> lines, ToDoubleFunction<Line> score) {
    NavigableMap<Double, Double> means = new TreeMap<>();
    for (Line line : lines) {
      means.computeIfAbsent(
          line.width(),
          n ->
              lines.stream()
                  .filter(other -> other.width() == n)
                  .mapToDouble(score)
                  .average()
                  .orElseThrow());
    }
    return means;
  }

  private static Mark dots(
      String name, boolean hollow, NavigableMap<Double, Double> exact, List<Double> at) {
    return new Mark.Dots(
        name,
        Colour.TRUTH,
        Mark.Shape.CIRCLE,
        hollow,
        at.stream().mapToDouble(Double::doubleValue).toArray(),
        at.stream().mapToDouble(exact::get).toArray(),
        List.of());
  }

  /** Of the exact posterior and infinite width, with room; the rest may leave the frame. */
  private static double[] range(NavigableMap<Double, Double> exact, double infinite) {
    double low = Math.min(infinite, exact.values().stream().min(Double::compare).orElseThrow());
    double high = Math.max(infinite, exact.values().stream().max(Double::compare).orElseThrow());
    double room = 0.15 * (high - low);
    return new double[] {low - room, high + room};
  }

  private static List<Axis.Tick> ticks(Set<Double> widths) {
    return widths.stream().map(n -> new Axis.Tick(n, Long.toString(Math.round(n)))).toList();
  }

  private static String caption(
      String label, NavigableMap<Double, Double> exact, double infinite, boolean least) {
    double best =
        exact.entrySet().stream()
            .min(
                Map.Entry.comparingByValue(
                    (a, b) -> least ? Double.compare(a, b) : Double.compare(b, a)))
            .orElseThrow()
            .getKey();
    return "The %s is %s at infinite width, and %s at width %d, the best of those that have chains."
        .formatted(
            label, Numbers.shown(infinite), Numbers.shown(exact.get(best)), Math.round(best));
  }

  private static double[] keys(NavigableMap<Double, Double> map) {
    return map.keySet().stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] values(NavigableMap<Double, Double> map) {
    return map.values().stream().mapToDouble(Double::doubleValue).toArray();
  }
}
