"""The library without Spark: a JVM beside the interpreter, numpy arrays in and out.

The first call starts the JVM, which stays until the interpreter ends; ``start`` gives it options.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jpype
import numpy as np

from finitewidth import jars

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["FiniteNetwork", "FittedNetwork", "LocalModel", "Prediction", "load", "start"]

INFINITE = float("inf")


def start(*options: str) -> None:
    """Start the JVM, with options such as -Xmx4g.

    :raises RuntimeError: if it runs already
    """
    if jpype.isJVMStarted():
        raise RuntimeError(
            "the JVM runs already; start() comes before anything else of this module"
        )
    # Several threads would cut up panels of rows, and the last digits depend on where.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    jpype.startJVM(
        "--add-modules=jdk.incubator.vector",
        *options,
        classpath=[str(jar) for jar in jars()],
        convertStrings=True,
    )


def _java(name: str) -> Any:
    if not jpype.isJVMStarted():
        start("-Xshare:auto")
    return jpype.JClass("finitewidth." + name)


def _runtime(threads: int | None) -> Any:
    runtime = _java("inference.work.LocalRuntime")
    return runtime.allCores() if threads is None else runtime.threads(threads)


def _rows(values: ArrayLike, name: str) -> NDArray[np.float64]:
    rows = np.ascontiguousarray(values, dtype=np.float64)
    if rows.ndim == 1 and name == "y":
        rows = rows[:, np.newaxis]
    if rows.ndim != 2:
        raise ValueError(f"{name} has {rows.ndim} dimensions; rows and columns are needed")
    return rows


def _to_java(rows: NDArray[np.float64]) -> Any:
    return jpype.JArray.of(rows, jpype.JDouble)


def _widths(widths: Sequence[float]) -> Any:
    return _java("prior.Widths").of(jpype.JArray(jpype.JDouble)([float(width) for width in widths]))


def _checked(call: Any, *arguments: Any) -> Any:
    """What Java refuses in a sentence is a ValueError of that sentence."""
    numerics = _java("linalg.NumericsException")
    illegal = jpype.JClass("java.lang.IllegalArgumentException")
    data = _java("data.DataException")
    naming = _java("settings.Naming")
    try:
        return call(*arguments)
    except (illegal, numerics, data) as refused:
        sentence = str(naming.PARAMS.in_(refused.getMessage()))
        raise ValueError(sentence) from None


@dataclass(frozen=True)
class Prediction:
    """Predictions of rows, each array rows × outputs.

    Means and variances are of the latent function, without noise. Arrays have no columns where
    something is not known, such as corrections at infinite width. A variance that first order has
    corrected may be negative.
    """

    mean: NDArray[np.float64]
    variance: NDArray[np.float64]
    nngp_mean: NDArray[np.float64]
    delta_mean: NDArray[np.float64]
    delta_variance: NDArray[np.float64]
    mean_error: NDArray[np.float64]
    variance_error: NDArray[np.float64]
    trusted: NDArray[np.bool_]


def _prediction(arrays: Any) -> Prediction:
    def numbers(array: Any) -> NDArray[np.float64]:
        rows = np.array(array, dtype=np.float64)
        return rows if rows.size else rows.reshape(len(array), 0)

    return Prediction(
        numbers(arrays.mean()),
        numbers(arrays.variance()),
        numbers(arrays.nngpMean()),
        numbers(arrays.deltaMean()),
        numbers(arrays.deltaVariance()),
        numbers(arrays.meanError()),
        numbers(arrays.varianceError()),
        np.array(arrays.trusted(), dtype=np.bool_),
    )


class FiniteNetwork:
    """A prior over functions: a network that is conditioned on data instead of trained.

    Inputs and targets are taken as they are: scale them to about unit size first, or use
    ``finitewidth.sklearn``.

    :param activation: a name, such as relu, erf or tanh
    :param hidden_layers: how many
    :param bias_variance: of all layers
    :param weight_variance: of all layers, over fan-in
    :param noise_variance: in units of the target squared
    :param engine: auto, exact, sampled, ensemble, networks, renormalised or nngp
    :param threads: to compute on; all cores if None. The bits are the same for any number
    """

    def __init__(
        self,
        activation: str = "relu",
        hidden_layers: int = 2,
        *,
        bias_variance: float = 0.1,
        weight_variance: float = 2.0,
        noise_variance: float = 0.05,
        engine: str = "auto",
        threads: int | None = None,
    ) -> None:
        def configured() -> Any:
            return (
                _java("FiniteNetwork")
                .of(activation, hidden_layers)
                .variances(float(bias_variance), float(weight_variance))
                .noiseVariance(float(noise_variance))
                .engine(engine)
                .runtime(_runtime(threads))
            )

        self._java = _checked(configured)
        self._layers = hidden_layers

    def condition(self, x: ArrayLike, y: ArrayLike) -> FittedNetwork:
        """The posterior given rows of features and of targets.

        :raises ValueError: if there are too few rows, or one depends on those before it
        """
        inputs, targets = _rows(x, "x"), _rows(y, "y")
        fitted = _checked(self._java.condition, _to_java(inputs), _to_java(targets))
        return FittedNetwork(fitted, self._layers)


class FittedNetwork:
    """A network given data: it predicts rows at every width, and knows its log evidence."""

    def __init__(self, java: Any, layers: int) -> None:
        self._java = java
        self._layers = layers

    def predict(self, x: ArrayLike, widths: Sequence[float]) -> Prediction:
        """Predictions of rows, read at one width for each hidden layer."""
        order = getattr(_java("inference.Order"), "NNGP" if self._is_uncorrected() else "CORRECTED")
        rows = _to_java(_rows(x, "x"))
        return _prediction(_checked(self._java.arrays, rows, _widths(widths), order))

    def class_probabilities(
        self, x: ArrayLike, widths: Sequence[float], noise_variance: float
    ) -> NDArray[np.float64]:
        """Of each class, rows × classes, where targets are 1 - 1/C for a row's class, else -1/C.

        A row is NaN where first order has corrected a variance to one that is not positive.
        """
        order = getattr(_java("inference.Order"), "NNGP" if self._is_uncorrected() else "CORRECTED")
        rows = _to_java(_rows(x, "x"))
        found = _checked(
            self._java.classProbabilities, rows, _widths(widths), order, float(noise_variance)
        )
        return np.array(found, dtype=np.float64)

    def _is_uncorrected(self) -> bool:
        return bool(self._java.logEvidence().isOrderZero())

    def log_evidence(self, widths: Sequence[float] | None = None) -> float:
        """Of the targets, in nats, at widths, or at infinite width."""
        evidence = self._java.logEvidence()
        return float(evidence.nngp() if widths is None else _checked(evidence.at, _widths(widths)))

    def warnings(self, widths: Sequence[float]) -> list[str]:
        """What there is to know before predictions at these widths are believed."""
        return [str(warning) for warning in self._java.warnings(_widths(widths))]

    @property
    def engine(self) -> str:
        """Which engine it was."""
        return str(self._java.posterior().engine())


class LocalModel:
    """A saved model of Spark or of the job, which predicts rows with the same bits.

    Rows are raw, in the order of ``feature_names``; predictions are in the target's units.
    """

    def __init__(self, java: Any) -> None:
        self._java = java

    def at(self, widths: Sequence[float]) -> LocalModel:
        """The same model read at other widths."""
        return LocalModel(_checked(self._java.at, _widths(widths)))

    def uncorrected(self) -> LocalModel:
        """The same model at infinite width alone: much cheaper."""
        return LocalModel(self._java.uncorrected())

    def predict(self, x: ArrayLike, threads: int | None = None) -> Prediction:
        """Predictions of rows, on all cores unless a number of threads is given.

        :raises ValueError: naming a row of another length, or with a number that is not finite
        """
        rows = _to_java(_rows(x, "x"))
        return _prediction(_checked(self._java.arrays, rows, _runtime(threads)))

    def class_probabilities(self, x: ArrayLike, threads: int | None = None) -> NDArray[np.float64]:
        """Of each class, rows × classes, in the order of ``class_names``.

        :raises ValueError: of a regression, and as ``predict``
        """
        if not self.class_names:
            raise ValueError("a model for regression has no classes")
        rows = _to_java(_rows(x, "x"))
        found = _checked(self._java.classProbabilities, rows, _runtime(threads))
        return np.array(found, dtype=np.float64)

    @property
    def class_names(self) -> list[str]:
        """The classes in order; none of a regression."""
        return [str(name) for name in self._java.classNames()]

    @property
    def feature_names(self) -> list[str]:
        """One for each column of rows."""
        return [str(name) for name in self._java.featureNames()]

    @property
    def output_names(self) -> list[str]:
        """One for each column of predictions: targets, or classes."""
        return [str(name) for name in self._java.outputNames()]


def load(path: str | os.PathLike[str]) -> LocalModel:
    """A model that the job's fit or Spark has written to a disk of this machine.

    :raises ValueError: if there is none, or it is newer than this version or damaged
    """
    return LocalModel(_checked(_java("model.LocalModel").load, str(Path(path))))
