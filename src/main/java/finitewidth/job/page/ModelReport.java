package finitewidth.job.page;

import finitewidth.Library;
import finitewidth.inference.work.Counted;
import finitewidth.job.score.Score;
import finitewidth.job.score.ScoreBoard;
import finitewidth.linalg.Blas;
import finitewidth.ml.FiniteWidthPredictionModel;
import finitewidth.ml.FiniteWidthSummary;
import finitewidth.ml.ModelPage;
import finitewidth.model.FiniteWidthModel;
import finitewidth.posterior.LogEvidence;
import finitewidth.prior.Widths;
import finitewidth.report.fit.FitPage;
import finitewidth.report.fit.FitResults;
import finitewidth.report.summary.ChainsSummary;
import finitewidth.report.summary.ContractionSummary;
import finitewidth.report.summary.FitSummary;
import finitewidth.report.summary.RunSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.util.Properties;

/**
 * report.html of a model of spark.ml and of rows that it predicts: the page of a fit by the job,
 * less what a model does not keep (hidden kernels, curves along one feature, quantiles).
 */
public final class ModelReport implements ModelPage {

  @Override
  public String html(FiniteWidthPredictionModel<?> model, Dataset<Row> dataset) {
    ModelRows rows = ModelRows.of(model, dataset);
    if (rows.rows().isEmpty()) {
      throw new IllegalArgumentException("a report needs rows to predict, and there are none");
    }
    return FitPage.html(results(model, rows, dataset.sparkSession().sparkContext()));
  }

  private static FitResults results(
      FiniteWidthPredictionModel<?> model, ModelRows rows, SparkContext spark) {
    FiniteWidthModel content = model.content();
    Widths own = model.hidden();
    LogEvidence evidence = content.posterior().logEvidence();
    Scoring scoring =
        new Scoring(
            content.preprocessing().targets(),
            content.classes(),
            content.noiseVariance(),
            rows.scored());
    List<Double> others =
        evidence.isOrderZero() ? List.of() : Arrays.stream(model.getWidths()).boxed().toList();
    long targets = content.trainingRows() * content.outputs();
    FitSummary summary = summary(model, rows, spark, scoring, others);
    return new FitResults(
        model.getLabelCol(),
        summary,
        content.outputNames(),
        content.isClassification(),
        rows.scored(),
        scoring.noises(summary.hyperparameters().noiseVariance()),
        rows.rows().stream().map(row -> scoring.result(row, own)).toList(),
        new WidthCurves(own, others, evidence, scoring, targets).of(rows.rows()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static FitSummary summary(
      FiniteWidthPredictionModel<?> model,
      ModelRows rows,
      SparkContext spark,
      Scoring scoring,
      List<Double> others) {
    FiniteWidthModel content = model.content();
    LogEvidence evidence = content.posterior().logEvidence();
    Widths own = model.hidden();
    Widths infinite = Widths.uniform(own.hiddenLayers(), Double.POSITIVE_INFINITY);
    boolean alone = evidence.isOrderZero();
    List<Widths> choices = new ArrayList<>(List.of(infinite, alone ? infinite : own));
    others.forEach(width -> choices.add(Widths.uniform(own.hiddenLayers(), width)));
    ScoreBoard board = scoring.board(choices);
    rows.rows().forEach(board::add);
    List<Score> scores = board.scores();
    Optional<FiniteWidthSummary> fit =
        model.hasSummary() ? Optional.of(model.summary()) : Optional.empty();
    List<ChainsSummary> chains = chains(content, fit);
    double noise =
        chains.stream()
            .filter(one -> !one.hyperparameters().isEmpty())
            .mapToDouble(one -> one.hyperparameters().get(0).mean())
            .findFirst()
            .orElse(content.noiseVariance());
    Score nngp = scores.get(0);
    Score corrected = scores.get(1);
    return new FitSummary(
        Library.version(),
        spark.version(),
        Blas.description(),
        run(spark),
        data(content, rows, alone),
        network(model, own),
        model.getMethod(),
        new FitSummary.Hyperparameters(
            model.getHyperparameters(), noise, Optional.empty(), Optional.empty(), List.of()),
        fit.flatMap(FiniteWidthSummary::inducing).map(one -> inducing(model, one)),
        new FitSummary.Order0(
            nngp.rmse(),
            nngp.nlpd(),
            nngp.accuracy(),
            evidence.nngp(),
            content.posterior().nngp().dataFit()),
        Optional.empty(),
        alone ? OptionalDouble.empty() : OptionalDouble.of(evidence.delta(own)),
        new FitSummary.Corrected(
            corrected.rmse(),
            corrected.nlpd(),
            corrected.accuracy(),
            alone ? evidence.nngp() : evidence.at(own),
            corrected.outside()),
        IntStream.range(0, others.size())
            .mapToObj(k -> at(others.get(k), scores.get(2 + k), evidence, choices.get(2 + k)))
            .toList(),
        contraction(content, fit),
        Optional.empty(),
        OptionalDouble.empty(),
        chains,
        List.of(),
        fit.stream()
            .flatMap(one -> one.engine().metrics().stream())
            .map(one -> FitSummary.Metric.of(one, features(content)))
            .toList(),
        List.of(),
        List.of(),
        Optional.empty(),
        seconds(fit),
        warnings(rows, fit));
  }

  private static FitSummary.AtWidth at(
      double width, Score score, LogEvidence evidence, Widths widths) {
    return new FitSummary.AtWidth(
        width, score.rmse(), score.nlpd(), score.accuracy(), evidence.at(widths), score.outside());
  }

  private static RunSummary run(SparkContext spark) {
    return new RunSummary(
        spark.applicationId(),
        Instant.now().toString(),
        spark.applicationId(),
        spark.master(),
        new RunSummary.Versions(
            Library.version(),
            Library.commit(),
            spark.version(),
            Properties.versionNumberString(),
            System.getProperty("java.version")),
        Map.of(),
        "",
        new RunSummary.Inputs(0, 0, "rows of a DataFrame", ""));
  }

  private static FitSummary.Data data(FiniteWidthModel model, ModelRows rows, boolean alone) {
    long predicted = rows.rows().size();
    return new FitSummary.Data(
        model.trainingRows(),
        predicted,
        model.preprocessing().features().inputs(model.features()),
        model.outputs(),
        alone ? 0 : predicted,
        Optional.empty());
  }

  private static FitSummary.Network network(FiniteWidthPredictionModel<?> model, Widths own) {
    int layers = own.hiddenLayers() + 1;
    return new FitSummary.Network(
        model.getActivation(),
        model.getActivation().equals("leaky-relu")
            ? OptionalDouble.of(model.getNegativeSlope())
            : OptionalDouble.empty(),
        DoubleStream.of(own.toArray()).mapToObj(Math::round).toList(),
        byLayer(model.getBiasVariance(), layers),
        byLayer(model.getWeightVariance(), layers));
  }

  private static List<Double> byLayer(double[] values, int layers) {
    return IntStream.range(0, layers)
        .mapToObj(layer -> values[values.length == 1 ? 0 : layer])
        .collect(Collectors.toList());
  }

  private static FitSummary.Inducing inducing(
      FiniteWidthPredictionModel<?> model, FiniteWidthSummary.Inducing points) {
    return new FitSummary.Inducing(
        points.points(),
        points.asked(),
        points.asked() - points.points(),
        points.method(),
        model.getInducingSampleRows(),
        points.approximation(),
        model.numTrainingRows(),
        model.logEvidence(),
        points.variationalBound(),
        points.unseenDirections(),
        new FitSummary.InducingSeconds(0, 0, 0, 0, points.passSeconds()));
  }

  private static ContractionSummary contraction(
      FiniteWidthModel model, Optional<FiniteWidthSummary> fit) {
    return ContractionSummary.none(
        fit.map(one -> one.engine().name()).orElse(model.posterior().engine()),
        fit.map(one -> one.seconds().contraction()).orElse(0.0));
  }

  private static FitSummary.Seconds seconds(Optional<FiniteWidthSummary> fit) {
    return fit.map(FiniteWidthSummary::seconds)
        .map(
            of ->
                new FitSummary.Seconds(
                    0, of.kernels(), of.factor(), of.contraction(), 0, of.total()))
        .orElse(new FitSummary.Seconds(0, 0, 0, 0, 0, 0));
  }

  private static List<ChainsSummary> chains(
      FiniteWidthModel model, Optional<FiniteWidthSummary> fit) {
    List<String> names = features(model);
    return fit.stream()
        .flatMap(one -> one.engine().chains().stream())
        .map(one -> ChainsSummary.of(one, names))
        .toList();
  }

  /** Names of the features that the network sees. */
  private static List<String> features(FiniteWidthModel model) {
    int[] ignored = model.preprocessing().features().ignored();
    return IntStream.range(0, model.features())
        .filter(j -> Arrays.binarySearch(ignored, j) < 0)
        .mapToObj(model.featureNames()::get)
        .toList();
  }

  private static List<String> warnings(ModelRows rows, Optional<FiniteWidthSummary> fit) {
    List<String> warnings =
        new ArrayList<>(fit.map(FiniteWidthSummary::warnings).orElse(List.of()));
    if (rows.rows().size() < rows.all()) {
      warnings.add(
          "this page is of %s of %s, chosen at random"
              .formatted(rows.rows().size(), Counted.of(rows.all(), "row")));
    }
    return warnings;
  }
}
