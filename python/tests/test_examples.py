"""The notebooks of python/examples, as scripts; only out/ is somewhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

HOME = Path(__file__).parents[2]

# What each prints, if its result is what its words say.
SAID = {
    "uncertainty": ["of the measurements lie within", "the surer half"],
    "classification": ["accuracy ", "where it is wrong 0."],
    "width": ["the width to take is", "infinite width: error"],
}


@pytest.mark.parametrize("name", SAID)
def test_example(
    name: str, spark: SparkSession, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("matplotlib")
    code = (HOME / f"python/examples/{name}.py").read_text(encoding="utf-8")
    code = code.replace('"examples/', f'"{HOME}/examples/').replace('"out', f'"{tmp_path}/out')
    exec(compile(code, f"{name}.py", "exec"), {"__name__": "__main__"})
    shown = capsys.readouterr().out
    for words in SAID[name]:
        assert words in shown, shown
    # Ten classes by chance are right in a tenth.
    assert all(int(found) >= 85 for found in re.findall(r"accuracy (\d+)%", shown)), shown
    assert (tmp_path / f"out/{name}.png").stat().st_size > 5000
