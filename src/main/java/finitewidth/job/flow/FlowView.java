package finitewidth.job.flow;

import finitewidth.job.config.NetworkConfig;
import finitewidth.job.config.Networks;
import finitewidth.linalg.Matrix;
import finitewidth.prior.Architecture;
import finitewidth.prior.Criticality;
import finitewidth.prior.InputKernel;
import finitewidth.prior.PairFlow;
import finitewidth.prior.SampleFlow;
import finitewidth.prior.Widths;
import finitewidth.report.flow.FlowResults;
import finitewidth.report.summary.FlowSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/** Gathers what the page of a flow shows: a few inputs, and pairs by angle. */
final class FlowView {
  private static final int MOST_INPUTS = 6;
  private static final int MOST_LAYERS = 5;

  /** Between neighbouring angles, in degrees. */
  private static final int STEP = 5;

  /** Quadrature error of fourth moments; what a plot shows takes far less. */
  private static final double TOLERANCE = 1e-9;

  private final Architecture architecture;
  private final Widths widths;

  FlowView(NetworkConfig network) {
    architecture = Networks.architecture(network);
    widths = Networks.widths(network);
  }

  FlowResults results(
      String data,
      FlowSummary summary,
      List<String> warnings,
      List<FlowTable.Input> inputs,
      List<FlowResults.PriorDensity> densities) {
    InputKernel kernel = new InputKernel(architecture, inputs.get(0).features().length);
    List<FlowTable.Input> sorted =
        inputs.stream()
            .sorted(
                Comparator.comparingDouble(
                    (FlowTable.Input input) -> kernel.variance(input.features(), 0)))
            .toList();
    int count = Math.min(MOST_INPUTS, sorted.size());
    List<FlowTable.Input> few =
        IntStream.range(0, count)
            .map(i -> count == 1 ? 0 : (int) ((long) i * (sorted.size() - 1) / (count - 1)))
            .mapToObj(sorted::get)
            .toList();
    return new FlowResults(
        data,
        summary,
        warnings,
        byDepth(architecture, few),
        critical(few),
        pairs(meanSquare(sorted.get(sorted.size() / 2).features())),
        densities);
  }

  private FlowResults.Critical critical(List<FlowTable.Input> inputs) {
    Criticality criticality = Criticality.of(architecture.activation());
    if (!(criticality instanceof Criticality.Found found)) {
      return new FlowResults.Critical(criticality, List.of());
    }
    Architecture prior =
        Architecture.uniform(
            architecture.activation(),
            architecture.hiddenLayers(),
            found.biasVariance(),
            found.weightVariance());
    return new FlowResults.Critical(found, byDepth(prior, inputs));
  }

  private List<FlowResults.ByDepth> byDepth(Architecture prior, List<FlowTable.Input> inputs) {
    FlowTable table = new FlowTable(prior, widths);
    List<FlowResults.ByDepth> flows = new ArrayList<>();
    for (FlowTable.Input input : inputs) {
      List<Row> rows = new ArrayList<>();
      table.rows(input).forEachRemaining(rows::add);
      flows.add(
          new FlowResults.ByDepth(
              input.id().toString(),
              rows.stream().mapToDouble(row -> row.getDouble(2)).toArray(),
              rows.stream().mapToDouble(row -> ratio(row, 5)).toArray(),
              rows.stream().mapToDouble(row -> ratio(row, 6)).toArray()));
    }
    return flows;
  }

  private static double ratio(Row row, int column) {
    return row.isNullAt(column) ? Double.NaN : row.getDouble(column);
  }

  /** x·x/n_0, or 1 for an input of zeros, which has no angles. */
  private static double meanSquare(double[] x) {
    double square = Arrays.stream(x).map(v -> v * v).sum() / x.length;
    return square > 0 ? square : 1;
  }

  private FlowResults.Pairs pairs(double square) {
    double[] degrees =
        IntStream.rangeClosed(0, 180 / STEP).mapToDouble(i -> (double) i * STEP).toArray();
    int hidden = architecture.hiddenLayers();
    int count = Math.min(MOST_LAYERS, hidden + 1);
    int[] layers =
        IntStream.range(0, count).map(i -> count == 1 ? 0 : i * hidden / (count - 1)).toArray();
    double[][][] values = new double[3][count][degrees.length];
    for (int d = 0; d < degrees.length; d++) {
      double angle = Math.toRadians(degrees[d]);
      double length = Math.sqrt(2 * square);
      Matrix inputs =
          Matrix.copyOf(
              new double[][] {{length, 0}, {length * Math.cos(angle), length * Math.sin(angle)}});
      for (int k = 0; k < count; k++) {
        SampleFlow flow = SampleFlow.of(architecture.truncated(layers[k]), inputs);
        PairFlow pair = PairFlow.of(flow, widths, TOLERANCE);
        values[0][k][d] = pair.kernel();
        values[1][k][d] = pair.selfEnergy();
        values[2][k][d] = pair.vertex();
      }
    }
    return new FlowResults.Pairs(
        degrees, Arrays.stream(layers).map(l -> l + 1).toArray(), values[0], values[1], values[2]);
  }
}
