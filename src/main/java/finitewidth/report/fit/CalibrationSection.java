package finitewidth.report.fit;

import finitewidth.inference.work.Counted;
import finitewidth.posterior.LargestOf;
import finitewidth.posterior.ObservedValue;
import finitewidth.report.page.Axis;
import finitewidth.report.page.Colour;
import finitewidth.report.page.Figure;
import finitewidth.report.page.Mark;
import finitewidth.report.page.Numbers;
import finitewidth.report.page.Plot;
import finitewidth.report.page.Section;
import finitewidth.report.page.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Whether predictive distributions are as wide as they should be. */
public final class CalibrationSection {
  private static final int BINS = 10;

  private CalibrationSection() {}

  public static Optional<Section> of(FitResults results) {
    if (!results.scored() || results.rows().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        results.classes()
            ? Section.of(
                "calibration",
                "Calibration",
                List.of(
                    "A class's probability is that its code plus noise is the largest. Over %s."
                        .formatted(results.ofRows())),
                reliability(results))
            : Section.of(
                "calibration",
                "Calibration",
                List.of(
                    "Where an observed value falls in its predictive distribution, noise included,"
                        + " should be anything from 0 to 1 alike (probability integral transform)."
                        + " Over "
                        + results.ofRows()
                        + (results.outputs().size() > 1 ? " and all outputs." : ".")),
                pit(results)));
  }

  private static Figure pit(FitResults results) {
    double[] nngp = new double[BINS];
    double[] corrected = new double[BINS];
    long values = 0;
    long unknown = 0;
    for (RowResult row : results.rows()) {
      for (int i = 0; i < results.outputs().size(); i++) {
        double noise = results.noise()[i];
        double at = row.observed()[i];
        values += count(nngp, at, row.nngpMean()[i], row.nngpVariance()[i] + noise);
        unknown += 1 - count(corrected, at, row.mean(i), row.variance(i) + noise);
      }
    }
    double[] from = new double[BINS];
    double[] to = new double[BINS];
    Arrays.setAll(from, b -> (double) b / BINS);
    Arrays.setAll(to, b -> (b + 1.0) / BINS);
    double total = Math.max(1, values);
    double expected = 1.0 / BINS;
    double spread = 2 * Math.sqrt(expected * (1 - expected) / total);
    double[] correctedShare = Arrays.stream(corrected).map(c -> c / total).toArray();
    double[] nngpShare = Arrays.stream(nngp).map(c -> c / total).toArray();
    double edges = correctedShare[0] + correctedShare[BINS - 1];
    String shape =
        edges > 2 * (expected + spread)
            ? "The ends are too full: predictive distributions are too narrow, or far off for some"
                + " rows."
            : edges < 2 * Math.max(0, expected - spread)
                ? "The ends are too empty: predictive distributions are too wide."
                : "The ends are about as full as they should be.";
    List<Mark> marks = new ArrayList<>();
    boolean corrects = results.words().corrects();
    if (corrects) {
      marks.add(new Mark.Bars("corrected", Colour.CORRECTED, false, from, to, correctedShare));
    }
    marks.add(new Mark.Bars("NNGP", Colour.NNGP, corrects, from, to, nngpShare));
    marks.add(
        new Mark.Rule(
            "expected, within these 95 % of the time", Colour.TRUTH, false, expected + spread));
    if (expected > spread) {
      marks.add(new Mark.Rule("", Colour.TRUTH, false, expected - spread));
    }
    return new Figure(
        "pit",
        "PIT histogram",
        shape
            + (unknown > 0
                ? " Left out: "
                    + Counted.of(unknown, "value")
                    + " whose variance is not positive or not known."
                : ""),
        Plot.of(
            Axis.linear("Cumulative probability of the observed value").within(0, 1),
            Axis.linear("Share of the observed values").within(0, Double.NaN),
            marks),
        corrects
            ? Table.of("From", "To", "NNGP", "Corrected")
                .columns(from, to, nngpShare, correctedShare)
                .table()
            : Table.of("From", "To", "NNGP").columns(from, to, nngpShare).table());
  }

  /** Counts a value into its bin; 1 if it could be. */
  private static int count(double[] bins, double value, double mean, double variance) {
    if (!(variance > 0) || !Double.isFinite(value) || !Double.isFinite(mean)) {
      return 0;
    }
    double p = ObservedValue.cumulativeProbability(value, mean, variance);
    bins[Math.min(BINS - 1, (int) (p * BINS))]++;
    return 1;
  }

  private static Figure reliability(FitResults results) {
    Reliability nngp = new Reliability();
    Reliability corrected = new Reliability();
    for (RowResult row : results.rows()) {
      int m = results.outputs().size();
      double[][] mean = new double[2][m];
      double[][] variance = new double[2][m];
      for (int i = 0; i < m; i++) {
        mean[0][i] = row.nngpMean()[i];
        variance[0][i] = row.nngpVariance()[i] + results.noise()[i];
        mean[1][i] = row.mean(i);
        variance[1][i] = row.variance(i) + results.noise()[i];
      }
      nngp.add(LargestOf.probabilities(mean[0], variance[0]), row.label());
      corrected.add(LargestOf.probabilities(mean[1], variance[1]), row.label());
    }
    List<Mark> marks = new ArrayList<>();
    marks.add(
        new Mark.Line(
            "as it should be", Colour.MUTED, true, new double[] {0, 1}, new double[] {0, 1}));
    boolean corrects = results.words().corrects();
    marks.add(
        new Mark.Spans(
            "± 2 standard errors",
            corrects ? Colour.CORRECTED : Colour.NNGP,
            corrected.probability(),
            corrected.bound(-2),
            corrected.bound(2)));
    marks.add(
        new Mark.Dots(
            "NNGP",
            Colour.NNGP,
            Mark.Shape.SQUARE,
            corrects,
            nngp.probability(),
            nngp.share(),
            List.of()));
    if (corrects) {
      marks.add(
          new Mark.Dots(
              "corrected",
              Colour.CORRECTED,
              Mark.Shape.CIRCLE,
              corrected.probability(),
              corrected.share()));
    }
    double error = corrected.expectedError();
    return new Figure(
        "reliability",
        "Reliability diagram",
        "How often the predicted class is right, by its probability in ten bins. Points above the"
            + " line are too cautious, points below too sure. Expected calibration error: "
            + (corrects ? Numbers.percent(error) + " corrected, " : "")
            + Numbers.percent(nngp.expectedError())
            + " at infinite width."
            + (corrected.unknown > 0
                ? " Left out: "
                    + Counted.of(corrected.unknown, "row")
                    + " with a variance that is not positive or not known."
                : ""),
        Plot.square(
            Axis.linear("Probability of the predicted class").within(0, 1.02),
            Axis.linear("Share that is right").within(0, 1.02),
            marks),
        corrects
            ? Table.of(
                    "NNGP probability",
                    "NNGP share right",
                    "NNGP rows",
                    "Probability",
                    "Share right",
                    "Rows")
                .columns(
                    nngp.probability(),
                    nngp.share(),
                    nngp.rows,
                    corrected.probability(),
                    corrected.share(),
                    corrected.rows)
                .table()
            : Table.of("NNGP probability", "NNGP share right", "NNGP rows")
                .columns(nngp.probability(), nngp.share(), nngp.rows)
                .table());
  }

  /** What is added up by bin of the predicted class's probability. */
  private static final class Reliability {
    private final double[] rows = new double[BINS];
    private final double[] sum = new double[BINS];
    private final double[] right = new double[BINS];
    private long unknown;

    void add(double[] probabilities, int label) {
      int guess = 0;
      for (int i = 1; i < probabilities.length; i++) {
        guess = probabilities[i] > probabilities[guess] ? i : guess;
      }
      if (Double.isNaN(probabilities[guess])) {
        unknown++;
        return;
      }
      int bin = Math.min(BINS - 1, (int) (probabilities[guess] * BINS));
      rows[bin]++;
      sum[bin] += probabilities[guess];
      right[bin] += guess == label ? 1 : 0;
    }

    double[] probability() {
      return ratio(sum);
    }

    double[] share() {
      return ratio(right);
    }

    private double[] ratio(double[] sums) {
      double[] ratio = new double[BINS];
      Arrays.setAll(ratio, b -> rows[b] > 0 ? sums[b] / rows[b] : Double.NaN);
      return ratio;
    }

    /** The share and some standard errors, within 0 and 1. */
    double[] bound(double errors) {
      double[] share = share();
      double[] bound = new double[BINS];
      Arrays.setAll(
          bound,
          b ->
              Math.max(
                  0,
                  Math.min(1, share[b] + errors * Math.sqrt(share[b] * (1 - share[b]) / rows[b]))));
      return bound;
    }

    double expectedError() {
      double[] probability = probability();
      double[] share = share();
      double error = 0;
      double total = 0;
      for (int b = 0; b < BINS; b++) {
        if (rows[b] > 0) {
          error += rows[b] * Math.abs(probability[b] - share[b]);
          total += rows[b];
        }
      }
      return error / total;
    }
  }
}
