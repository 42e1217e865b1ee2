"""Makes prior_density.json: prior densities of one output in many digits, by other means than the code's.

    python3 prior_density.py > prior_density.json

Without biases: sums of Meijer-G functions, over the numbers of active neurons for ReLU. With biases: nested
integrals over chi-square variables. Needs mpmath.
"""
import itertools
import json
from mpmath import mp, mpf, meijerg, quad, gamma, binomial, sqrt, exp, pi, inf, nstr

mp.dps = 25


def product_density(h, shapes, variance):
    """Density at h of sqrt(variance * prod 2 g_i) * N(0, 1), with g_i ~ Gamma(a_i): inverse Mellin transform."""
    c = variance * mpf(2) ** len(shapes)
    norm = sqrt(2 * pi * c)
    for a in shapes:
        norm *= gamma(a)
    # E over the g_i of (prod g)^-1/2 exp(-x / prod g), x = h^2 / 2c.
    x = h * h / (2 * c)
    return meijerg([[], []], [[0] + [a - mpf(1) / 2 for a in shapes], []], x) / norm


def unbiased(activation, widths, h):
    shapes_by_layer = []
    for n in widths:
        if activation == "linear":
            shapes_by_layer.append([(mpf(1), n, mpf(1) / n)])
        else:
            shapes_by_layer.append([(binomial(n, k) / mpf(2) ** n, k, mpf(2) / n) for k in range(1, n + 1)])
    total = mpf(0)
    for choice in itertools.product(*shapes_by_layer):
        weight, variance = mpf(1), mpf(1)
        for w, _, v in choice:
            weight *= w
            variance *= v
        total += weight * product_density(h, [mpf(k) / 2 for _, k, _ in choice], variance)
    return total


def normal(h, v):
    return exp(-h * h / (2 * v)) / sqrt(2 * pi * v)


def layer_mean(activation, n, f, smooth_at_zero):
    """E f(q), q the mean of sigma(z)^2 over n unit normal neurons; smooth_at_zero: f(0) counts."""
    cases = [(mpf(1), n)] if activation == "linear" else [
        (binomial(n, k) / mpf(2) ** n, k) for k in range(n + 1)]
    total = mpf(0)
    for weight, k in cases:
        if k == 0:
            total += weight * f(mpf(0)) if smooth_at_zero else 0
            continue
        a = mpf(k) / 2
        # chi^2_k = r^2: the integrand is smooth in r.
        g = lambda r: f(r * r / n) * r ** (k - 1) * exp(-r * r / 2)
        total += weight * quad(g, [0, 1, 2, 4, 8, 14]) / (gamma(a) * mpf(2) ** (a - 1))
    return total


def biased(activation, widths, bias, weight, variance, h):
    def density(layer, v):
        if layer == len(widths):
            return normal(h, v)
        return layer_mean(activation, widths[layer], lambda q: density(layer + 1, bias[layer] + weight[layer] * v * q),
                          bias[layer] > 0)
    return density(0, variance)


def case(activation, widths, points, bias=None, weight=None, variance=1):
    if bias is None:
        gain = 1 if activation == "linear" else 2
        bias, weight = [0] * len(widths), [gain] * len(widths)
        f = lambda h: unbiased(activation, widths, mpf(h))
    else:
        mp.dps = 17
        f = lambda h: biased(activation, widths, [mpf(b) for b in bias], [mpf(w) for w in weight], mpf(variance), mpf(h))
    values = [nstr(f(h), 15) for h in points]
    mp.dps = 25
    return {"activation": activation, "hidden_widths": widths, "bias_variance": bias, "weight_variance": weight,
            "input_variance": variance, "points": points, "density": [float(v) for v in values]}


if __name__ == "__main__":
    far = ["0.05", "0.5", "1", "3", "6"]
    cases = [
        case("linear", [1], far),
        case("linear", [3, 7], far),
        case("linear", [2, 5, 4], far),
        case("relu", [1], far),
        case("relu", [3, 4], far),
        case("relu", [2, 3, 2], far),
        case("linear", [3, 2], ["0.5", "2", "5"], ["0.25", "0.125"], ["1.5", "0.75"], "0.8"),
        case("relu", [2, 3], ["0", "0.5", "2", "5"], ["0.25", "0.125"], ["1.5", "2.25"], "0.8"),
        case("relu", [2, 2], ["0.5", "2"], ["0.25", "0"], ["1.5", "2.25"], "0.8"),
    ]
    print(json.dumps({"cases": cases}, indent=1))
