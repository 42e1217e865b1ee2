"""Four-point moments of erf in multiple precision.

erf z is the mean of sgn(u) for u = sqrt(2) z + a unit normal variable. So the moment is that of
four signs at the correlations r_ij = 2 K_ij / sqrt((1 + 2 K_ii)(1 + 2 K_jj)), r_ij < 1 even where
points coincide. All six correlations grow together, as t r_ij: at t = 0 the moment vanishes, and
its derivative is that of Schlaefli and Plackett,

    dE/dt = sum over pairs ij of (4/pi^2) r_ij asin(c_kl) / sqrt(1 - t^2 r_ij^2),

with c_kl the correlation of the other two given u_i = u_j = 0.
"""
from mpmath import asin, mpf, pi, quad, sqrt

PAIRS = [(0, 1, 2, 3), (0, 2, 1, 3), (0, 3, 1, 2), (1, 2, 0, 3), (1, 3, 0, 2), (2, 3, 0, 1)]


def fourth(k, points):
    sizes = [sqrt(1 + 2 * k[i][i]) for i in points]
    r = [[2 * k[i][j] / (sizes[p] * sizes[q]) for q, j in enumerate(points)]
         for p, i in enumerate(points)]
    return signs(r)


def signs(r):
    """<sgn sgn sgn sgn> of four fields with the correlations r."""
    return 4 / pi ** 2 * quad(lambda t: _slope(r, t), [0, 1])


def _slope(r, t):
    total = mpf(0)
    for i, j, k, l in PAIRS:
        if r[i][j] == 0:
            continue
        ij, kl = t * r[i][j], t * r[k][l]
        ik, il, jk, jl = t * r[i][k], t * r[i][l], t * r[j][k], t * r[j][l]
        d = 1 - ij * ij
        # Covariances given u_i = u_j = 0, times d.
        kk = d - ik * ik - jk * jk + 2 * ij * ik * jk
        ll = d - il * il - jl * jl + 2 * ij * il * jl
        both = d * kl - ik * il - jk * jl + ij * (ik * jl + jk * il)
        total += r[i][j] * asin(both / sqrt(kk * ll)) / sqrt(d)
    return total
