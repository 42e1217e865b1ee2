"""Checks the numbers of ../oracle, at the inputs that they come with; see golden.py.

What those files say of themselves, and what is done here instead:

    relu_four_point  orthant probability as an integral over four links    a hub, Taylor's remainder
    erf_four_point   the integral over four links                          all six links
    gelu             trapezoidal rule, moments of derivatives              by parts; differences
    leaky_relu       integral over the angle of a plane                    reflected ReLUs

Rounded kernels of dependent points may be indefinite, so correlations of the ReLU are divided by
1 + 1e-14, as those of relu_four_point.json have been.
"""
import json
import os

from mpmath import diff, mpf, sqrt

import erf
import gelu
import relu

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "oracle")
FOUR = (0, 1, 2, 3)


def check(new_worst):
    """Yields (name, worst, tolerance) for each of the files."""
    for name, look, tolerance in (("erf_four_point", _erf, 1e-15), ("gelu", _gelu, 3e-14),
                                  ("leaky_relu", _leaky, 1e-13), ("relu_four_point", _relu, 1e-15)):
        worst = new_worst()
        with open(os.path.join(HERE, name + ".json")) as f:
            look(json.load(f), worst)
        yield "oracle/" + name, worst, tolerance


def _relu(there, worst):
    for n, case in enumerate(there["cases"]):
        k = _shrunk(case["kernel"])
        _see(worst, relu.fourth(k, FOUR), case["moment"], _size(k) * mpf(3) / 2, f"[{n}]")


def _erf(there, worst):
    for n, case in enumerate(there["cases"]):
        k = _exact(case["kernel"])
        unit = mpf(1)
        for i in FOUR:
            unit *= sqrt(sqrt(erf.fourth([[k[i][i]]], (0, 0, 0, 0))))
        _see(worst, erf.fourth(k, FOUR), case["moment"], unit, f"[{n}] {case['kind']}")


def _gelu(there, worst):
    # Second derivatives in the order K11, K12, K22.
    orders = {"mean": (0, 0, 0), "d1": (1, 0, 0), "d2": (0, 0, 1), "dc": (0, 1, 0),
              "d11": (2, 0, 0), "d22": (0, 0, 2), "d12": (1, 0, 1), "d1c": (1, 1, 0),
              "d2c": (0, 1, 1), "dcc": (0, 2, 0)}
    for n, case in enumerate(there["two_point"]):
        at = tuple(mpf(case[key]) for key in ("K11", "K12", "K22"))
        for key, order in orders.items():
            value = diff(gelu.mean, at, order) if any(order) else gelu.mean(*at)
            unit = sqrt(at[0] * at[2]) if key == "mean" else mpf(1)
            _see(worst, value, case[key], unit, f"two_point[{n}] {key}")
    for n, case in enumerate(there["four_point"]):
        k = _exact(case["kernel"])
        # The lower bound of the natural scale that the file names.
        unit = mpf(3) / 16 * _size(k)
        _see(worst, gelu.fourth(k), case["moment"], unit, f"four_point[{n}] {case['kind']}")


def _leaky(there, worst):
    for n, case in enumerate(there["two_point"]):
        a, k11, k22, k12 = (mpf(case[key]) for key in ("slope", "K11", "K22", "K12"))
        mean = (1 + a * a) * _pair(k11, k12, k22) - 2 * a * _pair(k11, -k12, k22)
        square = (1 + a * a) / 2
        found = {"mean": mean, "mean_diag": square * k11,
                 "activation_distance": square * (k11 + k22) - 2 * mean}
        for key, value in found.items():
            _see(worst, value, case[key], square * sqrt(k11 * k22), f"two_point[{n}] {key}")
    for n, case in enumerate(there["four_point"]):
        a = mpf(case["slope"])
        k = _shrunk(case["kernel"])
        # s(z) = p(z) - a p(-z); the moment of p is the same where all four are reflected.
        total = mpf(0)
        for mirrored in range(8):
            signs = [-1 if mirrored >> i & 1 else 1 for i in range(4)]
            count = signs.count(-1)
            weight = (-a) ** count + (-a) ** (4 - count)
            if weight:
                turned = [[v * signs[i] * signs[j] for j, v in enumerate(row)]
                          for i, row in enumerate(k)]
                total += weight * relu.fourth(turned, FOUR)
        unit = mpf(3) / 2 * (1 + a ** 4) * _size(k)
        _see(worst, total, case["moment"], unit, f"four_point[{n}] {case['kind']} {case['slope']}")


def _pair(a, b, c):
    return relu.pair([[a, b], [b, c]])


def _see(worst, value, there, unit, place):
    worst.see(abs(value - mpf(there)) / unit, place)


def _exact(k):
    return [[mpf(v) for v in row] for row in k]


def _shrunk(k):
    return [[mpf(v) if i == j else mpf(v) / (1 + mpf(10) ** -14) for j, v in enumerate(row)]
            for i, row in enumerate(k)]


def _size(k):
    return sqrt(k[0][0] * k[1][1] * k[2][2] * k[3][3])
