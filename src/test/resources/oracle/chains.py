"""Makes chains.json, reference numbers of statistics of Markov chains, and checks what is there.

    python3 chains.py --check      compare with the file here (seconds)
    python3 chains.py DIRECTORY    write the file there

Needs numpy, mpmath, pymbar and arviz before 1.0 (the numbers here are from numpy 2.4, mpmath 1.4,
pymbar 4.0 and arviz 0.23). R-hat, effective draws and standard errors are arviz's. The normal tail
and mixtures of Gaussians are mpmath's with 40 digits, quantiles by bisection. Bennett's ratio is
mpmath's by bisection of the difference of the sums, and pymbar's must agree. Inputs are drawn with
seed 11 and rounded, so that they are short; the check takes them from the file.
"""
import argparse
import json
import logging
import os
import sys
import warnings

import numpy as np
from mpmath import erfc, exp, log, mp, mpf, pi, sqrt

warnings.simplefilter("ignore")
logging.disable(logging.WARNING)

import arviz  # noqa: E402
from pymbar.other_estimators import bar  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
FILE = "chains.json"
SEED = 11
LEVELS = [1e-250, 1e-30, 1e-9, 0.001, 0.025, 0.25, 0.375, 0.5, 0.625, 0.75, 0.975, 1 - 2.0 ** -20,
          1 - 2.0 ** -50]
mp.dps = 40

# arviz multiplies autocovariances by fast Fourier transforms, in double precision.
TOLERANCES = {"chains": 1e-10, "normal_tail": 1e-15, "mixtures": 1e-15, "bennett": 1e-15}

DOC = (
    "chains: draws[chain][draw]; arviz's rhat(method='split'), ess(method='mean'), "
    "mcse(method='mean'). normal_tail: above = P(Z > z). mixtures: equal weights; cdf and "
    "log_density at points, quantiles at levels. bennett: forward and reverse log weights; the "
    "root and log mean exponentials with jackknife standard errors."
)


def ar(rng, chains, draws, rho):
    x = rng.standard_normal((chains, draws))
    for i in range(1, draws):
        x[:, i] = rho * x[:, i - 1] + np.sqrt(1 - rho * rho) * x[:, i]
    return x


def inputs():
    rng = np.random.default_rng(SEED)
    shifts = np.array([[0.0], [0.4], [-0.2]])
    chains = {
        "independent": ar(rng, 4, 40, 0.0),
        "slow": ar(rng, 4, 80, 0.9),
        "shifted, odd": ar(rng, 3, 61, 0.7) + 2 * shifts,
        "swinging": ar(rng, 2, 60, -0.8),
        "apart": ar(rng, 4, 30, 0.3) + 20 * np.arange(4)[:, None],
        "trend": ar(rng, 4, 50, 0.5) + np.linspace(0, 4, 50),
        "far from zero": 1e5 + ar(rng, 4, 36, 0.6),
        "four draws": ar(rng, 2, 4, 0.0),
    }
    mixtures = [
        ([0.3], [2.0]),
        ([-1.0, 1.0], [0.25, 0.25]),
        ([0.0, 0.1, 5.0], [1.0, 1e-6, 4.0]),
        ([-40.0, 0.0, 40.0, 41.0], [1.0, 1e-4, 0.09, 25.0]),
        (np.round(rng.standard_normal(12), 3).tolist(),
         np.round(np.exp(rng.standard_normal(12)), 3).tolist()),
        ([1000.0, 1000.02], [1e-4, 4e-4]),
    ]
    bennett = []
    for truth, spread, forward, reverse in ((-150.4, 0.8, 8, 8), (12.0, 2.0, 16, 5),
                                            (0.0, 3.0, 4, 12), (-663.1, 6.0, 8, 8)):
        half = spread * spread / 2
        bennett.append({
            "forward": (truth - half + spread * rng.standard_normal(forward)).round(3).tolist(),
            "reverse": (truth + half + spread * rng.standard_normal(reverse)).round(3).tolist(),
        })
    return {
        "doc": DOC,
        "chains": [{"name": name, "draws": np.round(x, 3).tolist()} for name, x in chains.items()],
        "normal_tail": [{"z": z} for z in (0.0, 1e-9, 0.3, 1.0, 1.96, 3.5, 5.0, 8.25, 12.0, 20.0,
                                           30.0, 36.5, -0.7, -2.5, -6.0)],
        "mixtures": [{
            "means": means, "variances": variances,
            "points": [-50.0, -3.0, -0.5, 0.0, 0.1, 1.5, 5.0, 39.5, 999.99],
            # Between components that are far apart quantiles hang on the last digits of a level.
            "levels": [level for level in LEVELS if len(means) != 4 or level % 0.25],
        } for means, variances in mixtures],
        "bennett": bennett,
    }


def tail(z):
    return erfc(z / sqrt(mpf(2))) / 2


def solve_chains(case):
    draws = {"x": np.array(case["draws"])}
    return {
        "rhat": float(arviz.rhat(draws, method="split")["x"]),
        "effective_draws": float(arviz.ess(draws, method="mean")["x"]),
        "standard_error": float(arviz.mcse(draws, method="mean")["x"]),
    }


def solve_normal_tail(case):
    return {"above": float(tail(mpf(case["z"])))}


def bisect(rises, low, high):
    """Where a function that rises from negative to positive is 0, to 35 digits."""
    for _ in range(400):
        middle = (low + high) / 2
        if rises(middle) < 0:
            low = middle
        else:
            high = middle
        if high - low < mpf(10) ** -35 * abs(middle):
            break
    return (low + high) / 2


def solve_mixtures(case):
    means = [mpf(x) for x in case["means"]]
    deviations = [sqrt(mpf(x)) for x in case["variances"]]
    pairs = list(zip(means, deviations))
    count = len(means)
    middle = sum(means) / count

    def cdf(y):
        return sum(tail((m - y) / s) for m, s in pairs) / count

    def above(y):
        return sum(tail((y - m) / s) for m, s in pairs) / count

    def quantile(level):
        p = mpf(level)
        low, high = min(means) - 50 * max(deviations), max(means) + 50 * max(deviations)
        if p > 0.5:
            return bisect(lambda y: (1 - p) - above(y), low, high)
        return bisect(lambda y: cdf(y) - p, low, high)

    return {
        "mean": float(middle),
        "variance": float(sum(s * s + (m - middle) ** 2 for m, s in pairs) / count),
        "cdf": [float(cdf(mpf(y))) for y in case["points"]],
        "log_density": [
            float(log(sum(exp(-((mpf(y) - m) / s) ** 2 / 2) / s for m, s in pairs)
                      / (count * sqrt(2 * pi)))) for y in case["points"]],
        "quantiles": [float(quantile(level)) for level in case["levels"]],
    }


def log_mean_exp(logarithms):
    return log(sum(exp(x) for x in logarithms) / len(logarithms))


def jackknife(logarithms):
    count = len(logarithms)
    without = [log_mean_exp(logarithms[:i] + logarithms[i + 1:]) for i in range(count)]
    middle = sum(without) / count
    return sqrt(sum((x - middle) ** 2 for x in without) * (count - 1) / count)


def solve_bennett(case):
    forward = [mpf(x) for x in case["forward"]]
    reverse = [mpf(x) for x in case["reverse"]]
    shift = log(mpf(len(forward)) / len(reverse))

    def difference(z):
        return (sum(1 / (1 + exp(-shift + x - z)) for x in reverse)
                - sum(1 / (1 + exp(shift - x + z)) for x in forward))

    every = forward + reverse
    root = bisect(difference, min(every) - 100, max(every) + 100)
    other = -bar(-np.array(case["forward"]), np.array(case["reverse"]),
                 relative_tolerance=1e-14, maximum_iterations=10000)["Delta_f"]
    if abs(root - other) > 1e-6:
        sys.exit(f"pymbar has {other}, mpmath {root}")
    inverse = [-x for x in reverse]
    return {
        "log_evidence": float(root),
        "forward_log_evidence": float(log_mean_exp(forward)),
        "forward_error": float(jackknife(forward)),
        "reverse_log_evidence": float(-log_mean_exp(inverse)),
        "reverse_error": float(jackknife(inverse)),
    }


SOLVERS = {"chains": solve_chains, "normal_tail": solve_normal_tail, "mixtures": solve_mixtures,
           "bennett": solve_bennett}


def write(directory):
    made = inputs()
    for section, solve in SOLVERS.items():
        for case in made[section]:
            case.update(solve(case))
    with open(os.path.join(directory, FILE), "w", encoding="utf-8") as f:
        f.write("{\n " + json.dumps("doc") + ": " + json.dumps(made.pop("doc")))
        for section, cases in made.items():
            lines = ",\n".join("  " + json.dumps(case) for case in cases)
            f.write(f",\n {json.dumps(section)}: [\n{lines}\n ]")
        f.write("\n}\n")


def check():
    with open(os.path.join(HERE, FILE), encoding="utf-8") as f:
        there = json.load(f)
    good = True
    for section, solve in SOLVERS.items():
        worst = 0.0
        for case in there[section]:
            for key, value in solve(case).items():
                new, old = np.atleast_1d(value), np.atleast_1d(case[key])
                scale = np.maximum(np.abs(old), 1e-300)
                same = new == old
                worst = max(worst, float(np.max(np.where(same, 0, np.abs(new - old) / scale))))
        print(f"{section}: {worst:.1e}, allowed {TOLERANCES[section]:.0e}")
        good = good and worst <= TOLERANCES[section]
    return good


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("directory", nargs="?", help="where to write")
    args = parser.parse_args()
    if args.check == (args.directory is not None):
        parser.error("either --check or a directory")
    if args.check:
        sys.exit(0 if check() else 1)
    write(args.directory)
