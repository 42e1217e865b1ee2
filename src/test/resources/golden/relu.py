"""Four-point moments of the ReLU in multiple precision.

Write p for max(z, 0), h for the step and d for the delta function of a field. One of four
different points, the hub, has its covariances with the others multiplied by t. By Price's theorem

    f(t)   = <p_1 p_2 p_3 p_hub>                  f(0) = <p_hub> <p_1 p_2 p_3>
    f'(t)  = sum_j k_j <h_hub h_j p p>            f'(0) = 1/2 sum_j k_j <h_j p p>
    f''(t) = sum_ij k_i k_j <d_hub D_i D_j p p p>

with k_j the covariances of the hub. The last line is elementary: the hub is zero, and D_i D_j
leaves two steps and one p, or one delta and two p. So the moment is Taylor's formula with its
remainder,

    f(1) = f(0) + f'(0) + int_0^1 (1 - t) f''(t) dt,

without orthant probabilities of four points, and without inverses. The kernel may be singular.
Points that coincide become powers of p: <p_1^2 p_2 p_3> has a hub as well, the rest are closed
forms.
"""
from mpmath import acos, asin, mpf, pi, quad, sqrt


def fourth(k, points):
    """<p p p p> at four points of the kernel k; points coincide where their rows are equal."""
    powers = {}
    for i in points:
        key = next((j for j in powers if _same(k, i, j)), i)
        powers[key] = powers.get(key, 0) + 1
    order = sorted(powers, key=lambda i: -powers[i])
    s = [[k[i][j] for j in order] for i in order]
    shape = tuple(powers[i] for i in order)
    if shape == (4,):
        return mpf(3) / 2 * s[0][0] ** 2
    if shape == (3, 1):
        # <p1^3 p2>, by parts in z2.
        return s[1][1] * _zero(s[1][1]) * sqrt(2 / pi) * _given(s, 1)[0][0] ** mpf(1.5) \
            + 3 * s[0][1] * square_step(s)
    if shape == (2, 2):
        # <p1^2 p2^2>, by parts in one z2.
        return s[1][1] * square_step(s) + 2 * s[0][1] * pair(s)
    if shape == (2, 1, 1):
        return _square(s)
    return _distinct(s)


def _same(k, i, j):
    return i == j or k[i][i] == k[j][j] == k[i][j]


def _zero(variance):
    """The density of a field at zero."""
    return 1 / sqrt(2 * pi * variance)


def _clip(x):
    return max(mpf(-1), min(mpf(1), x))


def _size(variance):
    return sqrt(max(variance, mpf(0)))


def _correlation(s, i, j):
    size = _size(s[i][i]) * _size(s[j][j])
    return _clip(s[i][j] / size) if size else mpf(0)


def _given(s, hub):
    """The covariance of the other points where the hub is zero."""
    rest = [i for i in range(len(s)) if i != hub]
    return [[s[i][j] - s[i][hub] * s[hub][j] / s[hub][hub] for j in rest] for i in rest]


def steps(s):
    """<h1 h2>."""
    return mpf(1) / 4 + asin(_correlation(s, 0, 1)) / (2 * pi)


def pair(s):
    """<p1 p2>."""
    r = _correlation(s, 0, 1)
    return _size(s[0][0]) * _size(s[1][1]) * (sqrt(1 - r * r) + r * (pi - acos(r))) / (2 * pi)


def step_and(s):
    """<h1 p2>."""
    return _size(s[1][1]) * (1 + _correlation(s, 0, 1)) / (2 * sqrt(2 * pi))


def square_step(s):
    """<p1^2 h2>."""
    return s[0][0] * steps(s) + s[0][1] * _zero(s[1][1]) * _size(_given(s, 1)[0][0]) / sqrt(2 * pi)


def _square_pair(s):
    """<p1^2 p2>."""
    return s[1][1] * _zero(s[1][1]) * _given(s, 1)[0][0] / 2 \
        + 2 * s[0][1] * step_and([[s[1][1], s[0][1]], [s[0][1], s[0][0]]])


def _pick(s, *points):
    return [[s[i][j] for j in points] for i in points]


def _steps_and(s, i, j, l):
    """<h_i h_j p_l>: by parts in z_l."""
    total = mpf(0)
    for hub, a, b in ((l, i, j), (i, j, l), (j, i, l)):
        if s[hub][hub] > 0:
            rest = _given(_pick(s, hub, a, b), 0)
            total += s[l][hub] * _zero(s[hub][hub]) * steps(rest)
    return total


def _step_and_pair(s, i, j, l):
    """<h_i p_j p_l>: by parts in z_j."""
    octant = mpf(1) / 8 + sum(asin(_correlation(s, a, b)) for a, b in ((i, j), (i, l), (j, l))) \
        / (4 * pi)
    at_i = step_and(_given(_pick(s, i, j, l), 0))
    at_j = step_and(_given(_pick(s, j, i, l), 0))
    return s[j][l] * octant + s[i][j] * _zero(s[i][i]) * at_i + s[j][j] * _zero(s[j][j]) * at_j


def _triple(s):
    """<p1 p2 p3>: by parts in z1."""
    return s[0][0] * _zero(s[0][0]) * pair(_given(s, 0)) \
        + s[0][1] * _steps_and(s, 0, 1, 2) + s[0][2] * _steps_and(s, 0, 2, 1)


def _distinct(s):
    """Four different points; the last one is the hub."""
    k, variance = [s[3][j] for j in range(3)], s[3][3]
    three = _pick(s, 0, 1, 2)
    others = ((0, 1, 2), (1, 0, 2), (2, 0, 1))
    start = variance * _zero(variance) * _triple(three)
    slope = sum(k[i] * _step_and_pair(three, i, j, l) for i, j, l in others) / 2

    def remainder(t):
        g = [[three[i][j] - t * t * k[i] * k[j] / variance for j in range(3)] for i in range(3)]
        total = mpf(0)
        for i, j, l in others:
            total += 2 * k[j] * k[l] * _steps_and(g, j, l, i)
            if g[i][i] > 0:
                total += k[i] ** 2 * _zero(g[i][i]) * pair(_given(_pick(g, i, j, l), 0))
        return (1 - t) * total

    return start + slope + _zero(variance) * quad(remainder, [0, *_turns(three, k, variance), 1])


def _turns(three, k, variance):
    """Where in (0, 1) two points have no covariance, hub and third being zero.

    If three points are dependent their correlation there jumps from -1 to 1. The covariance, times
    the variance of the third point, is linear in t^2.
    """
    found = set()
    for m, a, b in ((0, 1, 2), (1, 0, 2), (2, 0, 1)):
        start = three[a][b] * three[m][m] - three[a][m] * three[b][m]
        fall = (k[a] * k[b] * three[m][m] + k[m] ** 2 * three[a][b]
                - k[a] * k[m] * three[b][m] - k[b] * k[m] * three[a][m]) / variance
        if fall and 0 < start / fall < 1:
            found.add(sqrt(start / fall))
    return sorted(found)


def _square(s):
    """<p1^2 p2 p3>; the last point is the hub."""
    a, b, variance = s[2][0], s[2][1], s[2][2]
    two = _pick(s, 0, 1)
    start = variance * _zero(variance) * _square_pair(two)
    slope = (2 * a * pair(two) + b * square_step(two)) / 2

    def remainder(t):
        g = [[two[0][0] - t * t * a * a / variance, two[0][1] - t * t * a * b / variance],
             [two[0][1] - t * t * a * b / variance, two[1][1] - t * t * b * b / variance]]
        total = 2 * a * a * step_and(g) + 4 * a * b * step_and(_pick(g, 1, 0))
        if g[1][1] > 0:
            total += b * b * _zero(g[1][1]) * max(_given(g, 1)[0][0], mpf(0)) / 2
        return (1 - t) * total

    return start + slope + _zero(variance) * quad(remainder, [0, 1])
