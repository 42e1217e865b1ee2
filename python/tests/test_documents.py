"""The examples of docs/python.md, one after the other; only out/ is somewhere else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pyspark.sql import SparkSession

HOME = Path(__file__).parents[2]


def test_examples(spark: SparkSession, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (HOME / "docs/python.md").read_text(encoding="utf-8")
    examples = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(examples) == 3
    names: dict[str, Any] = {}
    for example in examples:
        code = example.replace('"out/', f'"{tmp_path}/').replace('"examples/', f'"{HOME}/examples/')
        exec(compile(code, "docs/python.md", "exec"), names)
    shown = capsys.readouterr().out
    assert "standardError" in shown
    assert "['f0', 'f1'" in shown
    # The saved model is that of the pipeline, without Spark.
    rows = names["model"].predict(np.array([row.features for row in features(names)])).mean[:, 0]
    assert list(rows) == [row.prediction for row in features(names)]
    assert (names["deviation"] > 0).all()


def features(names: dict[str, Any]) -> list[Any]:
    """Rows of the page's test set with what Spark predicts for them."""
    return names["predicted"].limit(5).collect()
