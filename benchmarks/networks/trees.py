"""Trees and forests beside chains: the split of a table, and scikit-learn's figures on it.

    python benchmarks/networks/trees.py split DATA WORK   writes the rows that both learn from
    python benchmarks/networks/trees.py diamonds WORK     prints lines of a Markdown table
    python benchmarks/networks/trees.py fashion DATA      the same

DATA has diamonds.csv.gz and fashion-mnist-{train,test}-10000.csv.gz (benchmarks/many-rows.sh). A
fifth of diamonds is for tests, by a seeded permutation; its target is the logarithm of the price.
The density of a regression is a normal one about the prediction, as wide as the errors on a tenth
of the training rows that were held back from a first fit. One thread.
"""

import sys
import time
from pathlib import Path

import numpy as np
from sklearn.ensemble import (
    GradientBoostingRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)

SEED = 7


def split(data: Path, work: Path) -> None:
    """Writes diamonds-train.csv and diamonds-test.csv."""
    table = np.loadtxt(data / "diamonds.csv.gz", delimiter=",", skiprows=1)
    table[:, -1] = np.log(table[:, -1])
    rows = np.random.default_rng(SEED).permutation(len(table))
    tests = len(rows) // 5
    header = ",".join([f"f{k}" for k in range(table.shape[1] - 1)] + ["target"])
    for name, chosen in (("test", rows[:tests]), ("train", rows[tests:])):
        file = work / f"diamonds-{name}.csv"
        np.savetxt(file, table[chosen], "%.12g", ",", header=header, comments="")


def read(file: Path) -> tuple[np.ndarray, np.ndarray]:
    """Features and what is to be learnt."""
    table = np.loadtxt(file, delimiter=",", skiprows=1)
    return table[:, :-1], table[:, -1]


def regressions(work: Path) -> None:
    """Boosted trees and a forest on diamonds."""
    x, y = read(work / "diamonds-train.csv")
    tests, truth = read(work / "diamonds-test.csv")
    held = np.random.default_rng(SEED).permutation(len(x)) < len(x) // 10
    for name, make in {
        "boosted trees, 100 of depth 6": lambda: GradientBoostingRegressor(
            n_estimators=100, max_depth=6, learning_rate=0.1, random_state=SEED
        ),
        "histogram-boosted trees, 500 of 31 leaves": lambda: HistGradientBoostingRegressor(
            max_iter=500, learning_rate=0.1, early_stopping=False, random_state=SEED
        ),
        "forest, 300 trees": lambda: RandomForestRegressor(
            n_estimators=300, min_samples_leaf=2, max_features=0.5, random_state=SEED
        ),
    }.items():
        start = time.process_time()
        first = make().fit(x[~held], y[~held])
        variance = np.mean((y[held] - first.predict(x[held])) ** 2)
        error = truth - make().fit(x, y).predict(tests)
        seconds = time.process_time() - start
        nlpd = np.mean(0.5 * np.log(2 * np.pi * variance) + error**2 / (2 * variance))
        rmse = np.sqrt(np.mean(error**2))
        print(f"| {name} | {rmse:.4f} | {nlpd:.4f} | {seconds:.0f} |", flush=True)


def classifications(data: Path) -> None:
    """Boosted trees and a forest on Fashion-MNIST."""
    x, y = read(data / "fashion-mnist-train-10000.csv.gz")
    tests, truth = read(data / "fashion-mnist-test-10000.csv.gz")
    for name, model in {
        "forest, 300 trees": RandomForestClassifier(n_estimators=300, random_state=SEED),
        "histogram-boosted trees, 100 iterations": HistGradientBoostingClassifier(
            max_iter=100, early_stopping=False, random_state=SEED
        ),
    }.items():
        start = time.process_time()
        accuracy = np.mean(model.fit(x, y).predict(tests) == truth)
        seconds = time.process_time() - start
        print(f"| {name} | {accuracy:.4f} | {seconds:.0f} |", flush=True)


def main(arguments: list[str]) -> None:
    if arguments[0] == "split":
        split(Path(arguments[1]), Path(arguments[2]))
    elif arguments[0] == "diamonds":
        regressions(Path(arguments[1]))
    else:
        classifications(Path(arguments[1]))


if __name__ == "__main__":
    main(sys.argv[1:])
