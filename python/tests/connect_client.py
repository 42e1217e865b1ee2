"""What test_connect.py runs as a client of Spark Connect: one line of JSON about it.

With a fourth argument ``small`` the server keeps no model in memory.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

from pyspark.ml import Pipeline
from pyspark.ml.evaluation import RegressionEvaluator
from pyspark.ml.feature import VectorAssembler
from pyspark.ml.tuning import CrossValidator, ParamGridBuilder
from pyspark.sql import SparkSession

import finitewidth
from finitewidth.ml import FiniteWidthRegressionModel, FiniteWidthRegressor

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

# Less than any model, so that the server puts all of them away; read at a session's first model.
SMALL = "spark.connect.session.connectML.mlCache.memoryControl.maxInMemorySize"


def means(model: Any, rows: DataFrame) -> list[float]:
    return [row.prediction for row in model.transform(rows).orderBy("id").collect()]


def known(model: Any) -> dict[str, Any]:
    """What a model says of itself."""
    return {
        "evidence": model.logEvidence,
        "delta": model.deltaLogEvidence,
        "features": model.featureNames,
        "rows": model.numTrainingRows,
        "table": model.evidence_table(widths=[32, 128]).to_json(),
        "html": model._repr_html_().replace("Infinity", "inf"),
    }


def main(saved: str, table: str, mine: str, memory: str = "usual") -> None:
    builder = (
        SparkSession.builder.remote("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
    )
    spark = finitewidth.spark_config(builder).getOrCreate()
    if memory == "small":
        spark.conf.set(SMALL, "1000")
    rows = spark.read.parquet(table)
    model = FiniteWidthRegressionModel.load(saved)
    found: dict[str, Any] = {"module": type(rows).__module__, "loaded": means(model, rows)}
    regressor = FiniteWidthRegressor(hiddenWidths=[64], noiseVariance=0.1)
    fitted = regressor.fit(rows)
    found["fitted"] = means(fitted, rows)
    fitted.write().overwrite().save(mine)
    found["knows"] = known(fitted)
    found["summary"] = fitted.hasSummary
    if memory == "usual":
        found |= whole(fitted, regressor, rows)
    print("found " + json.dumps(found))
    spark.stop()
    # PySpark tells the server of every model that is gone. What the interpreter finds at its end it
    # would tell, too, and wait for ever for a thread that can start no more.
    sys.stdout.flush()
    os._exit(0)


def whole(fitted: Any, regressor: FiniteWidthRegressor, rows: DataFrame) -> dict[str, Any]:
    """The page of a model, a refusal, a pipeline and a cross-validation."""
    found: dict[str, Any] = {}
    found["page"] = fitted.report(rows).html()
    found["warnings"] = fitted.summary.warnings
    try:
        fitted.setTable("weights").transform(rows).count()
    except Exception as refusal:
        found["refusal"] = str(refusal)
    fitted.setTable("predictions")
    assembler = VectorAssembler(inputCols=["features"], outputCol="again")
    again = FiniteWidthRegressor(featuresCol="again", hiddenWidths=[64], noiseVariance=0.1)
    found["pipeline"] = means(Pipeline(stages=[assembler, again]).fit(rows), rows)
    grid = ParamGridBuilder().addGrid(regressor.noiseVariance, [0.1, 0.5]).build()
    validator = CrossValidator(
        estimator=regressor,
        estimatorParamMaps=grid,
        evaluator=RegressionEvaluator(),
        numFolds=2,
        seed=3,
    )
    found["errors"] = [float(error) for error in validator.fit(rows).avgMetrics]
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
