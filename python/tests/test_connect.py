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


def client(directory: Path, mine: str, memory: str = "usual") -> dict[str, Any]:
    """What a client found, which saved its model as `mine`."""
    ended = subprocess.run(
        [sys.executable, CLIENT, *(str(directory / n) for n in ("classic", "rows", mine)), memory],
        capture_output=True,
        text=True,
        timeout=600,
        env={**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"},
    )
    assert ended.returncode == 0, ended.stderr[-4000:]
    line = next(line for line in ended.stdout.splitlines() if line.startswith("found "))
    found: dict[str, Any] = json.loads(line.removeprefix("found "))
    return found


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
    found = client(directory, "mine")
    mine = FiniteWidthRegressionModel.load(str(directory / "mine"))
    back = [row.prediction for row in mine.transform(rows).orderBy("id").collect()]
    return {**found, "classic": str(directory / "classic")}, classic, back


def test_fits_and_loads_with_the_same_bits(both: Any) -> None:
    found, classic, back = both
    assert found["module"].startswith("pyspark.sql.connect")
    assert found["loaded"] == classic
    assert found["fitted"] == classic
    assert back == classic


def test_models_that_the_server_has_put_away_come_back(both: Any) -> None:
    """A server without memory for models reads each of them from its disk every time."""
    usual, classic, _ = both
    found = client(Path(usual["classic"]).parent, "put-away", memory="small")
    assert found["loaded"] == classic
    assert found["fitted"] == classic
    # It has no summary any more, which shows that it is not the model that was fitted.
    assert usual["summary"]
    assert not found["summary"]
    for key in ("evidence", "delta", "features", "rows", "table"):
        assert found["knows"][key] == usual["knows"][key]


def test_pipelines_and_cross_validation(both: Any) -> None:
    found, classic, _ = both
    assert found["pipeline"] == classic
    near, noisy = found["errors"]
    assert 0 < near < noisy


def test_what_a_model_knows(both: Any) -> None:
    """Evidence, widths and facts are those of the classic session."""
    found, _, _ = both
    mine = FiniteWidthRegressionModel.load(found["classic"])
    knows = found["knows"]
    assert "<th>logEvidence</th>" in knows["html"]
    assert knows["evidence"] == pytest.approx(mine.logEvidence, rel=1e-12)
    assert knows["delta"] == pytest.approx(mine.deltaLogEvidence, rel=1e-12)
    assert knows["features"] == mine.featureNames
    assert knows["rows"] == 24
    assert knows["table"] == mine.evidence_table(widths=[32, 128]).to_json()
    assert found["warnings"] == []
    assert "<title>Fit of label" in found["page"]
    assert "table given invalid value weights" in found["refusal"]
