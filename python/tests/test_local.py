"""The library in a JVM beside the interpreter."""

from __future__ import annotations

import math
import pickle
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from sklearn.utils.estimator_checks import check_estimator

from finitewidth.local import FiniteNetwork, load
from finitewidth.sklearn import FiniteWidthClassifier, FiniteWidthRegressor


def rows(count: int, seed: int) -> tuple[Any, Any]:
    x = np.random.default_rng(seed).normal(size=(count, 2))
    return x, np.sin(x[:, 0]) + 0.5 * x[:, 1]


def test_one_linear_layer_at_infinite_width_is_known_in_closed_form() -> None:
    """Its kernel is C_b + C_W (C_b + C_W x·x'/n), by hand."""
    x, y = rows(12, 1)
    tests, _ = rows(5, 2)

    def kernel(a: Any, b: Any) -> Any:
        return 0.3 + 1.5 * (0.3 + 1.5 * (a @ b.T) / 2)

    network = FiniteNetwork(
        "linear", 1, bias_variance=0.3, weight_variance=1.5, noise_variance=0.1, engine="nngp"
    )
    fitted = network.condition(x, y)
    noisy = kernel(x, x) + 0.1 * np.eye(12)
    expected = kernel(tests, x) @ np.linalg.solve(noisy, y)
    variance = np.diag(
        kernel(tests, tests) - kernel(tests, x) @ np.linalg.solve(noisy, kernel(x, tests))
    )
    predicted = fitted.predict(tests, [math.inf])
    np.testing.assert_allclose(predicted.mean[:, 0], expected, rtol=1e-9)
    np.testing.assert_allclose(predicted.variance[:, 0], variance, rtol=1e-9)
    assert predicted.delta_mean.shape == (5, 0)
    evidence = -0.5 * (y @ np.linalg.solve(noisy, y) + np.linalg.slogdet(2 * np.pi * noisy)[1])
    assert fitted.log_evidence() == pytest.approx(evidence, rel=1e-9)


def test_first_order_is_linear_in_one_over_width() -> None:
    x, y = rows(10, 1)
    fitted = FiniteNetwork("relu", 1, noise_variance=0.05).condition(x, np.stack([y, -y], axis=1))
    wide, narrow = fitted.predict(x, [100]), fitted.predict(x, [50])
    assert wide.mean.shape == (10, 2)
    np.testing.assert_allclose(narrow.delta_mean, 2 * wide.delta_mean, rtol=1e-12)
    np.testing.assert_allclose(wide.mean[:, 0], -wide.mean[:, 1], rtol=1e-9)
    assert wide.trusted.dtype == np.bool_
    assert fitted.engine == "exact"
    assert fitted.warnings([100]) == []


def test_the_same_bits_for_any_number_of_threads() -> None:
    x, y = rows(14, 1)
    one, two = (
        FiniteNetwork("erf", 2, threads=threads).condition(x, y).predict(x, [64, 64]).mean
        for threads in (1, 2)
    )
    assert (one == two).all()


def test_mistakes_are_sentences() -> None:
    with pytest.raises(ValueError, match="no activation rleu; there are"):
        FiniteNetwork("rleu", 1)
    fitted = FiniteNetwork("relu", 1).condition(*rows(8, 1))
    with pytest.raises(ValueError, match="row 0 has 3 features, not 2"):
        fitted.predict(np.zeros((1, 3)), [64])
    with pytest.raises(ValueError, match="is no saved model"):
        load("/nowhere")


def test_scikit_learn() -> None:
    x, y = rows(20, 1)
    tests, truth = rows(30, 2)
    regressor = FiniteWidthRegressor([64], noise_variance=0.01).fit(x, 100 + 10 * y)
    mean, deviation = regressor.predict(tests, return_std=True)
    assert regressor.score(tests, 100 + 10 * truth) > 0.8
    assert (deviation > 0).all()
    again = pickle.loads(pickle.dumps(regressor))
    assert (again.predict(tests) == mean).all()
    # Wider networks are nearer to infinite width.
    assert (regressor.predict(tests, hidden_widths=[1e9]) != mean).any()


def test_classifier() -> None:
    """Classes of any kind; two outputs are opposite, so that probabilities are known."""
    x, y = rows(24, 1)
    tests, truth = rows(30, 2)
    kinds = np.where(y > 0, "up", "down")
    classifier = FiniteWidthClassifier([64], noise_variance=0.1).fit(x, kinds)
    assert list(classifier.classes_) == ["down", "up"]
    assert classifier.score(tests, np.where(truth > 0, "up", "down")) > 0.8
    sure = classifier.predict_proba(tests)
    np.testing.assert_allclose(sure.sum(axis=1), 1, rtol=1e-9)
    assert (classifier.classes_[sure.argmax(axis=1)] == classifier.predict(tests)).all()
    # Two independent Gaussians of means ±m and variances v: Φ(2m / sqrt(2(v + noise))).
    scaled = (tests - x.mean(axis=0)) / x.std(axis=0)
    network = FiniteNetwork("relu", 1, noise_variance=0.1)
    codes = np.stack([kinds == "down", kinds == "up"], axis=1) - 0.5
    predicted = network.condition((x - x.mean(axis=0)) / x.std(axis=0), codes).predict(scaled, [64])
    far = 2 * predicted.mean[:, 1] / np.sqrt(predicted.variance.sum(axis=1) + 0.2)
    expected = [0.5 * (1 + math.erf(z / math.sqrt(2))) for z in far]
    np.testing.assert_allclose(sure[:, 1], expected, rtol=1e-6)
    again = pickle.loads(pickle.dumps(classifier))
    assert (again.predict_proba(tests) == sure).all()
    with pytest.raises(ValueError, match="two classes at least"):
        FiniteWidthClassifier().fit(x, np.ones(24))


@pytest.mark.parametrize("estimator", [FiniteWidthRegressor, FiniteWidthClassifier])
def test_check_estimator(estimator: Any) -> None:
    """At infinite width, for the checks have some hundred rows; nothing is excepted."""
    check_estimator(estimator([64], engine="nngp"))


def test_without_spark() -> None:
    """Nothing of pyspark is imported."""
    code = "import sys, finitewidth.local, finitewidth.sklearn; sys.exit('pyspark' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
