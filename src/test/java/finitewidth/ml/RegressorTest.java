package finitewidth.ml;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import finitewidth.FiniteNetwork;
import finitewidth.FittedNetwork;
import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.SampledHyperparameter;
import finitewidth.inference.ensemble.Drawing;
import finitewidth.inference.exact.ExactPosterior;
import finitewidth.inference.exact.Fit;
import finitewidth.inference.renormalised.Guarding;
import finitewidth.inference.renormalised.Renormalising;
import finitewidth.inference.scale.Scaling;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The regressor and its model on DataFrames. */
class RegressorTest {
  private static SparkSession spark;
  private static Dataset<Row> train;
  private static Dataset<Row> test;
  private static FiniteWidthRegressionModel model;

  @BeforeAll
  static void fit() {
    spark = Frames.spark();
    train = Frames.of(spark, 24, 1).cache();
    test = Frames.of(spark, 15, 2).cache();
    model = Frames.regressor().setWidths(100, 1000).fit(train);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static List<Row> predictions(FiniteWidthRegressionModel by, Dataset<Row> rows) {
    return by.transform(rows).sort("id").collectAsList();
  }

  /** The posterior itself, on the rows in their own order, standardized by hand. */
  @Test
  void whatThePosteriorSays() {
    double[][] x = vectors(train, "features");
    double[][] y = vectors(train, "both");
    double[][] xs = standardized(x, x);
    double[][] ys = standardized(y, y);
    ExactPosterior posterior =
        Fit.of(
            Architecture.uniform(Activations.byName("relu").orElseThrow(), 2, 0.1, 2.0),
            Matrix.copyOf(xs),
            Matrix.copyOf(ys),
            0.05);
    double[][] tests = standardized(vectors(test, "features"), x);
    FiniteWidthRegressionModel both =
        Frames.regressor()
            .setBiasVariance(0.1)
            .setLabelCol("both")
            .setVarianceCol("variance")
            .setDeltaMeanCol("delta")
            .setNngpPredictionCol("nngp")
            .setWithinExpansionCol("within")
            .setStandardErrorCol("error")
            .fit(train);
    List<Row> rows = predictions(both, test);
    double[] mean = moments(y)[0];
    double[] deviation = moments(y)[1];
    for (int i = 0; i < rows.size(); i++) {
      Prediction expected = posterior.predictor().predict(tests[i]);
      double[] delta = expected.at(both.content().widths()).deltaMean();
      double[] deltaVariance = expected.at(both.content().widths()).deltaVariance();
      Row row = rows.get(i);
      for (int k = 0; k < 2; k++) {
        double nngp = mean[k] + deviation[k] * expected.nngpMean()[k];
        assertThat(at(row, "nngp", k)).isCloseTo(nngp, within(1e-9));
        assertThat(at(row, "delta", k)).isCloseTo(deviation[k] * delta[k], within(1e-9));
        assertThat(at(row, "prediction", k))
            .isCloseTo(nngp + deviation[k] * delta[k], within(1e-9));
        assertThat(at(row, "variance", k))
            .isCloseTo(
                deviation[k] * deviation[k] * (expected.nngpVariance() + deltaVariance[k]),
                within(1e-9));
        assertThat(at(row, "error", k)).isZero();
      }
      assertThat((Boolean) row.getAs("within"))
          .isEqualTo(expected.at(both.content().widths()).trusted());
    }
  }

  /** The method ensemble gives what the library's engine of that name does. */
  @Test
  void theExactPosterior() {
    Dataset<Row> few = train.where("id < 8").cache();
    FiniteWidthRegressor exact =
        Frames.regressor()
            .setHiddenWidths(16)
            .setWidths(40)
            .setNoiseVariance(0.5)
            .setMethod("ensemble")
            .setEnsembleDraws(4096)
            .setLabelCol("both")
            .setWithinExpansionCol("converged");
    FiniteWidthRegressionModel model = exact.fit(few);
    double[][] x = vectors(few, "features");
    double[][] y = vectors(few, "both");
    Widths own = Widths.of(16);
    FittedNetwork expected =
        FiniteNetwork.of("relu", 1)
            .variances(exact.getBiasVariance()[0], 2)
            .noiseVariance(0.5)
            .drawing(new Drawing(List.of(own, Widths.of(40)), 4096, exact.getSeed()))
            .engine("ensemble")
            .condition(standardized(x, x), standardized(y, y));
    double[][] tests = standardized(vectors(test, "features"), x);
    List<Row> rows = predictions(model, test.limit(2));
    for (int i = 0; i < 2; i++) {
      double[] mean = expected.predict(new double[][] {tests[i]}).get(0).at(own).mean();
      for (int k = 0; k < 2; k++) {
        assertThat(at(rows.get(i), "prediction", k))
            .isCloseTo(moments(y)[0][k] + moments(y)[1][k] * mean[k], within(1e-9));
      }
      assertThat((Boolean) rows.get(i).getAs("converged")).isTrue();
    }
    assertThat(model.logEvidence() + model.deltaLogEvidence())
        .isCloseTo(expected.logEvidence().at(own), within(1e-9));
    assertThatThrownBy(() -> exact.setWidths(8.5).fit(few))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("whole numbers from 1");
    assertThatThrownBy(() -> exact.setWidths(8).setInducingPoints(3).fit(few))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("leave inducingPoints at 0");
  }

  /** The method renormalised gives what the library's engine of that name does. */
  @Test
  void renormalisedFirstOrder() {
    Dataset<Row> few =
        train
            .where("id < 8")
            .withColumn("first", vector_to_array(functions.col("both"), "float64").getItem(0))
            .cache();
    FiniteWidthRegressor renormalised =
        Frames.regressor()
            .setHiddenWidths(6)
            .setWidths(40)
            .setNoiseVariance(0.5)
            .setMethod("renormalised")
            .setPasses(2)
            .setGuards("settled")
            .setLabelCol("first")
            .setWithinExpansionCol("within");
    FiniteWidthRegressionModel model = renormalised.fit(few);
    double[][] x = vectors(few, "features");
    double[][] y =
        Arrays.stream(vectors(few, "both"))
            .map(both -> new double[] {both[0]})
            .toArray(double[][]::new);
    Widths own = Widths.of(6);
    FittedNetwork expected =
        FiniteNetwork.of("relu", 1)
            .variances(renormalised.getBiasVariance()[0], 2)
            .noiseVariance(0.5)
            .renormalising(
                new Renormalising(List.of(own, Widths.of(40)), "auto", 2, Guarding.SETTLED))
            .engine("renormalised")
            .condition(standardized(x, x), standardized(y, y));
    double[][] tests = standardized(vectors(test, "features"), x);
    List<Row> rows = predictions(model, test.limit(2));
    for (int i = 0; i < 2; i++) {
      Predictive there = expected.predict(new double[][] {tests[i]}).get(0).at(own);
      assertThat(rows.get(i).<Double>getAs("prediction"))
          .isCloseTo(moments(y)[0][0] + moments(y)[1][0] * there.mean()[0], within(1e-9));
      assertThat((Boolean) rows.get(i).getAs("within")).isEqualTo(there.trusted());
    }
    assertThat(model.logEvidence() + model.deltaLogEvidence())
        .isCloseTo(expected.logEvidence().at(own), within(1e-9));
  }

  /** The method linear gives what the library's engine of that name does, for two outputs. */
  @Test
  void deepLinearNetworks() {
    Dataset<Row> few = train.where("id < 8").cache();
    FiniteWidthRegressor linear =
        Frames.regressor()
            .setActivation("linear")
            .setBiasVariance(0)
            .setHiddenWidths(6)
            .setNoiseVariance(0.5)
            .setMethod("linear")
            .setLabelCol("both")
            .setWithinExpansionCol("within");
    FiniteWidthRegressionModel model = linear.fit(few);
    double[][] x = vectors(few, "features");
    double[][] y = vectors(few, "both");
    Widths own = Widths.of(6);
    FittedNetwork expected =
        FiniteNetwork.of("linear", 1)
            .variances(0, 2)
            .noiseVariance(0.5)
            .scaling(Scaling.of(List.of(own)))
            .engine("linear")
            .condition(standardized(x, x), standardized(y, y));
    double[][] tests = standardized(vectors(test, "features"), x);
    List<Row> rows = predictions(model, test.limit(2));
    for (int i = 0; i < 2; i++) {
      Predictive there = expected.predict(new double[][] {tests[i]}).get(0).at(own);
      for (int j = 0; j < 2; j++) {
        assertThat(rows.get(i).<Vector>getAs("prediction").apply(j))
            .isCloseTo(moments(y)[0][j] + moments(y)[1][j] * there.mean()[j], within(1e-9));
      }
      assertThat((Boolean) rows.get(i).getAs("within")).isTrue();
    }
    assertThat(model.logEvidence() + model.deltaLogEvidence())
        .isCloseTo(expected.logEvidence().at(own), within(1e-9));
    assertThatThrownBy(() -> linear.setActivation("relu").fit(few))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("relu is not linear");
    assertThatThrownBy(() -> linear.setMethod("proportional").fit(few))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one output");
  }

  /** The method adaptive has what the library's engine of that name has, for two targets too. */
  @Test
  void adaptiveKernels() {
    Dataset<Row> few = train.where("id < 8").cache();
    FiniteWidthRegressor adaptive =
        Frames.regressor()
            .setHiddenWidths(6)
            .setNoiseVariance(0.5)
            .setMethod("adaptive")
            .setLabelCol("both");
    FiniteWidthRegressionModel model = adaptive.fit(few);
    double[][] x = vectors(few, "features");
    double[][] y = vectors(few, "both");
    Widths own = Widths.of(6);
    FittedNetwork expected =
        FiniteNetwork.of("relu", 1)
            .variances(adaptive.getBiasVariance()[0], 2)
            .noiseVariance(0.5)
            .renormalising(new Renormalising(List.of(own), "auto", 1))
            .engine("adaptive")
            .condition(standardized(x, x), standardized(y, y));
    assertThat(model.logEvidence() + model.deltaLogEvidence())
        .isCloseTo(expected.logEvidence().at(own), within(1e-9));
    assertThat(model.summary().engine().metrics().get(0).relevance())
        .hasSameSizeAs(expected.learnt(own).orElseThrow().relevance());
    assertThatThrownBy(() -> adaptive.setInducingPoints(3).fit(few))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs the training rows themselves");
  }

  /** The method networks gives what the library's engine of that name does, and says how. */
  @Test
  void theExactPosteriorByChains() {
    Dataset<Row> few = train.where("id < 8").cache();
    FiniteWidthRegressor exact =
        Frames.regressor()
            .setHiddenWidths(8)
            .setNoiseVariance(0.5)
            .setMethod("networks")
            .setChains(4)
            .setMaxIterations(200)
            .setKeptStates(20)
            .setLabelCol("both")
            .setQuantilesCol("quantiles")
            .setQuantileProbabilities(0.1, 0.9);
    FiniteWidthRegressionModel model = exact.fit(few);
    FiniteWidthSummary.Engine engine = model.summary().engine();
    assertThat(engine.name()).isEqualTo("networks");
    assertThat(engine.chains()).hasSize(1);
    assertThat(engine.chains().get(0).chains()).isEqualTo(4);
    assertThat(engine.chains().get(0).iterations()).isEqualTo(200);
    for (Row row : predictions(model, test.limit(2))) {
      List<Vector> quantiles = row.getList(row.fieldIndex("quantiles"));
      assertThat(quantiles).hasSize(2);
      for (int k = 0; k < 2; k++) {
        assertThat(quantiles.get(k).apply(0)).isLessThan(at(row, "prediction", k));
        assertThat(quantiles.get(k).apply(1)).isGreaterThan(at(row, "prediction", k));
      }
    }
  }

  /** Chains find the noise themselves, and the summary and a saved model have what they found. */
  @Test
  void hyperparametersOfChains(@TempDir Path directory) throws IOException {
    Dataset<Row> few = train.where("id < 20").cache();
    FiniteWidthRegressor sampled =
        Frames.regressor()
            .setHiddenWidths(4)
            .setNoiseVariance(0.5)
            .setMethod("networks")
            .setHyperparameters("sampled")
            .setInputScales("per-feature")
            .setChains(4)
            .setMaxIterations(100)
            .setMaxAnnealing(100)
            .setKeptStates(20)
            .setQuantilesCol("quantiles")
            .setQuantileProbabilities(0.1, 0.9);
    FiniteWidthRegressionModel fitted = sampled.fit(few);
    List<SampledHyperparameter> found = fitted.summary().engine().chains().get(0).hyperparameters();
    assertThat(found.get(0).name()).isEqualTo("noise variance");
    assertThat(found.get(0).mean()).isPositive();
    assertThat(found.get(0).lower()).isBetween(0.0, found.get(0).upper());
    assertThat(found.stream().filter(one -> one.feature().isPresent()))
        .hasSize(fitted.numFeatures());
    fitted.write().save(directory.resolve("model").toString());
    FiniteWidthRegressionModel read =
        FiniteWidthRegressionModel.load(directory.resolve("model").toString());
    assertThat(read.getHyperparameters()).isEqualTo("sampled");
    assertThat(predictions(read, test)).isEqualTo(predictions(fitted, test));
    assertThatThrownBy(() -> Frames.regressor().setHyperparameters("sampled").fit(few))
        .hasMessageContaining("set method = networks, or hyperparameters = fixed");
    assertThatThrownBy(() -> Frames.regressor().setInputScales("per-feature").fit(few))
        .hasMessageContaining("inputScales = per-feature needs hyperparameters = sampled");
    assertThatThrownBy(() -> Frames.regressor().setHyperparameters("evidence"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double at(Row row, String column, int k) {
    return ((Vector) row.getAs(column)).apply(k);
  }

  private static double[][] vectors(Dataset<Row> rows, String column) {
    return rows.sort("id").select(column).collectAsList().stream()
        .map(row -> ((Vector) row.get(0)).toArray())
        .toArray(double[][]::new);
  }

  private static double[][] moments(double[][] x) {
    int columns = x[0].length;
    double[][] moments = new double[2][columns];
    for (int j = 0; j < columns; j++) {
      int at = j;
      moments[0][j] = Arrays.stream(x).mapToDouble(row -> row[at]).average().orElseThrow();
      double mean = moments[0][j];
      moments[1][j] =
          Math.sqrt(
              Arrays.stream(x)
                  .mapToDouble(row -> (row[at] - mean) * (row[at] - mean))
                  .average()
                  .orElseThrow());
    }
    return moments;
  }

  private static double[][] standardized(double[][] x, double[][] by) {
    double[][] moments = moments(by);
    double[][] scaled = new double[x.length][x[0].length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x[0].length; j++) {
        scaled[i][j] = (x[i][j] - moments[0][j]) / moments[1][j];
      }
    }
    return scaled;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void partitionsDoNotChangeABit(int partitions) {
    Dataset<Row> shuffled = train.orderBy(functions.desc("label")).repartition(partitions);
    FiniteWidthRegressionModel again = Frames.regressor().fit(shuffled);
    for (int order : new int[] {0, 1}) {
      List<Row> expected = predictions(model.copy(new ParamMap()).setOrder(order), test);
      List<Row> found =
          predictions(
              again.setOrder(order), test.orderBy(functions.rand(order)).repartition(partitions));
      assertThat(found).isEqualTo(expected);
    }
  }

  @Test
  void onlyWhatIsAskedForIsAppended() {
    assertThat(model.transform(test).columns())
        .containsExactly("id", "features", "label", "both", "kind", "prediction");
    assertThat(model.transform(test).schema().apply("prediction").dataType())
        .isEqualTo(DataTypes.DoubleType);
    assertThat(
            Frames.regressor()
                .setLabelCol("both")
                .transformSchema(train.schema())
                .apply("prediction")
                .dataType())
        .isEqualTo(SQLDataTypes.VectorType());
    assertThatThrownBy(() -> model.transform(model.transform(test)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("output column prediction exists already");
  }

  @Test
  void orderZeroIsTheInfiniteWidth() {
    FiniteWidthRegressionModel plain =
        model
            .copy(new ParamMap())
            .setOrder(0)
            .setNngpPredictionCol("nngp")
            .setDeltaMeanCol("delta")
            .setWithinExpansionCol("within");
    FiniteWidthRegressionModel corrected = model.copy(new ParamMap()).setNngpPredictionCol("nngp");
    List<Row> nngp = predictions(corrected, test);
    for (Row row : predictions(plain, test)) {
      int i = (int) row.<Long>getAs("id").longValue();
      assertThat(row.<Double>getAs("prediction")).isEqualTo(nngp.get(i).<Double>getAs("nngp"));
      assertThat(row.<Double>getAs("prediction"))
          .isNotEqualTo(nngp.get(i).<Double>getAs("prediction"));
      assertThat(row.<Object>getAs("delta")).isNull();
      assertThat(row.<Object>getAs("within")).isNull();
    }
  }

  /** First order is linear in 1/width, so one fit serves all widths. */
  @Test
  void aModelTakesOtherWidths() {
    FiniteWidthRegressionModel delta = model.copy(new ParamMap()).setDeltaMeanCol("delta");
    double at300 = predictions(delta, test).get(3).<Double>getAs("delta");
    double at600 = predictions(delta.setHiddenWidths(600, 600), test).get(3).<Double>getAs("delta");
    assertThat(at600).isCloseTo(at300 / 2, within(1e-12));
    assertThat(delta.deltaLogEvidence()).isCloseTo(model.deltaLogEvidence() / 2, within(1e-9));
    assertThatThrownBy(() -> delta.setHiddenWidths(10).transform(test))
        .hasMessageContaining("the model has 2 hidden layers");
  }

  @Test
  void itLearns() {
    RegressionEvaluator evaluator = new RegressionEvaluator().setMetricName("r2");
    assertThat(evaluator.evaluate(model.transform(test))).isGreaterThan(0.7);
  }

  @Test
  void theSummary() {
    assertThat(model.hasSummary()).isTrue();
    FiniteWidthSummary summary = model.summary();
    assertThat(summary.engine().name()).isEqualTo("exact");
    assertThat(summary.engine().moments()).isPositive();
    assertThat(summary.trainingRows()).isEqualTo(24);
    assertThat(summary.logEvidence()).isEqualTo(model.logEvidence());
    assertThat(summary.deltaLogEvidence()).isEqualTo(model.deltaLogEvidence());
    List<Row> table = summary.widthTable(spark).collectAsList();
    assertThat(table)
        .extracting(row -> row.getDouble(0))
        .containsExactly(Double.POSITIVE_INFINITY, 100.0, 1000.0);
    assertThat(table.get(1).getDouble(2)).isCloseTo(3 * summary.deltaLogEvidence(), within(1e-9));
    assertThat(summary.seconds().total()).isPositive();
    assertThat(model.copy(new ParamMap()).summary()).isSameAs(summary);
  }

  /** Weights too small for the labels: the summary says by which factor, and that mends it. */
  @Test
  void theSummaryTellsTheOutputScale() {
    FiniteWidthRegressor narrow =
        Frames.regressor().setBiasVariance(0.1).setWeightVariance(0.03).setEngine("exact");
    List<String> warnings = narrow.fit(train).summary().warnings();
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0)).contains("multiply the last biasVariance and weightVariance by ");
    double factor = Double.parseDouble(warnings.get(0).replaceFirst(".* by ", ""));
    FiniteWidthSummary mended =
        narrow
            .setBiasVariance(0.1, 0.1, 0.1 * factor)
            .setWeightVariance(0.03, 0.03, 0.03 * factor)
            .fit(train)
            .summary();
    assertThat(mended.warnings()).isEmpty();
    assertThat(mended.dataFit()).isCloseTo(24, within(0.5));
  }

  private static Dataset<Row> withHoles() {
    Row whole = test.first();
    return spark.createDataFrame(
        List.of(
            RowFactory.create(1L, whole.get(1), 1.0, whole.get(3), 0.0),
            RowFactory.create(2L, null, 1.0, whole.get(3), 0.0),
            RowFactory.create(3L, Vectors.dense(1, Double.NaN, 2), 1.0, whole.get(3), 0.0),
            RowFactory.create(4L, whole.get(1), 1.0, whole.get(3), 0.0)),
        test.schema());
  }

  @Test
  void rowsThatCannotBePredicted() {
    FiniteWidthRegressionModel holes = model.copy(new ParamMap());
    assertThatThrownBy(() -> holes.transform(withHoles().where("id != 3")).collect())
        .hasStackTraceContaining("column features is null in a row; set handleInvalid");
    assertThatThrownBy(() -> holes.transform(withHoles().where("id != 2")).collect())
        .hasStackTraceContaining("column features has NaN as component 1 of a row");
    assertThat(predictions(holes.setHandleInvalid("skip"), withHoles()))
        .extracting(row -> row.getLong(0))
        .containsExactly(1L, 4L);
    List<Row> kept = predictions(holes.setHandleInvalid("keep"), withHoles());
    assertThat(kept).hasSize(4);
    assertThat(kept.get(1).isNullAt(5)).isTrue();
    assertThat(kept.get(2).isNullAt(5)).isTrue();
    assertThat(kept.get(3).getDouble(5)).isEqualTo(kept.get(0).getDouble(5));
  }

  @Test
  void rowsThatCannotBeTrainedOn() {
    Dataset<Row> holes = train.union(withHoles().where("id in (2, 3)"));
    assertThatThrownBy(() -> Frames.regressor().fit(holes))
        .hasMessage(
            "row 24 cannot be trained on: features is null; handleInvalid=skip leaves it out");
    FiniteWidthRegressionModel skipped = Frames.regressor().setHandleInvalid("skip").fit(holes);
    assertThat(skipped.numTrainingRows()).isEqualTo(24);
    assertThat(predictions(skipped, test)).isEqualTo(predictions(model, test));
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> Frames.regressor().setNoiseVariance(-1))
        .hasMessageContaining("noiseVariance given invalid value -1.0");
    assertThatThrownBy(() -> Frames.regressor().setActivation("step"))
        .hasMessageContaining("activation given invalid value step");
    assertThatThrownBy(() -> Frames.regressor().setBiasVariance(1, 2).fit(train))
        .hasMessageContaining("biasVariance has 2 numbers; one is accepted, or 3");
    assertThatThrownBy(() -> Frames.regressor().setFeaturesCol("label").fit(train))
        .hasMessageContaining("column label is of type double; a vector is needed");
    assertThatThrownBy(() -> Frames.regressor().fit(train.withColumn("label", functions.lit(1.0))))
        .hasMessageEndingWith("choose another labelCol or targetScaling=none");
    assertThatThrownBy(() -> Frames.regressor().setLabelCol("missing").fit(train))
        .hasMessageContaining("there is no column missing; columns present: id, features");
    assertThatThrownBy(() -> Frames.regressor().setNoiseVariance(0).fit(train.union(train)))
        .hasMessageContaining("coincides with row")
        .hasMessageContaining("raise noiseVariance");
    assertThatThrownBy(
            () ->
                Frames.regressor().fit(spark.range(1_000_000).crossJoin(train.limit(1).drop("id"))))
        .hasMessageContaining(
            "1000000 rows to train on need about 149011.6 GiB and the driver has");
    assertThatThrownBy(
            () -> model.transform(test.withColumn("features", functions.col("both"))).collect())
        .hasStackTraceContaining("a vector of 2 components; the model was fitted to 3");
  }

  @Test
  void everyParamIsExplained() {
    String explained = Frames.regressor().explainParams();
    assertThat(Frames.regressor().params()).hasSizeGreaterThan(20);
    assertThat(explained)
        .contains("hiddenWidths: one width", "current: [I")
        .contains("targetScaling", "handleInvalid", "standardErrorCol")
        .doesNotContain("probabilityCol");
    assertThat(model.explainParams()).contains("noiseVariance", "current: 0.05");
  }
}
