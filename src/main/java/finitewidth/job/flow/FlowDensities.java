package finitewidth.job.flow;

import finitewidth.job.config.FlowConfig;
import finitewidth.prior.Architecture;
import finitewidth.prior.InputKernel;
import finitewidth.prior.PointFlow;
import finitewidth.prior.Widths;
import finitewidth.prior.density.DensityGrid;
import finitewidth.prior.density.Edgeworth;
import finitewidth.prior.density.ExactDensity;
import finitewidth.prior.density.Histogram;
import finitewidth.prior.density.NetworkDraws;
import finitewidth.prior.density.PriorDensity;
import finitewidth.report.flow.FlowResults;
import finitewidth.report.summary.FlowSummary;
import finitewidth.runtime.Parcels;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * The rows of {@code density/}: for each of the first inputs and each bin the prior density of one
 * output at the bin's centre, exact where that is known, to first order, Gaussian, and of drawn
 * networks. Batches of draws depend on the seed and their number alone, and counts are whole
 * numbers: the same bits for any number of partitions.
 */
final class FlowDensities implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Networks of one task. */
  private static final long BATCH = 10_000;

  private final Architecture architecture;
  private final Widths widths;
  private final FlowConfig config;
  private final List<FlowTable.Input> inputs;
  private final List<Row> rows = new ArrayList<>();
  private final List<FlowSummary.Density> summaries = new ArrayList<>();

  /** One batch of networks at one input. */
  private record Batch(int input, long number, long draws) implements Serializable {}

  /** What one input gives without draws. */
  private record Curves(
      int input, double kernel, double selfEnergy, double vertex, double[] exact, double atom)
      implements Serializable {}

  private FlowDensities(
      Architecture architecture, Widths widths, FlowConfig config, List<FlowTable.Input> inputs) {
    this.architecture = architecture;
    this.widths = widths;
    this.config = config;
    this.inputs = inputs;
  }

  /**
   * Computes all densities.
   *
   * @param inputs preprocessed, those to draw densities of
   */
  static FlowDensities of(
      SparkSession session,
      Architecture architecture,
      Widths widths,
      FlowConfig config,
      List<FlowTable.Input> inputs) {
    FlowDensities densities =
        new FlowDensities(architecture, widths, config, new ArrayList<>(inputs));
    densities.compute(JavaSparkContext.fromSparkContext(session.sparkContext()));
    return densities;
  }

  private void compute(JavaSparkContext spark) {
    if (inputs.isEmpty()) {
      return;
    }
    FlowDensities work = new FlowDensities(architecture, widths, config, inputs);
    List<Curves> curves =
        Parcels.collect(
            Parcels.parallelize(
                    spark, IntStream.range(0, inputs.size()).boxed().toList(), inputs.size())
                .flatMap(i -> work.curves(i).stream().iterator()));
    List<Batch> batches =
        curves.stream()
            .flatMap(
                curve ->
                    LongStream.range(0, (config.densityDraws() + BATCH - 1) / BATCH)
                        .mapToObj(
                            number ->
                                new Batch(
                                    curve.input(),
                                    number,
                                    Math.min(BATCH, config.densityDraws() - number * BATCH))))
            .toList();
    Map<Integer, Histogram> histograms =
        batches.isEmpty()
            ? Map.of()
            : Parcels.reduceByKey(
                Parcels.parallelize(
                        spark, batches, Math.min(batches.size(), 4 * spark.defaultParallelism()))
                    .mapToPair(batch -> new Tuple2<>(batch.input(), work.draw(batch))),
                Histogram::add);
    for (Curves curve : curves) {
      add(curve, Objects.requireNonNull(histograms.get(curve.input())));
    }
  }

  private double inputVariance(int input) {
    double[] x = inputs.get(input).features();
    return new InputKernel(architecture, x.length).variance(x, 0);
  }

  private Optional<Curves> curves(int input) {
    return PriorDensity.of(architecture, widths, inputVariance(input))
        .map(
            prior -> {
              DensityGrid grid = prior.grid();
              double[] exact =
                  prior.exact().stream()
                      .flatMapToDouble(
                          density ->
                              IntStream.range(0, DensityGrid.BINS)
                                  .mapToDouble(bin -> density.at(grid.centre(bin))))
                      .toArray();
              double atom = prior.exact().map(ExactDensity::atom).orElse(Double.NaN);
              return new Curves(
                  input, prior.kernel(), prior.selfEnergy(), prior.vertex(), exact, atom);
            });
  }

  private Histogram draw(Batch batch) {
    double inputVariance = inputVariance(batch.input());
    // The batch is only there if the input has a density.
    DensityGrid grid =
        new DensityGrid(
            Math.sqrt(
                PointFlow.of(architecture, inputVariance).kernel(architecture.hiddenLayers())));
    return new NetworkDraws(architecture, widths)
        .draw(grid, inputVariance, config.seed(), batch.input(), batch.number(), batch.draws());
  }

  private void add(Curves curve, Histogram histogram) {
    Object id = inputs.get(curve.input()).id();
    DensityGrid grid = new DensityGrid(Math.sqrt(curve.kernel()));
    Edgeworth edgeworth = Edgeworth.prior(curve.kernel(), curve.selfEnergy(), curve.vertex());
    for (int bin = 0; bin < DensityGrid.BINS; bin++) {
      double h = grid.centre(bin);
      rows.add(
          RowFactory.create(
              id,
              h,
              curve.exact().length == 0 ? null : (Double) curve.exact()[bin],
              edgeworth.density(h),
              edgeworth.gaussian(h),
              histogram.density(grid, bin),
              histogram.error(grid, bin)));
    }
    summaries.add(
        new FlowSummary.Density(
            id,
            curve.kernel(),
            curve.selfEnergy(),
            curve.vertex(),
            grid.width(),
            ExactDensity.refusal(architecture, widths),
            curve.atom(),
            edgeworth.isPositive(),
            histogram.draws(),
            histogram.zeros(),
            histogram.outside()));
  }

  static StructType schema(DataType idType) {
    return new StructType()
        .add("id", idType, false)
        .add("value", DataTypes.DoubleType, false)
        .add("exact", DataTypes.DoubleType, true)
        .add("edgeworth", DataTypes.DoubleType, false)
        .add("gaussian", DataTypes.DoubleType, false)
        .add("drawn", DataTypes.DoubleType, false)
        .add("drawn_standard_error", DataTypes.DoubleType, false);
  }

  /** By input and bin. */
  List<Row> rows() {
    return rows;
  }

  /** For the page, one for each of {@link #summaries}. */
  List<FlowResults.PriorDensity> curves() {
    List<FlowResults.PriorDensity> curves = new ArrayList<>();
    for (int k = 0; k < summaries.size(); k++) {
      List<Row> own = rows.subList(k * DensityGrid.BINS, (k + 1) * DensityGrid.BINS);
      curves.add(
          new FlowResults.PriorDensity(
              summaries.get(k),
              column(own, 1),
              column(own, 2),
              column(own, 3),
              column(own, 4),
              column(own, 5),
              column(own, 6)));
    }
    return curves;
  }

  private static double[] column(List<Row> rows, int column) {
    return rows.stream()
        .mapToDouble(row -> row.isNullAt(column) ? Double.NaN : row.getDouble(column))
        .toArray();
  }

  /** For summary.json, one for each input whose output is not always zero. */
  List<FlowSummary.Density> summaries() {
    return summaries;
  }
}
