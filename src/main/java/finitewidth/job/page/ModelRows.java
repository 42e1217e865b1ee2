package finitewidth.job.page;

import finitewidth.inference.Order;
import finitewidth.inference.RowPredictions;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.job.score.PredictedRow;
import finitewidth.ml.FiniteWidthPredictionModel;
import finitewidth.ml.rows.VectorColumns;
import finitewidth.model.FiniteWidthModel;
import finitewidth.posterior.Prediction;
import finitewidth.report.fit.FitResults;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Rows of a DataFrame that a report of a model looks at, predicted on the driver. Of many rows it
 * is a random choice.
 *
 * @param all how many rows there are that can be predicted
 * @param scored whether they have labels
 */
record ModelRows(List<PredictedRow> rows, long all, boolean scored) {
  private static final long SEED = 1;

  /** Of the rows that have all features and, where there is such a column, a label. */
  static ModelRows of(FiniteWidthPredictionModel<?> model, Dataset<Row> dataset) {
    boolean scored = Arrays.asList(dataset.columns()).contains(model.getLabelCol());
    Dataset<Row> asked =
        scored
            ? dataset.select(model.getFeaturesCol(), model.getLabelCol()).na().drop()
            : dataset.select(model.getFeaturesCol()).na().drop();
    long count = asked.count();
    int most = FitResults.mostRows(model.content().outputs());
    Dataset<Row> chosen = count > most ? asked.orderBy(functions.rand(SEED)).limit(most) : asked;
    List<Row> known =
        chosen.collectAsList().stream().filter(row -> isKnown(model.content(), row)).toList();
    return new ModelRows(predicted(model, known, scored), count, scored);
  }

  private static boolean isKnown(FiniteWidthModel model, Row row) {
    double[] features = row.<Vector>getAs(0).toArray();
    return features.length == model.features()
        && Arrays.stream(features).allMatch(Double::isFinite)
        && model.preprocessing().features().scales(features);
  }

  private static List<PredictedRow> predicted(
      FiniteWidthPredictionModel<?> model, List<Row> rows, boolean scored) {
    FiniteWidthModel content = model.content();
    double[][] inputs =
        rows.stream()
            .map(row -> content.preprocessing().features().forward(row.<Vector>getAs(0).toArray()))
            .toArray(double[][]::new);
    boolean infinite = model.getOrder() == 0 || content.posterior().logEvidence().isOrderZero();
    List<Prediction> predictions =
        RowPredictions.of(
            LocalRuntime.allCores(),
            content.posterior(),
            infinite ? Order.NNGP : Order.CORRECTED,
            inputs);
    List<PredictedRow> predicted = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      Row row = rows.get(i);
      predicted.add(
          new PredictedRow(
              i,
              i,
              scored && !content.isClassification() ? targets(row) : new double[0],
              scored && content.isClassification() ? label(content, row) : "",
              new Object[0],
              predictions.get(i)));
    }
    return predicted;
  }

  private static double[] targets(Row row) {
    return VectorColumns.isVector(row.schema().apply(1).dataType())
        ? row.<Vector>getAs(1).toArray()
        : new double[] {row.<Number>getAs(1).doubleValue()};
  }

  /** The name of a class; empty for a number that no class has. */
  private static String label(FiniteWidthModel model, Row row) {
    int at = row.<Number>getAs(1).intValue();
    return at >= 0 && at < model.classNames().size() ? model.classNames().get(at) : "";
  }
}
