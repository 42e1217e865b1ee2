"""Bayesian inference with neural networks of finite width, without training them.

``finitewidth.ml`` has estimators for Spark, ``finitewidth.local`` the same library without Spark.
Neither is imported here, so that each needs its own extra alone.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__version__ = version("finite-width")

__all__ = ["__version__", "jars", "job_jar", "spark_config"]


def jars() -> list[Path]:
    """All jars of this package: the job's, and what the library needs where there is no Spark."""
    found = sorted((Path(__file__).parent / "jars").glob("*.jar"))
    if not found:
        raise FileNotFoundError(
            "this finite-width has no jars: it was installed from its sources and not from a"
            " wheel, which python/build.sh builds"
        )
    return found


def job_jar() -> Path:
    """The jar that Spark is to have: job, estimators and library."""
    return next(jar for jar in jars() if jar.name.endswith("-job.jar"))


def spark_config(
    builder: SparkSession.Builder, *, openblas: str | None = None
) -> SparkSession.Builder:
    """A builder of sessions that know finite-width.

    Jars that the builder names already stay. It has to be used before a session is there: what
    runs takes no more jars.

    >>> spark = finitewidth.spark_config(SparkSession.builder.master("local[*]")).getOrCreate()

    :param openblas: file name or path of an OpenBLAS that driver and executors can load, which
        multiplies faster than Java; without one netlib looks for the system's
    """
    options: dict[str, str] = getattr(builder, "_options", {})
    named = [jar for jar in options.get("spark.jars", "").split(",") if jar]
    builder = builder.config("spark.jars", ",".join([*named, str(job_jar())]))
    # Several threads would cut up panels of rows, and the last digits depend on where.
    builder = builder.config("spark.executorEnv.OPENBLAS_NUM_THREADS", "1")
    if openblas is not None:
        key = "nativeLibPath" if "/" in openblas else "nativeLib"
        native = " ".join(
            f"-Ddev.ludovic.netlib.{part}.{key}={openblas}" for part in ("blas", "lapack")
        )
        for side in ("driver", "executor"):
            name = f"spark.{side}.extraJavaOptions"
            builder = builder.config(name, " ".join([*filter(None, [options.get(name)]), native]))
    return builder
