"""With the real MLflow: logged, loaded, served."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas
import pytest
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.feature import StringIndexer, VectorAssembler

from finitewidth.ml import FiniteWidthClassifier, FiniteWidthRegressor

mlflow = pytest.importorskip("mlflow")

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.fixture(scope="module")
def rows() -> pandas.DataFrame:
    x = np.random.default_rng(3).normal(size=(24, 2))
    return pandas.DataFrame({"a": x[:, 0], "b": x[:, 1], "label": 10 + np.sin(2 * x[:, 0])})


@pytest.fixture(scope="module")
def fitted(spark: SparkSession, rows: pandas.DataFrame) -> PipelineModel:
    assembler = VectorAssembler(inputCols=["a", "b"], outputCol="features")
    network = FiniteWidthRegressor(hiddenWidths=[64], noiseVariance=0.1, varianceCol="variance")
    return Pipeline(stages=[assembler, network]).fit(spark.createDataFrame(rows))


@pytest.fixture(scope="module")
def expected(spark: SparkSession, rows: pandas.DataFrame, fitted: PipelineModel) -> Any:
    predicted = fitted.transform(spark.createDataFrame(rows).coalesce(1)).collect()
    return [row.prediction for row in predicted], [row.variance for row in predicted]


@pytest.fixture(scope="module")
def tracked(tmp_path_factory: pytest.TempPathFactory) -> str:
    os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
    mlflow.set_tracking_uri(tmp_path_factory.mktemp("mlflow").as_uri())
    return str(mlflow.set_experiment("finite-width").experiment_id)


def test_a_run_has_what_the_fit_knows(tracked: str, fitted: PipelineModel, tmp_path: Path) -> None:
    import finitewidth.mlflow

    model: Any = fitted.stages[1]
    with mlflow.start_run() as run:
        finitewidth.mlflow.log_fit(model)
    logged = mlflow.get_run(run.info.run_id).data
    assert logged.params["hiddenWidths"] == "[64]"
    assert logged.metrics["logEvidence"] == pytest.approx(model.logEvidence, rel=1e-12)
    assert logged.metrics["numTrainingRows"] == 24
    client = mlflow.MlflowClient()
    table = pandas.read_csv(client.download_artifacts(run.info.run_id, "evidence.csv", tmp_path))
    assert list(table.logEvidence) == pytest.approx(list(model.evidence_table().logEvidence))
    page = Path(client.download_artifacts(run.info.run_id, "report.html", tmp_path))
    assert "FiniteWidthRegressionModel of 24 rows" in page.read_text(encoding="utf-8")


def test_spark_flavour(
    spark: SparkSession,
    fitted: PipelineModel,
    rows: pandas.DataFrame,
    expected: Any,
    tmp_path: Path,
) -> None:
    import mlflow.spark

    mlflow.spark.save_model(fitted, str(tmp_path / "model"), pip_requirements=["pyspark"])
    loaded = mlflow.spark.load_model(str(tmp_path / "model"))
    predicted = loaded.transform(spark.createDataFrame(rows).coalesce(1)).collect()
    assert [row.prediction for row in predicted] == expected[0]


def test_logged_and_loaded_without_spark(
    tracked: str, fitted: PipelineModel, rows: pandas.DataFrame, expected: Any
) -> None:
    """The bits of Spark, from a table whose columns stand in another order."""
    import finitewidth.mlflow

    with mlflow.start_run():
        info = finitewidth.mlflow.log_model(fitted.stages[1], name="local")
    loaded = mlflow.pyfunc.load_model(info.model_uri)
    predicted = loaded.predict(rows[["b", "a"]])
    assert list(predicted.prediction) == expected[0]
    assert list(predicted.variance) == expected[1]
    assert predicted.trusted.dtype == bool
    with pytest.raises(mlflow.exceptions.MlflowException, match="missing inputs"):
        loaded.predict(rows[["b"]])


def test_classes(spark: SparkSession, rows: pandas.DataFrame, tmp_path: Path) -> None:
    import finitewidth.mlflow

    kinds = rows.assign(kind=np.where(rows.a > 0, "oak", "elm"))
    stages = [
        StringIndexer(inputCol="kind", outputCol="class", stringOrderType="alphabetAsc"),
        VectorAssembler(inputCols=["a", "b"], outputCol="features"),
        FiniteWidthClassifier(labelCol="class", probabilityCol="probability", hiddenWidths=[100]),
    ]
    frame = spark.createDataFrame(kinds).coalesce(1)
    model: Any = Pipeline(stages=stages).fit(frame)
    finitewidth.mlflow.save_model(model.stages[2], tmp_path / "model")
    predicted = mlflow.pyfunc.load_model(str(tmp_path / "model")).predict(rows[["a", "b"]])
    there = model.transform(frame).collect()
    names = [name for name in predicted.columns if name not in ("prediction", "trusted")]
    assert predicted[names].to_numpy().tolist() == [list(row.probability) for row in there]
    assert list(predicted.prediction.map(names.index)) == [row.prediction for row in there]


def test_served(
    fitted: PipelineModel, rows: pandas.DataFrame, expected: Any, tmp_path: Path
) -> None:
    """By MLflow's own server, in a process of its own."""
    import finitewidth.mlflow

    finitewidth.mlflow.save_model(fitted.stages[1], tmp_path / "model")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["models", "serve", "-m", str(tmp_path / "model"), "--env-manager", "local"]
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "mlflow",
                *command,
                "-h",
                "127.0.0.1",
                "-p",
                str(port),
                "-w",
                "1",
            ],
            stdout=log,
            stderr=log,
            start_new_session=True,
            env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        )
    try:
        asked = json.dumps({"dataframe_split": rows[["a", "b"]].to_dict("split", index=False)})
        answer = json.loads(ask(port, asked.encode(), server, tmp_path / "log"))
        assert [row["prediction"] for row in answer["predictions"]] == pytest.approx(expected[0])
    finally:
        os.killpg(server.pid, 15)
        server.wait(30)


def ask(port: int, body: bytes, server: Any, log: Path) -> bytes:
    """The server's answer, once it listens."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/invocations", body, {"Content-Type": "application/json"}
    )
    end = time.monotonic() + 120
    while True:
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return bytes(response.read())
        except (ConnectionError, urllib.error.URLError):
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.5)
