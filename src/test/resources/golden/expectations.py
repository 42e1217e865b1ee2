"""Gaussian expectations of the activations that golden.py has numbers for, in multiple precision.

An activation has, at the variances a, c and the covariance b of two points,

    mean(a, b, c)      F = <s1 s2>
    gradient(a, b, c)  (F_a, F_b, F_c), b one variable
    hessian(a, b, c)   the 3 x 3 matrix of second derivatives, in the order a, b, c
    diagonal(a)        <s^2> at one point, with its first and second derivative in a
    fourth(k, points)  <s s s s> at four points of the kernel k, a list of rows; points may repeat

Derivatives are closed forms, nowhere differences. Four-point moments are

    linear     the three pairings
    quadratic  set partitions, with the joint cumulants of squares
    sin, cos   products written as sums of cosines
    relu, erf  see relu.py and erf.py
"""
from mpmath import acos, asin, cosh, exp, mpf, pi, sinh, sqrt

import erf
import relu


class Linear:
    def mean(self, a, b, c):
        return b

    def gradient(self, a, b, c):
        return mpf(0), mpf(1), mpf(0)

    def hessian(self, a, b, c):
        return [[mpf(0)] * 3 for _ in range(3)]

    def diagonal(self, a):
        return a, mpf(1), mpf(0)

    def fourth(self, k, points):
        h, i, j, l = points
        return k[h][i] * k[j][l] + k[h][j] * k[i][l] + k[h][l] * k[i][j]


class Quadratic:
    def mean(self, a, b, c):
        return a * c + 2 * b * b

    def gradient(self, a, b, c):
        return c, 4 * b, a

    def hessian(self, a, b, c):
        return [[mpf(0), mpf(0), mpf(1)], [mpf(0), mpf(4), mpf(0)], [mpf(1), mpf(0), mpf(0)]]

    def diagonal(self, a):
        return 3 * a * a, 6 * a, mpf(6)

    def fourth(self, k, points):
        return sum(_product(_cumulant_of_squares(k, block) for block in partition)
                   for partition in _partitions(list(points)))


class Sine:
    """sin z, or with sign = 1 cos z: products are 1/2 [cos(z1 - z2) + sign cos(z1 + z2)]."""

    def __init__(self, sign):
        self.sign = sign

    def _parts(self, a, b, c):
        size = exp(-(a + c) / 2)
        even, odd = size * cosh(b), size * sinh(b)
        return (even, odd) if self.sign > 0 else (odd, even)

    def mean(self, a, b, c):
        return self._parts(a, b, c)[0]

    def gradient(self, a, b, c):
        f, other = self._parts(a, b, c)
        return -f / 2, other, -f / 2

    def hessian(self, a, b, c):
        f, other = self._parts(a, b, c)
        return [[f / 4, -other / 2, f / 4], [-other / 2, f, -other / 2], [f / 4, -other / 2, f / 4]]

    def diagonal(self, a):
        size = exp(-2 * a)
        return (1 + self.sign * size) / 2, -self.sign * size, 2 * self.sign * size

    def fourth(self, k, points):
        h, i, j, l = points
        total = mpf(0)
        for first in (-1, 1):
            for second in (-1, 1):
                # <cos u cos v> with u = z_h + first z_i and v = z_j + second z_l.
                u = k[h][h] + k[i][i] + 2 * first * k[h][i]
                v = k[j][j] + k[l][l] + 2 * second * k[j][l]
                uv = k[h][j] + second * k[h][l] + first * (k[i][j] + second * k[i][l])
                signs = (self.sign if first > 0 else 1) * (self.sign if second > 0 else 1)
                total += signs * exp(-(u + v) / 2) * cosh(uv)
        return total / 4


class Relu:
    def mean(self, a, b, c):
        return (_root(a, b, c) + b * _opening(a, b, c)) / (2 * pi)

    def gradient(self, a, b, c):
        root = _root(a, b, c)
        return root / (4 * pi * a), _opening(a, b, c) / (2 * pi), root / (4 * pi * c)

    def hessian(self, a, b, c):
        root = _root(a, b, c)
        aa = (2 * b * b - a * c) / (8 * pi * a * a * root)
        cc = (2 * b * b - a * c) / (8 * pi * c * c * root)
        ab, bc = -b / (4 * pi * a * root), -b / (4 * pi * c * root)
        ac, bb = 1 / (8 * pi * root), 1 / (2 * pi * root)
        return [[aa, ab, ac], [ab, bb, bc], [ac, bc, cc]]

    def diagonal(self, a):
        return a / 2, mpf(1) / 2, mpf(0)

    def fourth(self, k, points):
        return relu.fourth(k, points)


class Erf:
    def mean(self, a, b, c):
        return 2 / pi * asin(2 * b / sqrt((1 + 2 * a) * (1 + 2 * c)))

    def gradient(self, a, b, c):
        u, v = 1 + 2 * a, 1 + 2 * c
        root = sqrt(u * v - 4 * b * b)
        return -4 * b / (pi * u * root), 4 / (pi * root), -4 * b / (pi * v * root)

    def hessian(self, a, b, c):
        u, v = 1 + 2 * a, 1 + 2 * c
        e = u * v - 4 * b * b
        cube = pi * e * sqrt(e)
        aa = (8 * b * e / u ** 2 + 4 * b * v / u) / cube
        cc = (8 * b * e / v ** 2 + 4 * b * u / v) / cube
        ab, bc, ac, bb = -4 * v / cube, -4 * u / cube, 4 * b / cube, 16 * b / cube
        return [[aa, ab, ac], [ab, bb, bc], [ac, bc, cc]]

    def diagonal(self, a):
        gradient, hessian = self.gradient(a, a, a), self.hessian(a, a, a)
        return self.mean(a, a, a), sum(gradient), sum(sum(row) for row in hessian)

    def fourth(self, k, points):
        return erf.fourth(k, points)


ACTIVATIONS = {
    "linear": Linear(), "quadratic": Quadratic(), "relu": Relu(), "erf": Erf(), "sin": Sine(-1),
    "cos": Sine(1),
}


def _root(a, b, c):
    return sqrt(a * c - b * b)


def _opening(a, b, c):
    """pi minus the angle between the two points."""
    return pi - acos(b / sqrt(a * c))


def _product(factors):
    result = mpf(1)
    for factor in factors:
        result *= factor
    return result


def _cumulant_of_squares(k, block):
    """Joint cumulant of z_i^2: 2^(n-1) times the sum of all (n-1)! directed cycles."""
    if len(block) == 1:
        return k[block[0]][block[0]]
    first, rest = block[0], block[1:]
    total = mpf(0)
    for order in _orders(rest):
        cycle = [first] + order + [first]
        total += _product(k[i][j] for i, j in zip(cycle, cycle[1:]))
    return 2 ** (len(block) - 1) * total


def _orders(items):
    if not items:
        return [[]]
    return [[item] + order for n, item in enumerate(items)
            for order in _orders(items[:n] + items[n + 1:])]


def _partitions(items):
    if not items:
        return [[]]
    first, found = items[0], []
    for partition in _partitions(items[1:]):
        found.append([[first]] + partition)
        for n, block in enumerate(partition):
            found.append(partition[:n] + [[first] + block] + partition[n + 1:])
    return found
