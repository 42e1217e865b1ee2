"""Stages on classic Spark: they are stages like any other, and hand models to Java and back."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.evaluation import RegressionEvaluator
from pyspark.ml.feature import StringIndexer, VectorAssembler
from pyspark.ml.functions import vector_to_array
from pyspark.ml.linalg import Vectors
from pyspark.ml.tuning import CrossValidator, CrossValidatorModel, ParamGridBuilder
from pyspark.sql import DataFrame, SparkSession

from finitewidth.ml import (
    FiniteWidthClassificationModel,
    FiniteWidthClassifier,
    FiniteWidthRegressionModel,
    FiniteWidthRegressor,
)


def table(spark: SparkSession, count: int, seed: int) -> DataFrame:
    """Rows of three numbers, of which two say what the label is."""
    x = np.random.default_rng(seed).normal(size=(count, 3))
    y = 20 + 4 * np.sin(x[:, 0]) + x[:, 1]
    kind = np.where(x[:, 0] > 0, "oak", "elm")
    rows = [(*map(float, a), float(b), str(c)) for a, b, c in zip(x, y, kind, strict=True)]
    return spark.createDataFrame(rows, "a double, b double, c double, label double, kind string")


def assembled(rows: DataFrame, **options: Any) -> DataFrame:
    assembler = VectorAssembler(inputCols=["a", "b", "c"], outputCol="features", **options)
    return assembler.transform(rows)


@pytest.fixture(scope="module")
def train(spark: SparkSession) -> DataFrame:
    return assembled(table(spark, 24, 1)).cache()


@pytest.fixture(scope="module")
def test(spark: SparkSession) -> DataFrame:
    return assembled(table(spark, 10, 2)).cache()


@pytest.fixture(scope="module")
def model(train: DataFrame) -> FiniteWidthRegressionModel:
    regressor = FiniteWidthRegressor(
        hiddenWidths=[64], noiseVariance=0.05, varianceCol="variance", widths=[32.0, 128.0]
    )
    return regressor.fit(train)


def means(predicted: DataFrame) -> list[float]:
    return [row.prediction for row in predicted.select("prediction").collect()]


def test_keywords_are_params(spark: SparkSession) -> None:
    regressor = FiniteWidthRegressor(hiddenWidths=[64, 32], noiseVariance=0.5, seed=3)
    assert regressor.getHiddenWidths() == [64, 32]
    assert regressor.getSeed() == 3
    assert regressor.getActivation() == "relu"
    assert not regressor.hasDefault("tolerance")
    assert regressor.setTolerance(0.01).setOrder(0).getOrder() == 0
    assert regressor.copy({regressor.seed: 5}).getSeed() == 5
    assert "in units of the scaled label" in regressor.explainParam("noiseVariance")
    with pytest.raises(TypeError):
        FiniteWidthRegressor(hidden_widths=[64])  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="hiddenWidths"):
        FiniteWidthRegressor(hiddenWidths="64")  # type: ignore[arg-type]


def test_every_param_goes_to_java_and_back(spark: SparkSession, tmp_path: Path) -> None:
    """Of each type, and each with the default that Java has."""
    for stage in (FiniteWidthRegressor(), FiniteWidthClassifier()):
        java = stage._java_obj
        assert {param.name for param in stage.params} == {p.name() for p in java.params()}
        for param in stage.params:
            assert stage.hasDefault(param) == java.hasDefault(java.getParam(param.name))
        # Saving hands all of them to Java, and loading takes them from there.
        path = str(tmp_path / type(stage).__name__)
        changed = stage.setParams(
            hiddenWidths=[7, 8],
            biasVariance=[0.1, 0.2, 0.3],
            widths=[9.5],
            maxDraws=2**40,
            strict=True,
            tolerance=0.25,
            engine="sampled",
        )
        changed.write().overwrite().save(path)
        loaded = type(stage).load(path)
        assert loaded.uid == stage.uid
        for param in stage.params:
            assert loaded.isDefined(param.name) == stage.isDefined(param)
            if stage.isDefined(param):
                assert loaded.getOrDefault(param.name) == stage.getOrDefault(param)


def test_regression(model: FiniteWidthRegressionModel, test: DataFrame) -> None:
    predicted = model.transform(test)
    rmse = RegressionEvaluator().evaluate(predicted)
    assert rmse < 2
    assert all(row.variance > 0 for row in predicted.select("variance").collect())
    assert model.numFeatures == 3
    assert model.numTrainingRows == 24
    assert model.featureNames == ["a", "b", "c"]
    # Without a correction it is another prediction.
    assert means(model.copy().setOrder(0).transform(test)) != means(predicted)


def test_evidence_and_summary(model: FiniteWidthRegressionModel) -> None:
    table = model.evidence_table(widths=[32, 128])
    assert list(table.widths) == [[math.inf], [64], [32], [128]]
    assert table.logEvidence[1] == pytest.approx(model.logEvidence + model.deltaLogEvidence)
    # First order is linear in 1/width.
    assert table.delta[2] == pytest.approx(2 * table.delta[1], rel=1e-12)
    summary = model.summary
    widths = summary.width_table()
    assert list(widths.width) == [math.inf, 32, 128]
    assert list(widths.logEvidence[1:]) == pytest.approx(list(table.logEvidence[2:]))
    assert summary.trainingRows == 24
    assert summary.engine == "exact"
    assert summary.seconds["total"] > 0
    assert summary.warnings == []
    assert model.evidence_table().equals(table)
    assert model.chain_table().empty


def test_chains(train: DataFrame) -> None:
    """What Markov chains say of themselves."""
    regressor = FiniteWidthRegressor(
        method="networks", hiddenWidths=[4], chains=2, maxIterations=50, noiseVariance=0.5
    )
    [row] = regressor.fit(train).chain_table().to_dict("records")
    assert row["widths"] == [4.0]
    assert row["chains"] == 2
    assert row["stoppedBy"] in ("convergence", "iterations")
    assert row["rHat"] > 0.9


def test_tables_are_frames(model: FiniteWidthRegressionModel, test: DataFrame) -> None:
    """Whatever rows are transformed, and the model itself stays as it is."""
    frame = model.transform(test, {model.table: "evidence"})
    assert frame.columns == ["widths", "logEvidence", "delta", "standardError"]
    assert frame.where("isnan(delta)").count() == 0
    assert model.getTable() == "predictions"
    with pytest.raises(Exception, match="table given invalid value"):
        model.copy().setTable("weights").transform(test)


def test_report_of_rows(
    model: FiniteWidthRegressionModel, train: DataFrame, test: DataFrame, tmp_path: Path
) -> None:
    """The page of a fit: its scores are those of Spark's evaluator."""
    model.report(test).save(tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    rmse = RegressionEvaluator().evaluate(model.transform(test))
    assert f"{rmse:.4g}" in page
    for section in ("Test error", "Evidence by width", "Timings"):
        assert section in page
    assert "<iframe" in model.report(test)._repr_html_()
    # Without labels nothing is scored.
    assert "nothing is scored" in model.report(test.drop("label")).html()
    kinds = train.selectExpr("features", "if(a > 0, 1, 0) as label")
    classes = FiniteWidthClassifier(hiddenWidths=[64]).fit(kinds)
    assert "Accuracy" in classes.report(kinds).html()


def test_report(model: FiniteWidthRegressionModel) -> None:
    assert "hidden widths: [64]" in str(model.report())
    assert "<th>logEvidence</th>" in model._repr_html_()


def test_saved_and_loaded(
    spark: SparkSession, model: FiniteWidthRegressionModel, test: DataFrame, tmp_path: Path
) -> None:
    """By Python and by Java: the same bits."""
    path = str(tmp_path / "model")
    model.save(path)
    java = spark._jvm.finitewidth.ml.FiniteWidthRegressionModel.load(path)  # type: ignore
    expected = means(model.transform(test))
    assert [row.prediction for row in DataFrame(java.transform(test._jdf), spark).collect()] == (
        expected
    )
    again = str(tmp_path / "again")
    java.write().overwrite().save(again)
    loaded = FiniteWidthRegressionModel.load(again)
    assert means(loaded.transform(test)) == expected
    assert not loaded.hasSummary
    assert loaded.getVarianceCol() == "variance"
    with pytest.raises(RuntimeError, match="no training summary"):
        _ = loaded.summary
    assert "hidden widths: [64]" in str(loaded.report())


def test_pipeline(spark: SparkSession, tmp_path: Path) -> None:
    rows = table(spark, 24, 1)
    stages = [
        StringIndexer(inputCol="kind", outputCol="class", stringOrderType="alphabetAsc"),
        VectorAssembler(inputCols=["a", "b", "c"], outputCol="features"),
        FiniteWidthClassifier(labelCol="class", probabilityCol="probability", hiddenWidths=[100]),
    ]
    fitted = Pipeline(stages=stages).fit(rows)
    predicted = fitted.transform(table(spark, 20, 2))
    right = predicted.where("class = prediction").count()
    assert right > 12
    [sums] = (
        predicted.select(vector_to_array("probability").alias("p"))
        .selectExpr("max(abs(aggregate(p, 0D, (s, x) -> s + x) - 1)) as far")
        .collect()
    )
    assert sums.far < 1e-9
    path = str(tmp_path / "pipeline")
    fitted.write().overwrite().save(path)
    loaded = PipelineModel.load(path)
    assert isinstance(loaded.stages[2], FiniteWidthClassificationModel)
    assert means(loaded.transform(rows)) == means(fitted.transform(rows))


def test_cross_validation(train: DataFrame, tmp_path: Path) -> None:
    regressor = FiniteWidthRegressor(hiddenWidths=[64])
    grid = ParamGridBuilder().addGrid(regressor.noiseVariance, [0.05, 50.0]).build()
    evaluator = RegressionEvaluator()
    validator = CrossValidator(
        estimator=regressor, estimatorParamMaps=grid, evaluator=evaluator, numFolds=2, seed=1
    )
    best = validator.fit(train)
    assert best.avgMetrics[0] < best.avgMetrics[1]
    assert best.bestModel.getNoiseVariance() == 0.05
    path = str(tmp_path / "validated")
    best.save(path)
    assert CrossValidatorModel.load(path).bestModel.getNoiseVariance() == 0.05


def test_streaming(spark: SparkSession, model: FiniteWidthRegressionModel, tmp_path: Path) -> None:
    """Files that come in turn, and a query that starts again from its checkpoint."""
    schema = "a double, b double, c double, label double, kind string"
    seen: dict[int, list[float]] = {}

    def run() -> None:
        stream = spark.readStream.schema(schema).parquet(str(tmp_path / "rows"))
        query = (
            model.transform(assembled(stream))
            .writeStream.option("checkpointLocation", str(tmp_path / "checkpoint"))
            .trigger(availableNow=True)
            .foreachBatch(lambda batch, number: seen.update({number: means(batch)}))
            .start()
        )
        query.awaitTermination()

    for number in range(2):
        rows = table(spark, 6, 10 + number).coalesce(1)
        rows.write.mode("append").parquet(str(tmp_path / "rows"))
        run()
        assert seen[number] == means(model.transform(assembled(rows)))
    assert len(seen) == 2


def test_nulls(model: FiniteWidthRegressionModel, spark: SparkSession) -> None:
    rows = spark.createDataFrame(
        [(0.1, 0.2, 0.3), (0.1, None, 0.3)], "a double, b double, c double"
    )
    holes = assembled(rows, handleInvalid="keep")
    kept = model.copy().setHandleInvalid("keep").transform(holes).collect()
    assert kept[0].prediction is not None
    assert kept[1].prediction is None
    assert model.copy().setHandleInvalid("skip").transform(holes).count() == 1
    with pytest.raises(Exception, match="NaN"):
        model.transform(holes).collect()


def test_labels_of_vectors(spark: SparkSession, test: DataFrame) -> None:
    rows = [
        (Vectors.dense([0.1 * k, math.sin(k)]), Vectors.dense([math.cos(k), 0.2 * k]))
        for k in range(12)
    ]
    train = spark.createDataFrame(rows, ["features", "label"])
    fitted = FiniteWidthRegressor(hiddenWidths=[64], varianceCol="variance").fit(train)
    first = fitted.transform(train).first()
    assert first is not None
    assert first.prediction.size == 2
    assert first.variance.size == 2


def test_a_mistake_is_a_sentence(train: DataFrame) -> None:
    with pytest.raises(Exception, match="biasVariance has 2 numbers; one is accepted, or 3"):
        FiniteWidthRegressor(biasVariance=[0.1, 0.2], hiddenWidths=[8, 8]).fit(train)
