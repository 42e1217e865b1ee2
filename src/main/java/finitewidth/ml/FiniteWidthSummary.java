package finitewidth.ml;

import finitewidth.inference.ChainReport;
import finitewidth.inference.MetricReport;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * How a fit went. Log evidences are in nats, of the scaled training labels with noise.
 *
 * @param trainingRows that were learnt from
 * @param logEvidence at infinite width
 * @param deltaLogEvidence what hiddenWidths add by the method; NaN by nngp, which reads no widths
 * @param deltaLogEvidenceStandardError 0 where the contraction was exact; NaN likewise
 * @param dataFit q = tr YᵀA⁻¹Y, which the expansion wants near rows × outputs, of the inducing
 *     points where those stand for rows
 * @param byWidth networks of the uniform widths that were asked for; none by nngp
 * @param engine what contracted the four-point vertex
 * @param inducing the points that stand for the training rows; empty where none do
 * @param warnings what the user should know
 */
public record FiniteWidthSummary(
    long trainingRows,
    double logEvidence,
    double deltaLogEvidence,
    double deltaLogEvidenceStandardError,
    double dataFit,
    List<AtWidth> byWidth,
    Engine engine,
    Optional<Inducing> inducing,
    Seconds seconds,
    List<String> warnings) {

  /**
   * All hidden layers of one width.
   *
   * @param logEvidence to first order
   */
  public record AtWidth(
      double width,
      double logEvidence,
      double deltaLogEvidence,
      double deltaLogEvidenceStandardError) {}

  /**
   * How the contraction was done.
   *
   * @param name exact or sampled, or another method
   * @param moments four-point moments of the training rows; 0 for the sampled engine
   * @param drawsByLayer of the sampled engine
   * @param standardError of the corrected mean, in NNGP deviations, as the stopping rule saw it
   * @param warnings of the engine
   * @param chains of each network; none but by the method networks
   * @param metrics what the kernel of each network has learnt; none but by the method adaptive
   */
  public record Engine(
      String name,
      long moments,
      List<Long> drawsByLayer,
      double standardError,
      List<String> warnings,
      List<ChainReport> chains,
      List<MetricReport> metrics) {}

  /**
   * Points that stand for the training rows.
   *
   * @param points that are conditioned on
   * @param asked how many were asked for; those that depend on others to working precision are left
   *     out
   * @param variationalBound below the log evidence of the NNGP conditioned on all rows
   * @param unseenDirections of the points of which the rows say nothing
   * @param passSeconds for the pass over all rows
   */
  public record Inducing(
      int points,
      int asked,
      String method,
      String approximation,
      double variationalBound,
      int unseenDirections,
      double passSeconds) {}

  /** Wall-clock seconds by phase. */
  public record Seconds(double kernels, double factor, double contraction, double total) {}

  public FiniteWidthSummary {
    byWidth = List.copyOf(byWidth);
    warnings = List.copyOf(warnings);
  }

  /** {@link #byWidth} as a DataFrame, with a first row for infinite width. */
  public Dataset<Row> widthTable(SparkSession spark) {
    StructType schema =
        new StructType()
            .add("width", DataTypes.DoubleType, false)
            .add("logEvidence", DataTypes.DoubleType, false)
            .add("deltaLogEvidence", DataTypes.DoubleType, false)
            .add("deltaLogEvidenceStandardError", DataTypes.DoubleType, false);
    Stream<Row> infinite =
        Stream.of(RowFactory.create(Double.POSITIVE_INFINITY, logEvidence, 0.0, 0.0));
    Stream<Row> finite =
        byWidth.stream()
            .map(
                at ->
                    RowFactory.create(
                        at.width(),
                        at.logEvidence(),
                        at.deltaLogEvidence(),
                        at.deltaLogEvidenceStandardError()));
    return spark.createDataFrame(Stream.concat(infinite, finite).toList(), schema);
  }
}
