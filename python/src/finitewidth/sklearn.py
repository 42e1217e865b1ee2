"""A regressor and a classifier for scikit-learn, on the library without Spark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from finitewidth.local import FiniteNetwork, FittedNetwork

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from typing_extensions import Self

__all__ = ["FiniteWidthClassifier", "FiniteWidthRegressor"]


class _Conditioned(BaseEstimator):  # type: ignore[misc]
    """What regressor and classifier share: their parameters, and a posterior of Java's."""

    def __init__(
        self,
        hidden_widths: Sequence[float] = (128, 128),
        *,
        activation: str = "relu",
        bias_variance: float = 0.1,
        weight_variance: float = 2.0,
        noise_variance: float = 0.01,
        engine: str = "auto",
        threads: int | None = None,
    ) -> None:
        self.hidden_widths = hidden_widths
        self.activation = activation
        self.bias_variance = bias_variance
        self.weight_variance = weight_variance
        self.noise_variance = noise_variance
        self.engine = engine
        self.threads = threads

    def _learn(self, inputs: NDArray[np.float64], targets: NDArray[np.float64]) -> None:
        """Condition on features, which are standardised, and on targets as they are."""
        self._x_mean, self._x_scale = inputs.mean(axis=0), _deviations(inputs)
        self._x = (inputs - self._x_mean) / self._x_scale
        self._y = targets
        self._fitted = self._condition()
        own = None if self._fitted.engine == "nngp" else self.hidden_widths
        self.log_evidence_ = self._fitted.log_evidence(own)

    def _condition(self) -> FittedNetwork:
        return FiniteNetwork(
            self.activation,
            len(self.hidden_widths),
            bias_variance=self.bias_variance,
            weight_variance=self.weight_variance,
            noise_variance=self.noise_variance,
            engine=self.engine,
            threads=self.threads,
        ).condition(self._x, self._y)

    def _asked(
        self, X: ArrayLike, hidden_widths: Sequence[float] | None
    ) -> tuple[NDArray[np.float64], Sequence[float]]:
        """Rows as the network has them, and the widths to read predictions at."""
        check_is_fitted(self)
        inputs = validate_data(self, X, dtype=np.float64, reset=False)
        widths = self.hidden_widths if hidden_widths is None else hidden_widths
        return (inputs - self._x_mean) / self._x_scale, widths

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "_fitted")

    def __getstate__(self) -> dict[str, Any]:
        # A posterior of Java's is conditioned anew where it arrives, to the same bits.
        state: dict[str, Any] = dict(super().__getstate__())
        state.pop("_fitted", None)
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        if "_x" in state:
            self._fitted = self._condition()


class FiniteWidthRegressor(RegressorMixin, _Conditioned):  # type: ignore[misc]
    """Bayesian regression with a network of finite width, without training it.

    Features and targets are standardised on the training rows; predictions come back in the
    target's units. Parameters are those of ``finitewidth.local.FiniteNetwork`` and

    :param hidden_widths: one for each hidden layer. First order is known at every width, and
        ``predict`` takes others
    :param noise_variance: in units of the standardised target, squared
    """

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Condition the network on rows of features and their targets."""
        inputs: NDArray[np.float64]
        inputs, targets = validate_data(
            self, X, y, dtype=np.float64, multi_output=True, y_numeric=True, ensure_min_samples=2
        )
        self._one_output = targets.ndim == 1
        targets = np.asarray(targets, dtype=np.float64).reshape(len(targets), -1)
        self._y_mean, self._y_scale = targets.mean(axis=0), _deviations(targets)
        self._learn(inputs, (targets - self._y_mean) / self._y_scale)
        return self

    def predict(
        self,
        X: ArrayLike,
        return_std: bool = False,
        hidden_widths: Sequence[float] | None = None,
    ) -> NDArray[np.float64] | tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Means, and with ``return_std`` standard deviations of the latent function, without noise.

        A deviation is NaN where a variance that first order has corrected is negative.
        """
        inputs, widths = self._asked(X, hidden_widths)
        predicted = self._fitted.predict(inputs, widths)
        mean = self._y_mean + self._y_scale * predicted.mean
        if self._one_output:
            mean = mean[:, 0]
        if not return_std:
            return mean
        variance = np.where(predicted.variance >= 0, predicted.variance, np.nan)
        deviation = self._y_scale * np.sqrt(variance)
        return mean, deviation[:, 0] if self._one_output else deviation

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags


class FiniteWidthClassifier(ClassifierMixin, _Conditioned):  # type: ignore[misc]
    """Bayesian classification with a network of finite width, without training it.

    The network has an output for each of C classes, whose targets are 1 - 1/C for a row's class and
    -1/C for every other. Features are standardised on the training rows. Parameters are those of
    ``finitewidth.local.FiniteNetwork`` and

    :param hidden_widths: one for each hidden layer. First order is known at every width, and
        ``predict`` takes others
    :param noise_variance: of the outputs
    """

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Condition the network on rows of features and their classes.

        :raises ValueError: if there are not two classes at least
        """
        inputs: NDArray[np.float64]
        inputs, labels = validate_data(self, X, y, dtype=np.float64, ensure_min_samples=2)
        check_classification_targets(labels)
        self.classes_, numbers = np.unique(labels, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError("all rows are of 1 class; there have to be two classes at least")
        self._learn(inputs, np.eye(len(self.classes_))[numbers] - 1 / len(self.classes_))
        return self

    def predict(self, X: ArrayLike, hidden_widths: Sequence[float] | None = None) -> NDArray[Any]:
        """The class with the largest mean, of each row."""
        inputs, widths = self._asked(X, hidden_widths)
        found: NDArray[Any] = self.classes_[
            self._fitted.predict(inputs, widths).mean.argmax(axis=1)
        ]
        return found

    def predict_proba(
        self, X: ArrayLike, hidden_widths: Sequence[float] | None = None
    ) -> NDArray[np.float64]:
        """Probabilities of ``classes_``: that a class's output with noise is the largest of all.

        With unequal variances the most probable class need not be that of the largest mean. A row
        is NaN where first order has corrected a variance to one that is not positive.
        """
        inputs, widths = self._asked(X, hidden_widths)
        return self._fitted.class_probabilities(inputs, widths, self.noise_variance)


def _deviations(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of columns; 1 where one is constant."""
    deviations = columns.std(axis=0)
    return np.where(deviations > 0, deviations, 1.0)
