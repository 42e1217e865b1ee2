"""Moments of GELU, z Phi(z), in multiple precision.

z Phi(z) is the mean of z h(u), h the step and u = z plus a unit normal variable. Integration by
parts takes the factors z away: each meets another z, with their covariance, or differentiates a
step. What is left are derivatives, at m = 0, of the probability G that all u + m are positive.
Let d_Z be one derivative in each m of a set Z. Then d_Z G is the density of the fields u of Z at
-m times a probability of the others, and with the covariance S = K + 1 of the u and P the inverse
of S_ZZ

    d_i d_Z G = -(P m)_i d_Z G - sum over k outside Z of (P S_Zk)_i d_k d_Z G       for i in Z

leads all derivatives back to those of at most first order in every m: the probability itself (for
four points that of erf.py's four signs), densities at zero, and products of both.
"""
from mpmath import asin, det, matrix, mpf, pi, sqrt

import erf


def fourth(k):
    """<s1 s2 s3 s4> at the 4 x 4 kernel k."""
    return _moment(k, tuple(range(4)), (0,) * 4, _Derivatives(k))


def mean(a, b, c):
    """<s1 s2>, b the covariance."""
    k = [[a, b], [b, c]]
    return _moment(k, (0, 1), (0, 0), _Derivatives(k))


def _moment(k, factors, order, derivatives):
    """<product of the z of factors, times the derivative of that order of the product of steps>."""
    if not factors:
        return derivatives.at(order)
    i, rest = factors[0], factors[1:]
    total = sum(k[i][j] * _moment(k, tuple(f for f in rest if f != j), order, derivatives)
                for j in rest)
    for j in range(len(k)):
        total += k[i][j] * _moment(k, rest, _up(order, j), derivatives)
    return total


def _up(order, j):
    return tuple(n + (i == j) for i, n in enumerate(order))


def _down(order, j):
    return tuple(n - (i == j) for i, n in enumerate(order))


class _Derivatives:
    def __init__(self, k):
        self.s = [[v + (i == j) for j, v in enumerate(row)] for i, row in enumerate(k)]
        self.known = {}

    def at(self, order):
        if order not in self.known:
            self.known[order] = self._find(order)
        return self.known[order]

    def _find(self, order):
        i = next((i for i, n in enumerate(order) if n > 1), None)
        zeros = [z for z, n in enumerate(order) if n]
        if i is None:
            return self._first(zeros)
        inverse = _pick(self.s, zeros, zeros) ** -1
        row = inverse[zeros.index(i), :]
        once = _down(order, i)
        total = mpf(0)
        for place, z in enumerate(zeros):
            if once[z] > 1:
                total -= (once[z] - 1) * row[place] * self.at(_down(once, z))
        for k in range(len(order)):
            if k not in zeros:
                weight = sum(row[place] * self.s[z][k] for place, z in enumerate(zeros))
                total -= weight * self.at(_up(once, k))
        return total

    def _first(self, zeros):
        """The density of the fields of zeros at 0 times the probability of the others there."""
        s = self.s
        others = [i for i in range(len(s)) if i not in zeros]
        if not zeros:
            return _probability(s)
        density = 1 / sqrt((2 * pi) ** len(zeros) * det(_pick(s, zeros, zeros)))
        if not others:
            return density
        cross = _pick(s, others, zeros)
        given = _pick(s, others, others) - cross * _pick(s, zeros, zeros) ** -1 * cross.T
        return density * _probability(given.tolist())


def _probability(s):
    r = [[s[i][j] / sqrt(s[i][i] * s[j][j]) for j in range(len(s))] for i in range(len(s))]
    angles = sum(asin(r[i][j]) for i in range(len(s)) for j in range(i))
    if len(s) == 2:
        return mpf(1) / 4 + angles / (2 * pi)
    return (erf.signs(r) + 1 + 2 / pi * angles) / 16


def _pick(s, rows, cols):
    return matrix([[s[i][j] for j in cols] for i in rows])
