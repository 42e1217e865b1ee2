"""Makes two_point.json, four_point.json, flow.json and posterior.json, and checks what is there.

    python3 golden.py --check [FILE ...]    compare with the files here and in ../oracle (minutes)
    python3 golden.py DIRECTORY             write the four files there

Needs numpy (random numbers only) and mpmath; gmpy2, if it is there, makes it faster. All
arithmetic has 30 digits. Methods are not those of the code under test: expectations.py, relu.py,
erf.py, gelu.py, network.py and bayes.py say what they do instead.

Inputs are drawn with seed 11, in the order of the functions below. Products of matrices among
them are sums of fused multiply-adds, so that they are the same bits on any machine. Inputs must
be equal to the last bit; results are compared in units of the largest number of their array,
moments in units of (<s_1^4> <s_2^4> <s_3^4> <s_4^4>)^(1/4), which is what they could be at most.
The inputs of ../oracle are given, with results of other methods; they are not drawn anew. The
check prints the largest deviation of each file and ends with 1 where one is above its tolerance.
"""
import argparse
import json
import os
import sys
from fractions import Fraction

import numpy as np
from mpmath import mp, mpf, sqrt

from bayes import Posterior
from expectations import ACTIVATIONS
from network import flow

HERE = os.path.dirname(os.path.abspath(__file__))
SEED = 11
mp.dps = 30

# The committed numbers of flow and posterior come from sums in double precision.
TOLERANCES = {"two_point": 1e-15, "four_point": 1e-14, "flow": 1e-14, "posterior": 1e-12}

NETWORKS = [
    ("linear", [16], 0.0, 1.0), ("linear", [32, 64], 0.2, 1.3),
    ("quadratic", [200], 0.1, 0.3), ("quadratic", [200, 300], 0.05, 0.3),
    ("relu", [64], 0.0, 2.0), ("relu", [64, 128], 0.1, 1.8), ("relu", [50, 50, 50], 0.0, 2.0),
    ("erf", [64], 0.2, 1.5), ("erf", [64, 32], 0.1, 1.4),
    ("sin", [40, 60, 80], 0.2, 1.2), ("cos", [40, 60], 0.1, 1.1),
]
KINDS = ["generic"] * 3 + ["correlated", "near_duplicate", "pair_equal", "all_equal", "rank_two"]
TRAIN, TESTS = range(3), range(3, 5)

DOCS = {
    "two_point": "mean=<s1 s2>, grad = d mean / d(K11,K12,K22) with K12 one variable; "
                 "mean_diag=<s(z1)^2> at K11, grad_diag its derivative",
    "four_point": "moment=<s1 s2 s3 s4> for z~N(0,K)",
    "flow": "layers[0] is the first preactivation layer (Gaussian), layers[-1] the output layer; "
            "S and V include the 1/n factors; V[a][b][c][d]",
    "posterior": "one test of all: deltas are the first-order corrections for exactly these "
                 "widths; delta_cov[e][f][i][j] over test points e,f and outputs i,j; "
                 "log evidence of Y_train with Gaussian noise",
}


def two_point(rng, skip=False):
    for name, act in ACTIVATIONS.items():
        for _ in range(12):
            k11, k22 = rng.uniform(0.2, 3, 2)
            k12 = rng.uniform(-0.98, 0.98) * np.sqrt(k11 * k22)
            if skip:
                continue
            a, b, c = mpf(k11), mpf(k12), mpf(k22)
            square, slope, _ = act.diagonal(a)
            yield {"activation": name, "K11": k11, "K12": k12, "K22": k22,
                   "mean": act.mean(a, b, c), "grad": list(act.gradient(a, b, c)),
                   "mean_diag": square, "grad_diag": slope}


def four_point(rng, skip=False):
    for name, act in ACTIVATIONS.items():
        for kind in KINDS:
            d = 2 if kind == "rank_two" else 6
            x = rng.standard_normal((4, d))
            if kind == "correlated":
                x = x * 0.4 + rng.standard_normal(d)
            if kind == "near_duplicate":
                x[1] = x[0] + 1e-4 * rng.standard_normal(d)
            if kind == "pair_equal":
                x[1] = x[0]
            if kind == "all_equal":
                x[:] = x[0]
            size = rng.uniform(0.5, 1.5)
            if skip:
                continue
            k = gram(x) / d * size + (0.1 if kind == "generic" else 0)
            exact = [[mpf(v) for v in row] for row in k]
            if kind == "rank_two":
                # Rounding leaves k indefinite: take the moment at the singular kernel itself.
                exact = [[sum(mpf(p) * mpf(q) for p, q in zip(u, v)) / d * mpf(size) for v in x]
                         for u in x]
            yield {"activation": name, "kind": kind, "K": k.tolist(),
                   "moment": act.fourth(exact, (0, 1, 2, 3))}


def flow_and_posterior(rng, wanted):
    flows, posteriors = [], []
    for name, widths, bias, weight in NETWORKS:
        x = rng.standard_normal((5, 3))
        targets = [(noise, rng.standard_normal((3, m))) for m, noise in ((1, 0.05), (3, 0.2))]
        if not wanted:
            continue
        print(".", end="", file=sys.stderr, flush=True)
        layers = flow(x.tolist(), name, widths, bias, weight)
        network = {"activation": name, "hidden_widths": widths, "bias_variance": bias,
                   "weight_variance": weight}
        flows.append({**network, "X": x.tolist(),
                      "layers": [{"K": k, "S": s, "V": v} for k, s, v in layers]})
        for noise, y in targets:
            p = Posterior(layers[-1], TRAIN, TESTS, y.tolist(), noise)
            posteriors.append({
                **network, "noise_variance": noise, "X_train": x[:3].tolist(),
                "X_test": x[3:].tolist(), "Y_train": y.tolist(),
                "nngp_mean": p.mean.tolist(), "nngp_cov": p.covariance.tolist(),
                "nngp_log_evidence": p.log_evidence, "delta_mean": p.delta_mean.tolist(),
                "delta_cov": p.delta_covariance, "delta_log_evidence": p.delta_log_evidence})
    return flows, posteriors


def gram(x):
    """x x^T, every element a chain of fused multiply-adds."""
    return np.array([[_dot(u, v) for v in x.tolist()] for u in x.tolist()])


def _dot(u, v):
    total = 0.0
    for p, q in zip(u, v):
        total = float(Fraction(p) * Fraction(q) + Fraction(total))
    return total


def make(files):
    """The cases of the files, results as numbers of mpmath and inputs as floats."""
    rng = np.random.default_rng(SEED)
    made = {"two_point": list(two_point(rng, "two_point" not in files)),
            "four_point": list(four_point(rng, "four_point" not in files))}
    made["flow"], made["posterior"] = flow_and_posterior(
        rng, "flow" in files or "posterior" in files)
    return {name: made[name] for name in files}


def plain(value):
    if isinstance(value, dict):
        return {key: plain(v) for key, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, mpf):
        return float(value)
    return value.item() if isinstance(value, np.generic) else value


def flat(value):
    return [x for v in value for x in flat(v)] if isinstance(value, (list, tuple)) else [value]


class Worst:
    def __init__(self):
        self.deviation, self.place = mpf(0), "none"

    def see(self, deviation, place):
        # Not "deviation > self.deviation", which NaN would pass.
        if not deviation <= self.deviation:
            self.deviation, self.place = deviation, place


def compare(made, there, place, worst, unit=None):
    """Raises where inputs differ; results are seen by worst."""
    if isinstance(made, dict):
        if list(made) != list(there):
            raise ValueError(f"{place}: keys {list(there)}, not {list(made)}")
        for key in made:
            compare(made[key], there[key], f"{place} {key}", worst, unit)
        return
    ours, theirs = flat(made), flat(there)
    if isinstance(made, list) and made and isinstance(made[0], dict):
        for n, (a, b) in enumerate(zip(made, there, strict=True)):
            compare(a, b, f"{place}[{n}]", worst, unit)
    elif not any(isinstance(x, mpf) for x in ours):
        if plain(made) != there:
            raise ValueError(f"{place}: inputs differ")
    elif len(ours) != len(theirs) or np.shape(plain(made)) != np.shape(there):
        raise ValueError(f"{place}: shapes differ")
    else:
        largest = unit or max(abs(x) for x in ours)
        gap = max(abs(mpf(a) - mpf(b)) for a, b in zip(ours, theirs))
        worst.see(gap / largest if gap else mpf(0), place)


def bound(act, k):
    """What a four-point moment could be at most, by Hoelder's inequality."""
    product = mpf(1)
    for i in range(4):
        product *= act.fourth([[mpf(k[i][i])]], (0, 0, 0, 0))
    return sqrt(sqrt(product))


def check(files):
    failed = False
    for name, cases in make([f for f in files if f in DOCS]).items():
        with open(os.path.join(HERE, name + ".json")) as f:
            there = json.load(f)
        worst = Worst()
        if there["doc"] != DOCS[name]:
            raise ValueError(f"{name}: doc differs")
        for n, (a, b) in enumerate(zip(cases, there["cases"], strict=True)):
            unit = bound(ACTIVATIONS[a["activation"]], a["K"]) if name == "four_point" else None
            compare(a, b, f"{a['activation']} [{n}]", worst, unit)
        failed |= report(name, worst, TOLERANCES[name])
    if "oracle" in files:
        import oracle
        for name, worst, tolerance in oracle.check(Worst):
            failed |= report(name, worst, tolerance)
    return failed


def report(name, worst, tolerance):
    good = worst.deviation <= tolerance
    print(f"{name:24} {'ok' if good else 'FAILED':6} {mp.nstr(worst.deviation, 3):>10}"
          f" (tolerance {tolerance:.0e}), largest at {worst.place}", flush=True)
    return not good


def write(directory):
    for name, cases in make(list(DOCS)).items():
        with open(os.path.join(directory, name + ".json"), "w") as f:
            json.dump({"doc": DOCS[name], "cases": plain(cases)}, f, indent=1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare, do not write")
    parser.add_argument("what", nargs="*",
                        help="what to check, of two_point, four_point, flow, posterior and oracle "
                             "(all if left out), or the directory to write to")
    args = parser.parse_args()
    if args.check:
        unknown = set(args.what) - {*DOCS, "oracle"}
        if unknown:
            parser.error(f"{', '.join(sorted(unknown))}: none of {', '.join([*DOCS, 'oracle'])}")
        sys.exit(1 if check(args.what or [*DOCS, "oracle"]) else 0)
    if len(args.what) != 1:
        parser.error("a directory to write to, or --check")
    write(args.what[0])
