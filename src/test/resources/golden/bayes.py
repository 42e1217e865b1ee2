"""The posterior to first order in 1/width, in multiple precision, as the average that it is.

Given a random kernel G of mean K + S and covariance V the network is a Gaussian process: Z(G) is
the density of the targets, mu(G) and c(G) are mean and covariance of the process given the
targets. The posterior of the network is the average over G with the weight Z. To first order in
1/width

    <f> = f(K) + f'[S] + sum_k lambda_k f2[H_k],

with V = sum_k lambda_k H_k H_k^T its eigenvectors, and f2[H] the coefficient of e^2 in f(K + e
H). Nothing is contracted with V itself, and no Hermite polynomials appear: Z, Z mu and Z c are
expanded in e, and divided by <Z>.
"""
from mpmath import cholesky, eigsy, eye, inverse, log, matrix, mpf, pi


class _Expansion:
    """Coefficients of 1, e, e^2 along one direction: z of Z / Z(K), mu and c."""

    def __init__(self, problem, h):
        b, phi, k = problem.inverse, problem.phi, problem.k_tests
        train, tests = problem.train, problem.tests
        hrr, her, hee = _block(h, train, train), _block(h, tests, train), _block(h, tests, tests)
        b1, b2 = -b * hrr * b, b * hrr * b * hrr * b
        self.mu1 = her * phi + k * b1 * problem.targets
        self.mu2 = her * b1 * problem.targets + k * b2 * problem.targets
        self.c1 = hee - her * b * k.T - k * b * her.T - k * b1 * k.T
        self.c2 = -her * b * her.T - her * b1 * k.T - k * b1 * her.T - k * b2 * k.T
        outputs = problem.targets.cols
        log1 = _trace(phi.T * hrr * phi) / 2 - mpf(outputs) / 2 * _trace(b * hrr)
        log2 = -_trace(phi.T * hrr * b * hrr * phi) / 2 \
            + mpf(outputs) / 4 * _trace(b * hrr * b * hrr)
        self.z1, self.z2 = log1, log2 + log1 ** 2 / 2


class Posterior:
    def __init__(self, layer, train, tests, targets, noise):
        k, s, v = layer
        self.train, self.tests, self.targets = train, tests, matrix(targets)
        points, outputs = len(train), self.targets.cols
        a = _block(k, train, train) + mpf(noise) * eye(points)
        self.inverse = inverse(a)
        self.phi = self.inverse * self.targets
        self.k_tests = _block(k, tests, train)
        self.mean = self.k_tests * self.phi
        self.covariance = _block(k, tests, tests) - self.k_tests * self.inverse * self.k_tests.T
        root = cholesky(a)
        self.log_evidence = -_trace(self.targets.T * self.phi) / 2 \
            - outputs * sum(log(root[i, i]) for i in range(points)) \
            - mpf(outputs) * points / 2 * log(2 * pi)
        self._correct(s, v)

    def _correct(self, s, v):
        first = _Expansion(self, s)
        self.delta_log_evidence = first.z1
        self.delta_mean = first.mu1
        shared = first.c1
        apart = {}
        for weight, h in _directions(v):
            e = _Expansion(self, h)
            self.delta_log_evidence += weight * e.z2
            self.delta_mean += weight * (e.mu2 + e.z1 * e.mu1)
            shared += weight * (e.c2 + e.z1 * e.c1)
            for i in range(self.targets.cols):
                for j in range(self.targets.cols):
                    moved = weight * e.mu1[:, i] * e.mu1[:, j].T
                    apart[i, j] = apart[i, j] + moved if (i, j) in apart else moved
        outputs, tests = range(self.targets.cols), range(len(self.tests))
        self.delta_covariance = [
            [[[apart[i, j][e, f] + (shared[e, f] if i == j else 0) for j in outputs]
              for i in outputs] for f in tests] for e in tests]


def _block(k, rows, cols):
    return matrix([[k[a][b] for b in cols] for a in rows])


def _trace(m):
    return sum(m[i, i] for i in range(m.rows))


def _directions(v):
    """Eigenvalues of V over the pairs of samples, with its eigenvectors as symmetric matrices."""
    samples = range(len(v))
    pairs = [(a, b) for a in samples for b in samples if a <= b]
    values, vectors = eigsy(matrix([[v[a][b][c][d] for c, d in pairs] for a, b in pairs]))
    for n in range(len(pairs)):
        h = [[mpf(0) for _ in samples] for _ in samples]
        for p, (a, b) in enumerate(pairs):
            h[a][b] = h[b][a] = vectors[p, n]
        yield values[n], h
