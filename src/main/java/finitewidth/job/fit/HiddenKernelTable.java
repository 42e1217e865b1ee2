package finitewidth.job.fit;

import finitewidth.data.DataException;
import finitewidth.job.config.OutputConfig;
import finitewidth.job.flow.FlowJob;
import finitewidth.job.output.PredictionsWriter;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.HiddenKernel;
import finitewidth.posterior.TargetAlignment;
import finitewidth.prior.Widths;
import finitewidth.report.summary.FitSummary;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of {@code hidden_kernels/}: for each hidden layer and each pair of training rows, j ≤ i,
 * the kernel that the layer makes of them, order by order. Layers and rows count from 1.
 */
public final class HiddenKernelTable {
  /** Pairs are kept on the driver. */
  static final int MOST_ROWS = 500;

  private final Widths widths;
  private final List<Object> ids;
  private final TargetAlignment alignment;

  /**
   * @param ids of the training rows
   * @param targets of the training rows, preprocessed
   */
  HiddenKernelTable(Widths widths, List<Object> ids, Matrix targets) {
    this.widths = widths;
    this.ids = ids;
    alignment = new TargetAlignment(targets);
  }

  /** Refuses more training rows than can be written pair by pair. */
  public static void requireFew(OutputConfig output, long rows) {
    if (output.hiddenKernels() && rows > MOST_ROWS) {
      throw new DataException(
          """
          output.hidden-kernels=true takes at most %s training rows and there are %s; use \
          data.train-rows=%s or less\
          """
              .formatted(MOST_ROWS, rows, MOST_ROWS));
    }
  }

  private static StructType schema(DataType idType) {
    return new StructType()
        .add("layer", DataTypes.IntegerType, false)
        .add("i", DataTypes.IntegerType, false)
        .add("j", DataTypes.IntegerType, false)
        .add("id_i", idType, false)
        .add("id_j", idType, false)
        .add("nngp", DataTypes.DoubleType, false)
        .add("prior_shift", DataTypes.DoubleType, false)
        .add("posterior_shift", DataTypes.DoubleType, false)
        .add("posterior_shift_standard_error", DataTypes.DoubleType, false);
  }

  void write(
      SparkSession session, List<HiddenKernel> kernels, OutputConfig.Format format, String path) {
    List<Row> rows = new ArrayList<>();
    for (HiddenKernel kernel : kernels) {
      for (int i = 0; i < ids.size(); i++) {
        for (int j = 0; j <= i; j++) {
          rows.add(
              RowFactory.create(
                  kernel.layer() + 1,
                  i + 1,
                  j + 1,
                  ids.get(i),
                  ids.get(j),
                  kernel.nngp().get(i, j),
                  kernel.priorShift(widths, i, j),
                  kernel.posteriorShift(widths, i, j),
                  kernel.posteriorError(widths, i, j)));
        }
      }
    }
    PredictionsWriter.write(
        session.createDataFrame(rows, schema(FlowJob.idType(ids.get(0)))).coalesce(1),
        format,
        path);
  }

  /** Root mean squares over all pairs, for summary.json. */
  List<FitSummary.HiddenKernel> summaries(List<HiddenKernel> kernels) {
    return kernels.stream().map(this::summary).toList();
  }

  private FitSummary.HiddenKernel summary(HiddenKernel kernel) {
    double[] squares = new double[4];
    int n = ids.size();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        squares[0] += square(kernel.nngp().get(i, j));
        squares[1] += square(kernel.priorShift(widths, i, j));
        squares[2] += square(kernel.posteriorShift(widths, i, j));
        squares[3] += square(kernel.posteriorError(widths, i, j));
      }
    }
    return new FitSummary.HiddenKernel(
        kernel.layer() + 1,
        Math.sqrt(squares[0]) / n,
        Math.sqrt(squares[1]) / n,
        Math.sqrt(squares[2]) / n,
        Math.sqrt(squares[3]) / n,
        alignment(kernel));
  }

  private FitSummary.Alignment alignment(HiddenKernel kernel) {
    TargetAlignment.Kernel nngp = kernel.nngp()::get;
    TargetAlignment.Kernel prior = (a, b) -> nngp.at(a, b) + kernel.priorShift(widths, a, b);
    TargetAlignment.Kernel posterior =
        (a, b) -> prior.at(a, b) + kernel.posteriorShift(widths, a, b);
    return new FitSummary.Alignment(
        alignment.of(nngp), alignment.of(prior), alignment.of(posterior));
  }

  private static double square(double x) {
    return x * x;
  }
}
