"""Kernel, self-energy and vertex of a finite network, layer by layer, in multiple precision.

Everything is a vector or a matrix over the pairs a <= b of samples. One layer moves small changes
of the kernel by a matrix D, so the vertex is the sum over hidden layers in its unrolled form,

    V = sum_s (C_W^2 / n_s) T_s Cov_s T_s^T,   T_s the product of the D of the layers above s,

and the self-energy goes up by S' = D S + 1/2 C_W F'' V.
"""
from mpmath import matrix, mpf

from expectations import ACTIVATIONS


class Pairs:
    def __init__(self, samples):
        self.all = [(a, b) for a in range(samples) for b in range(a, samples)]
        self.index = {pair: n for n, pair in enumerate(self.all)}

    def of(self, a, b):
        return self.index[min(a, b), max(a, b)]

    def square(self, vector, samples):
        return [[vector[self.of(a, b)] for b in range(samples)] for a in range(samples)]


def flow(inputs, activation, widths, bias, weight):
    """(K, S, V) of every layer: lists of rows, V[a][b][c][d]."""
    act, samples = ACTIVATIONS[activation], len(inputs)
    bias, weight = mpf(bias), mpf(weight)
    x = [[mpf(v) for v in row] for row in inputs]
    k = [[bias + weight * sum(p * q for p, q in zip(a, b)) / len(a) for b in x] for a in x]
    pairs = Pairs(samples)
    count = len(pairs.all)
    s, sources, layers = matrix(count, 1), [], []
    vertex = matrix(count, count)
    layers.append((k, s, vertex))
    for width in widths:
        d = _step(act, k, pairs, weight)
        s = d * s + weight / 2 * _bend(act, k, pairs, vertex)
        sources = [d * source * d.T for source in sources]
        sources.append(weight ** 2 / width * _covariance(act, k, pairs))
        vertex = matrix(count, count)
        for source in sources:
            vertex += source
        means = matrix([_mean(act, k, a, b) for a, b in pairs.all])
        k = pairs.square([bias + weight * mean for mean in means], samples)
        layers.append((k, s, vertex))
    return [(k, pairs.square(s, samples),
             [[[[v[pairs.of(a, b), pairs.of(c, e)] for e in range(samples)] for c in range(samples)]
               for b in range(samples)] for a in range(samples)])
            for k, s, v in layers]


def _mean(act, k, a, b):
    return act.diagonal(k[a][a])[0] if a == b else act.mean(k[a][a], k[a][b], k[b][b])


def _step(act, k, pairs, weight):
    """The derivative of the next kernel in this one."""
    d = matrix(len(pairs.all), len(pairs.all))
    for n, (a, b) in enumerate(pairs.all):
        if a == b:
            d[n, n] = weight * act.diagonal(k[a][a])[1]
        else:
            for pair, slope in zip(((a, a), (a, b), (b, b)),
                                   act.gradient(k[a][a], k[a][b], k[b][b])):
                d[n, pairs.of(*pair)] = weight * slope
    return d


def _bend(act, k, pairs, vertex):
    """The second derivative of the expectations, contracted with the vertex."""
    bend = matrix(len(pairs.all), 1)
    for n, (a, b) in enumerate(pairs.all):
        if a == b:
            bend[n] = act.diagonal(k[a][a])[2] * vertex[n, n]
        else:
            places = [pairs.of(a, a), pairs.of(a, b), pairs.of(b, b)]
            hessian = act.hessian(k[a][a], k[a][b], k[b][b])
            bend[n] = sum(hessian[p][q] * vertex[places[p], places[q]]
                          for p in range(3) for q in range(3))
    return bend


def _covariance(act, k, pairs):
    """Cov(s_a s_b, s_c s_d) under the Gaussian field of kernel k."""
    known, cov = {}, matrix(len(pairs.all), len(pairs.all))
    for n, first in enumerate(pairs.all):
        for m, second in enumerate(pairs.all):
            points = tuple(sorted(first + second))
            if points not in known:
                known[points] = act.fourth(k, points)
            cov[n, m] = known[points] - _mean(act, k, *first) * _mean(act, k, *second)
    return cov
