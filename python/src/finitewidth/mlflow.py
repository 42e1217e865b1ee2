"""Models in MLflow: what a fit was, and models that are served without Spark.

For Spark itself MLflow's own flavour does: ``mlflow.spark.log_model(pipeline, name="spark")``.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mlflow
import mlflow.pyfunc
from mlflow.models import ModelSignature
from mlflow.types import ColSpec, DataType, Schema

import finitewidth
from finitewidth.local import LocalModel, load

if TYPE_CHECKING:
    import os

    import pandas
    from mlflow.models.model import ModelInfo
    from pyspark.sql import DataFrame

    from finitewidth.ml import FiniteWidthClassificationModel, FiniteWidthRegressionModel

    Fitted = FiniteWidthClassificationModel | FiniteWidthRegressionModel

__all__ = ["log_fit", "log_model", "save_model"]


def log_fit(model: Fitted, rows: DataFrame | None = None) -> None:
    """Log to the active run what a model knows of its fit.

    Params that were set become parameters, and facts that are finite numbers, log evidences above
    all, metrics. The artifacts ``evidence.csv`` and ``report.html`` have the evidence by width and
    the report.

    :param rows: for the report, to predict and to score
    """
    named = {param.name: model.getOrDefault(param) for param in model.params if model.isSet(param)}
    mlflow.log_params(named)
    numbers = model.facts().numbers()
    finite = {name: value for name, value in numbers.items() if abs(value) < float("inf")}
    mlflow.log_metrics(finite)
    mlflow.log_text(model.evidence_table().to_csv(index=False), "evidence.csv")
    mlflow.log_text(model.report(rows).html(), "report.html")


def log_model(
    model: Fitted | str | os.PathLike[str], name: str = "model", **options: Any
) -> ModelInfo:
    """Log a model to the active run, to be loaded and served without Spark.

    It takes a table with a column for each feature. Of a regression it gives ``prediction``,
    ``variance`` (of the latent function, without noise) and ``trusted``, with the target's name
    behind the first two where there are several. Of a classification it gives ``prediction``,
    ``trusted`` and a column with the probability of each class.

    :param model: of Spark, or the path of a saved one on this machine
    :param options: of ``mlflow.pyfunc.log_model``, such as ``registered_model_name``
    """
    with tempfile.TemporaryDirectory() as place:
        return mlflow.pyfunc.log_model(name=name, **_flavour(model, Path(place)), **options)


def save_model(
    model: Fitted | str | os.PathLike[str], path: str | os.PathLike[str], **options: Any
) -> None:
    """Write what ``log_model`` logs to a new directory."""
    with tempfile.TemporaryDirectory() as place:
        mlflow.pyfunc.save_model(path=str(path), **_flavour(model, Path(place)), **options)


def _flavour(model: Any, place: Path) -> dict[str, Any]:
    saved = place / "model"
    if hasattr(model, "write"):
        model.write().overwrite().save(saved.as_uri())
    else:
        saved = Path(model)
    features = load(saved).feature_names
    return {
        "loader_module": __name__,
        "data_path": str(saved),
        "signature": ModelSignature(Schema([ColSpec(DataType.double, name) for name in features])),
        "pip_requirements": [f"finite-width[local]=={finitewidth.__version__}", "pandas"],
    }


class _Served:
    """A saved model that predicts tables."""

    def __init__(self, model: LocalModel) -> None:
        self._model = model

    def predict(self, rows: pandas.DataFrame, params: dict[str, Any] | None = None) -> Any:
        import pandas

        values = rows[self._model.feature_names].to_numpy(dtype=float)
        predicted = self._model.predict(values)
        columns: dict[str, Any] = {}
        classes = self._model.class_names
        outputs = self._model.output_names
        if classes:
            columns["prediction"] = [classes[at] for at in predicted.mean.argmax(axis=1)]
            probabilities = self._model.class_probabilities(values)
            columns.update(zip(classes, probabilities.T, strict=True))
        elif len(outputs) == 1:
            columns["prediction"] = predicted.mean[:, 0]
            columns["variance"] = predicted.variance[:, 0]
        else:
            for at, name in enumerate(outputs):
                columns[f"prediction {name}"] = predicted.mean[:, at]
                columns[f"variance {name}"] = predicted.variance[:, at]
        columns["trusted"] = predicted.trusted
        return pandas.DataFrame(columns, index=rows.index)


def _load_pyfunc(data_path: str) -> _Served:
    """What MLflow calls to load the flavour."""
    return _Served(load(data_path))
