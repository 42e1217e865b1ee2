"""Estimators and models for Spark: networks of finite width as stages of a Pipeline.

The module has the name of the Java package, from which PySpark derives which Java class a stage
stands for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pyspark.ml.util import JavaMLReadable, JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator, JavaModel, JavaWrapper
from pyspark.sql import SparkSession
from pyspark.sql.utils import is_remote

from finitewidth._params import (
    ClassificationModelSetters,
    ClassifierKeywords,
    RegressionModelSetters,
    RegressorKeywords,
)
from finitewidth._report import Report

if TYPE_CHECKING:
    import pandas

__all__ = [
    "FiniteWidthClassificationModel",
    "FiniteWidthClassifier",
    "FiniteWidthRegressionModel",
    "FiniteWidthRegressor",
    "FiniteWidthSummary",
]


_NOT_REMOTE = (
    "Spark Connect lets nobody read what a model of another library knows: save the model and"
    " read it in a classic session, or without Spark by finitewidth.local.load"
)


class FiniteWidthSummary(JavaWrapper):
    """How a fit went. Log evidences are in nats, of the scaled training labels with noise."""

    _java_obj: Any

    @property
    def trainingRows(self) -> int:
        """How many rows were learnt from."""
        return self._call_java("trainingRows")

    @property
    def logEvidence(self) -> float:
        """At infinite width."""
        return self._call_java("logEvidence")

    @property
    def deltaLogEvidence(self) -> float:
        """What hiddenWidths add; NaN by method = nngp, which reads no widths."""
        return self._call_java("deltaLogEvidence")

    @property
    def deltaLogEvidenceStandardError(self) -> float:
        """0 where the contraction was exact."""
        return self._call_java("deltaLogEvidenceStandardError")

    @property
    def dataFit(self) -> float:
        """Q = tr YᵀA⁻¹Y, which the expansion wants near rows × outputs."""
        return self._call_java("dataFit")

    @property
    def engine(self) -> str:
        """What contracted the four-point vertex: exact, sampled or another method."""
        return self._java_obj.engine().name()

    @property
    def standardError(self) -> float:
        """Of the corrected mean, in NNGP deviations, as the stopping rule saw it."""
        return self._java_obj.engine().standardError()

    @property
    def seconds(self) -> dict[str, float]:
        """Wall-clock seconds by phase."""
        seconds = self._java_obj.seconds()
        phases = ("kernels", "factor", "contraction", "total")
        return {phase: getattr(seconds, phase)() for phase in phases}

    @property
    def warnings(self) -> list[str]:
        """What the user should know."""
        return list(self._call_java("warnings"))

    def width_table(self) -> pandas.DataFrame:
        """Log evidence at infinite width, and at the uniform widths that were asked for."""
        import pandas

        none = {"deltaLogEvidence": 0.0, "deltaLogEvidenceStandardError": 0.0}
        rows = [{"width": float("inf"), "logEvidence": self.logEvidence, **none}]
        columns = ("width", "logEvidence", *none)
        for at in self._java_obj.byWidth():
            rows.append({column: getattr(at, column)() for column in columns})
        return pandas.DataFrame(rows, columns=list(columns))


class _FittedModel(JavaModel, JavaMLReadable[Any], JavaMLWritable):
    """What models for regression and for classification share.

    On Spark Connect they predict, are saved and are loaded; all else is a RuntimeError that says
    where to read it.
    """

    _java_obj: Any

    def _call_java(self, name: str, *args: Any) -> Any:
        if is_remote():
            raise RuntimeError(_NOT_REMOTE)
        return super()._call_java(name, *args)

    @property
    def numFeatures(self) -> int:
        """How many features a row has."""
        return self._call_java("numFeatures")

    @property
    def numTrainingRows(self) -> int:
        """How many rows it was fitted to."""
        return self._call_java("numTrainingRows")

    @property
    def numInducingPoints(self) -> int:
        """How many inducing points stand for them; 0 where all rows were conditioned on."""
        return self._call_java("numInducingPoints")

    @property
    def featureNames(self) -> list[str]:
        """One name for each feature: columns, or what VectorAssembler noted of them."""
        return list(self._call_java("featureNames"))

    @property
    def logEvidence(self) -> float:
        """Log p of the scaled training labels, noise included, at infinite width, in nats."""
        return self._call_java("logEvidence")

    @property
    def deltaLogEvidence(self) -> float:
        """What hiddenWidths add to logEvidence; NaN by method = nngp."""
        return self._call_java("deltaLogEvidence")

    @property
    def hasSummary(self) -> bool:
        """Whether this model was fitted in this session, and not loaded."""
        return self._call_java("hasSummary")

    @property
    def summary(self) -> FiniteWidthSummary:
        """How the fit went; RuntimeError where the model was loaded."""
        if not self.hasSummary:
            raise RuntimeError("a model that was loaded has no training summary")
        return FiniteWidthSummary(self._java_obj.summary())

    def evidence_table(self, widths: Iterable[float] = ()) -> pandas.DataFrame:
        """Log evidence at infinite width, at hiddenWidths, and at uniform widths.

        First order is known at every width. A model by renormalised, networks or ensemble knows
        its own widths alone and refuses others.
        """
        import pandas

        if is_remote():
            raise RuntimeError(_NOT_REMOTE)
        context: Any = SparkSession.active().sparkContext
        widths_of = context._jvm.finitewidth.prior.Widths.of
        double = context._gateway.jvm.double
        evidence = self._java_obj.content().posterior().logEvidence()
        layers = self._java_obj.content().widths().hiddenLayers()
        infinite = [float("inf")] * layers
        columns = ["widths", "logEvidence", "delta", "standardError"]
        rows: list[tuple[list[float], float, float, float]] = [
            (infinite, evidence.nngp(), 0.0, 0.0)
        ]
        if not evidence.isOrderZero():
            own = list(self.getOrDefault("hiddenWidths"))
            for wanted in [own, *([width] * layers for width in widths)]:
                at = widths_of(JavaWrapper._new_java_array([*map(float, wanted)], double))
                rows.append((wanted, evidence.at(at), evidence.delta(at), evidence.error(at)))
        return pandas.DataFrame(rows, columns=columns)

    def report(self) -> Report:
        """What is known of the model, to print or to show in a notebook."""
        inducing = self.numInducingPoints
        title = f"{type(self).__name__} of {self.numTrainingRows} rows"
        facts: list[tuple[str, str]] = [
            ("features", str(self.numFeatures)),
            ("activation", str(self.getOrDefault("activation"))),
            ("hidden widths", str(list(self.getOrDefault("hiddenWidths")))),
            ("noise variance", f"{self._java_obj.content().noiseVariance():.6g}"),
            ("engine", self._java_obj.content().posterior().state().engine()),
        ]
        if inducing:
            facts.append(("inducing points", str(inducing)))
        warnings: list[str] = []
        table = self.evidence_table()
        if self.hasSummary:
            summary = self.summary
            facts.append(("seconds", f"{summary.seconds['total']:.3g}"))
            warnings = summary.warnings
            if len(summary.width_table()) > 1:
                table = summary.width_table()
        return Report(title, facts, table, warnings)

    def _repr_html_(self) -> str | None:
        return None if is_remote() else self.report()._repr_html_()


class FiniteWidthRegressionModel(_FittedModel, RegressionModelSetters):
    """A model for regression: the posterior of a network of finite width, in the label's units."""


class FiniteWidthClassificationModel(_FittedModel, ClassificationModelSetters):
    """A model for classification, with one output for each class.

    The target of an output is 1 - 1/C for the class of a row and -1/C for every other; the class
    with the largest mean is predicted.
    """


class FiniteWidthRegressor(
    RegressorKeywords,
    JavaEstimator[FiniteWidthRegressionModel],
    JavaMLReadable[Any],
    JavaMLWritable,
):
    """Bayesian regression with a network of finite width, without training it.

    Mean, variance and log evidence to first order in 1/width, or to all orders by ``method``, for
    a label of numbers, or of vectors for several outputs.

    >>> model = FiniteWidthRegressor(hiddenWidths=[128], noiseVariance=0.5).fit(rows)
    """

    _java_class = "finitewidth.ml.FiniteWidthRegressor"

    def _create_model(self, java_model: Any) -> FiniteWidthRegressionModel:
        return FiniteWidthRegressionModel(java_model)


class FiniteWidthClassifier(
    ClassifierKeywords,
    JavaEstimator[FiniteWidthClassificationModel],
    JavaMLReadable[Any],
    JavaMLWritable,
):
    """Bayesian classification with a network of finite width, without training it.

    Labels are 0, 1, …, as StringIndexer makes them.
    """

    _java_class = "finitewidth.ml.FiniteWidthClassifier"

    def _create_model(self, java_model: Any) -> FiniteWidthClassificationModel:
        return FiniteWidthClassificationModel(java_model)
