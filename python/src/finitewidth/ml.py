"""Estimators and models for Spark: networks of finite width as stages of a Pipeline.

The module has the name of the Java package, from which PySpark derives which Java class a stage
stands for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.util import JavaMLReadable, JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator, JavaModel
from pyspark.sql import SparkSession

from finitewidth._params import (
    ClassificationModelSetters,
    ClassifierKeywords,
    RegressionModelSetters,
    RegressorKeywords,
)
from finitewidth._report import ModelFacts, Report

if TYPE_CHECKING:
    import pandas
    from pyspark.sql import DataFrame
    from typing_extensions import Self

__all__ = [
    "FiniteWidthClassificationModel",
    "FiniteWidthClassifier",
    "FiniteWidthRegressionModel",
    "FiniteWidthRegressor",
    "FiniteWidthSummary",
]


class _ModelParams(Params):
    """What a model has beside the Params of its estimator."""

    table: Param[str] = Param(
        Params._dummy(),
        "table",
        "what transform gives: predictions of the rows, or whatever the rows are a table of what"
        " the model knows; predictions, evidence, diagnostics, chains, report",
        typeConverter=TypeConverters.toString,
    )


class FiniteWidthSummary:
    """How a fit went. Log evidences are in nats, of the scaled training labels with noise."""

    def __init__(self, facts: ModelFacts, evidence: pandas.DataFrame) -> None:
        self._facts = facts
        self._evidence = evidence

    @property
    def trainingRows(self) -> int:
        """How many rows were learnt from."""
        return int(self._facts.number("numTrainingRows"))

    @property
    def logEvidence(self) -> float:
        """At infinite width."""
        return self._facts.number("logEvidence")

    @property
    def deltaLogEvidence(self) -> float:
        """What hiddenWidths add; NaN by method = nngp, which reads no widths."""
        return self._facts.number("deltaLogEvidence")

    @property
    def deltaLogEvidenceStandardError(self) -> float:
        """0 where the contraction was exact."""
        return self._facts.number("deltaLogEvidenceStandardError")

    @property
    def dataFit(self) -> float:
        """Q = tr YᵀA⁻¹Y, which the expansion wants near rows × outputs."""
        return self._facts.number("dataFit")

    @property
    def engine(self) -> str:
        """What contracted the four-point vertex: exact, sampled or another method."""
        return self._facts.text("engine")

    @property
    def standardError(self) -> float:
        """Of the corrected mean, in NNGP deviations, as the stopping rule saw it."""
        return self._facts.number("standardError")

    @property
    def seconds(self) -> dict[str, float]:
        """Wall-clock seconds by phase."""
        phases = ("kernels", "factor", "contraction", "total")
        return {phase: self._facts.number(f"seconds.{phase}") for phase in phases}

    @property
    def warnings(self) -> list[str]:
        """What the user should know."""
        return self._facts.texts("warning")

    def width_table(self) -> pandas.DataFrame:
        """Log evidence at infinite width, and at the uniform widths that were asked for."""
        # The second row is that of hiddenWidths.
        rows = self._evidence.drop(index=1, errors="ignore").reset_index(drop=True)
        rows["widths"] = [widths[0] for widths in rows["widths"]]
        return rows.set_axis(
            ["width", "logEvidence", "deltaLogEvidence", "deltaLogEvidenceStandardError"],
            axis="columns",
        )


class _FittedModel(JavaModel, JavaMLReadable[Any], JavaMLWritable, _ModelParams):
    """What models for regression and for classification share.

    What a model knows it tells by tables, which ``transform`` gives where the Param ``table`` asks
    for them: that is all that Spark Connect lets through. Every property asks anew.
    """

    _java_obj: Any

    def __init__(self, java_model: Any = None) -> None:
        super().__init__(java_model)
        self._setDefault(table="predictions")

    def setTable(self, value: str) -> Self:
        """What transform gives: predictions, or a table of what the model knows."""
        return self._set(table=value)

    def getTable(self) -> str:
        """What transform gives."""
        return self.getOrDefault(self.table)

    def _table(self, name: str, widths: Iterable[float] | None = None) -> DataFrame:
        wanted: dict[Param[Any], Any] = {self.table: name}
        if widths is not None:
            wanted[self.getParam("widths")] = [*map(float, widths)]
        return self.transform(SparkSession.active().range(0), wanted)

    def facts(self) -> ModelFacts:
        """What the model says of itself, by name."""
        return ModelFacts([tuple(row) for row in self._table("diagnostics").collect()])

    @property
    def numFeatures(self) -> int:
        """How many features a row has."""
        return int(self.facts().number("numFeatures"))

    @property
    def numTrainingRows(self) -> int:
        """How many rows it was fitted to."""
        return int(self.facts().number("numTrainingRows"))

    @property
    def numInducingPoints(self) -> int:
        """How many inducing points stand for them; 0 where all rows were conditioned on."""
        return int(self.facts().number("numInducingPoints"))

    @property
    def featureNames(self) -> list[str]:
        """One name for each feature: columns, or what VectorAssembler noted of them."""
        return self.facts().texts("featureName")

    @property
    def logEvidence(self) -> float:
        """Log p of the scaled training labels, noise included, at infinite width, in nats."""
        return self.facts().number("logEvidence")

    @property
    def deltaLogEvidence(self) -> float:
        """What hiddenWidths add to logEvidence; NaN by method = nngp."""
        return self.facts().number("deltaLogEvidence")

    @property
    def hasSummary(self) -> bool:
        """Whether this model was fitted in this session, and not loaded.

        A server of Spark Connect that has put a model away has forgotten its summary.
        """
        return self.facts().has("dataFit")

    @property
    def summary(self) -> FiniteWidthSummary:
        """How the fit went; RuntimeError where the model was loaded."""
        facts = self.facts()
        if not facts.has("dataFit"):
            raise RuntimeError("a model that was loaded has no training summary")
        return FiniteWidthSummary(facts, self.evidence_table())

    def evidence_table(self, widths: Iterable[float] | None = None) -> pandas.DataFrame:
        """Log evidence at infinite width, at hiddenWidths, and at uniform widths.

        First order is known at every width. A model by another method knows its own widths alone
        and refuses others.

        :param widths: uniform ones; None for those of the Param ``widths``
        """
        import pandas

        rows = [
            (list(row[0]), *row[1:])
            for row in map(tuple, self._table("evidence", widths).collect())
        ]
        return pandas.DataFrame(rows, columns=["widths", "logEvidence", "delta", "standardError"])

    def chain_table(self) -> pandas.DataFrame:
        """The Markov chains of each network; empty but by method = networks, and once loaded."""
        import pandas

        table = self._table("chains")
        return pandas.DataFrame([tuple(row) for row in table.collect()], columns=table.columns)

    def report(self, rows: DataFrame | None = None) -> Report:
        """What is known of the model, to print, to show in a notebook, or to save as a page.

        :param rows: to predict, and to score where they have the label column; the page is then
            that of a fit by the job. Of many rows it looks at some hundred, chosen at random
        """
        page = None
        if rows is not None:
            [found] = self.transform(rows, {self.table: "report"}).collect()
            page = str(found[0])
        facts = self.facts()
        shown = [
            ("features", facts.text("numFeatures")),
            ("activation", facts.text("activation")),
            ("hidden widths", facts.text("hiddenWidths")),
            ("noise variance", f"{facts.number('noiseVariance'):.6g}"),
            ("engine", facts.text("engine")),
        ]
        if facts.number("numInducingPoints"):
            shown.append(("inducing points", facts.text("numInducingPoints")))
        if facts.has("seconds.total"):
            shown.append(("seconds", f"{facts.number('seconds.total'):.3g}"))
        title = f"{type(self).__name__} of {facts.text('numTrainingRows')} rows"
        return Report(title, shown, self.evidence_table(), facts.texts("warning"), page)

    def _repr_html_(self) -> str:
        return self.report()._repr_html_()


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
