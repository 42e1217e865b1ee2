"""Spark Connect: a client and its server in processes of their own, beside the classic session."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from pyspark.ml.linalg import Vectors

from finitewidth.ml import FiniteWidthRegressionModel, FiniteWidthRegressor

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

CLIENT = Path(__file__).with_name("connect_client.py")


@pytest.fixture(scope="module")
def both(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What the client found, the classic session's predictions, and those of the client's model."""
    directory = tmp_path_factory.mktemp("connect")
    numbers = np.random.default_rng(5).normal(size=(24, 2))
    rows = spark.createDataFrame(
        [(k, Vectors.dense(x), float(x[0] ** 2 - x[1])) for k, x in enumerate(numbers)],
        ["id", "features", "label"],
    )
    # One order of rows in every session.
    rows.coalesce(1).write.parquet(str(directory / "rows"))
    rows = spark.read.parquet(str(directory / "rows"))
    model = FiniteWidthRegressor(hiddenWidths=[64], noiseVariance=0.1).fit(rows)
    model.write().save(str(directory / "classic"))
    classic = [row.prediction for row in model.transform(rows).orderBy("id").collect()]
    client = subprocess.run(
        [sys.executable, CLIENT, *(str(directory / name) for name in ("classic", "rows", "mine"))],
        capture_output=True,
        text=True,
        timeout=600,
        env={**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"},
    )
    assert client.returncode == 0, client.stderr[-4000:]
    line = next(line for line in client.stdout.splitlines() if line.startswith("found "))
    mine = FiniteWidthRegressionModel.load(str(directory / "mine"))
    back = [row.prediction for row in mine.transform(rows).orderBy("id").collect()]
    found = {**json.loads(line.removeprefix("found ")), "classic": str(directory / "classic")}
    return found, classic, back


def test_fits_and_loads_with_the_same_bits(both: Any) -> None:
    found, classic, back = both
    assert found["module"].startswith("pyspark.sql.connect")
    assert found["loaded"] == classic
    assert found["fitted"] == classic
    assert back == classic


def test_models_that_the_server_has_put_away_predict(both: Any) -> None:
    found, classic, _ = both
    assert found["put away"] == classic


def test_pipelines_and_cross_validation(both: Any) -> None:
    found, classic, _ = both
    assert found["pipeline"] == classic
    near, noisy = found["errors"]
    assert 0 < near < noisy


def test_what_a_model_knows(both: Any) -> None:
    """Evidence, widths and facts are those of the classic session."""
    found, _, _ = both
    mine = FiniteWidthRegressionModel.load(found["classic"])
    for knows in (found["knows"], found["known again"]):
        assert "<th>logEvidence</th>" in knows["html"]
        assert knows["evidence"] == pytest.approx(mine.logEvidence, rel=1e-12)
        assert knows["delta"] == pytest.approx(mine.deltaLogEvidence, rel=1e-12)
        assert knows["features"] == mine.featureNames
        assert knows["rows"] == 24
        assert knows["table"] == mine.evidence_table(widths=[32, 128]).to_json()
    assert found["warnings"] == []
    assert "<title>Fit of label" in found["page"]
    assert "table given invalid value weights" in found["refusal"]
