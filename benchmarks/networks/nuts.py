"""NUTS on all weights of a finite network: effective draws per second, beside those of the chains.

    python3 -m venv V && V/bin/pip install 'numpyro==0.22.0'
    V/bin/python benchmarks/networks/nuts.py [--seconds 600] [--train 200 927] [--widths 16 64 256]

The model: one hidden layer of n ReLU neurons, all weights whitened, none integrated out.
    F_0 = [sqrt(C_W/d) X, sqrt(C_b)],  F_1 = [sqrt(C_W/n) relu(F_0 U'), sqrt(C_b)],  f = F_1 w,
    U and w standard normal, targets normal about f;  C_b = 0.1, C_W = 2, noise variance 0.05.
The rows: examples/concrete.csv permuted by numpy's default_rng(0), the first for training and up
to 200 after them for tests, standardised by the training rows (population deviations). At 200
training rows the NNGP of the same prior has log evidence -177.598, which is printed to compare.
--rows DIRECTORY writes them as train-P.csv and test-P.csv, for other samplers.

The sampler: NumPyro's No-U-Turn sampler, 64-bit, diagonal mass matrix, acceptance 0.8, trees of
at most 2^10 leaps, every chain from its own prior draw. One thread on one core (--core). A setting
has a budget of wall time, compiling aside, and each of its chains an equal part of it. A chain
adapts for --warmup iterations, or until half of its part is spent, and samples for the rest.
Chains that had more time than others are cut to the draws of the shortest.

A line of the CSV for each setting, with effective draws of the log likelihood and of the median
prediction. "weights" is of the draws as they are; "collapsed" of the same hidden weights with the
last layer integrated out afterwards, without counting the time for that: the log likelihood of the
hidden weights alone, and conditional means of predictions, which is what samplers of hidden weights
alone monitor. "per_second" divides by the seconds of sampling, warm-up aside, "per_cpu_second" by
processor seconds, which other programs on the machine disturb less. Effective draws are those of
split chains by Geyer's initial monotone sequence, as in finitewidth.inference.networks.
"""
import argparse
import csv
import datetime
import os
import sys
import time

PARSER = argparse.ArgumentParser(description=__doc__.split("\n")[0])
PARSER.add_argument("--seconds", type=float, default=600, help="of each setting (600)")
PARSER.add_argument("--train", type=int, nargs="+", default=[200], help="training rows (200)")
PARSER.add_argument("--widths", type=int, nargs="+", default=[16, 64, 256])
PARSER.add_argument("--chains", type=int, default=4)
PARSER.add_argument("--warmup", type=int, default=500, help="iterations of adaptation (500)")
PARSER.add_argument("--depth", type=int, default=10, help="largest depth of a tree (10)")
PARSER.add_argument("--seed", type=int, default=1)
PARSER.add_argument("--core", type=int, help="to pin the process to; the first allowed one")
PARSER.add_argument("--rows", metavar="DIRECTORY", help="writes the rows there as well")
PARSER.add_argument("--out", help="CSV that lines are added to (nuts.csv beside this file)")
HERE = os.path.dirname(os.path.abspath(__file__))

if __name__ == "__main__":
    ARGS = PARSER.parse_args()
    if hasattr(os, "sched_setaffinity"):
        allowed = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {allowed[0] if ARGS.core is None else ARGS.core})

# Before JAX starts its threads.
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402
import numpyro  # noqa: E402
from numpyro.infer import NUTS  # noqa: E402

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_platforms", "cpu")

BIAS, WEIGHT, NOISE = 0.1, 2.0, 0.05
BLOCK = 5
LEAST_DRAWS = 8


def rows(train):
    """Standardised inputs and targets: training, test."""
    table = np.loadtxt(os.path.join(HERE, "..", "..", "examples", "concrete.csv"), delimiter=",",
                       skiprows=1)
    order = np.random.default_rng(0).permutation(len(table))
    first, after = table[order[:train]], table[order[train:train + 200]]
    middle, deviation = first.mean(0), first.std(0)
    first, after = (first - middle) / deviation, (after - middle) / deviation
    return first[:, :-1], first[:, -1], after[:, :-1], after[:, -1]


def write_rows(directory, train):
    os.makedirs(directory, exist_ok=True)
    x, y, x_test, y_test = rows(train)
    for name, inputs, targets in (("train", x, y), ("test", x_test, y_test)):
        header = ",".join([f"f{i}" for i in range(inputs.shape[1])] + ["target"])
        np.savetxt(os.path.join(directory, f"{name}-{train}.csv"), np.c_[inputs, targets],
                   delimiter=",", fmt="%.17g", header=header, comments="")


def features(x, weights, lib=jnp):
    """[sqrt(C_W/n) relu(F_0 U'), sqrt(C_b)], of one network."""
    bias = np.sqrt(BIAS) * lib.ones((x.shape[0], 1))
    first = lib.concatenate([np.sqrt(WEIGHT / x.shape[1]) * x, bias], 1)
    hidden = lib.maximum(first @ weights.T, 0)
    return lib.concatenate([np.sqrt(WEIGHT / weights.shape[0]) * hidden, bias], 1)


def log_likelihood(x, y, state):
    residual = y - features(x, state["hidden"]) @ state["last"]
    return -0.5 * residual @ residual / NOISE - 0.5 * len(y) * jnp.log(2 * jnp.pi * NOISE)


def collapsed(x, y, x_test, weights):
    """Log likelihood with the last layer integrated out, and conditional means of test rows."""
    phi = features(x, weights, np)
    count, width = phi.shape
    small = phi.T @ phi if width < count else phi @ phi.T
    lower = np.linalg.cholesky(small + NOISE * np.eye(len(small)))
    log_root = np.log(np.diag(lower)).sum() + 0.5 * count * np.log(2 * np.pi)
    if width < count:
        log_root += 0.5 * (count - width) * np.log(NOISE)
        white = np.linalg.solve(lower, phi.T @ y)
        readout = np.linalg.solve(lower.T, white)
        square = (y @ y - white @ white) / NOISE
    else:
        white = np.linalg.solve(lower, y)
        readout = phi.T @ np.linalg.solve(lower.T, white)
        square = white @ white
    return -0.5 * square - log_root, features(x_test, weights, np) @ readout


def nngp(x, y):
    """Log evidence at infinite width."""
    kernel = BIAS + WEIGHT / x.shape[1] * x @ x.T
    root = np.sqrt(np.diag(kernel))
    cosine = np.clip(kernel / np.outer(root, root), -1, 1)
    angle = np.arccos(cosine)
    kernel = BIAS + WEIGHT * np.outer(root, root) * (
        np.sin(angle) + (np.pi - angle) * cosine) / (2 * np.pi)
    lower = np.linalg.cholesky(kernel + NOISE * np.eye(len(y)))
    white = np.linalg.solve(lower, y)
    return (-0.5 * white @ white - np.log(np.diag(lower)).sum()
            - 0.5 * len(y) * np.log(2 * np.pi))


class Sampler:
    """NUTS, compiled once for all chains of a setting."""

    def __init__(self, x, y, width, warmup, depth):
        self.shapes = {"hidden": (width, x.shape[1] + 1), "last": (width + 1,)}
        self.warmup = warmup

        def potential(state):
            prior = 0.5 * sum(jnp.sum(part * part) for part in state.values())
            return prior - log_likelihood(x, y, state)

        self.kernel = NUTS(potential_fn=potential, target_accept_prob=0.8, max_tree_depth=depth)

        def step(state, _):
            state = self.kernel.sample(state, (), {})
            return state, (state.z, log_likelihood(x, y, state.z), state.accept_prob,
                           state.num_steps, state.diverging)

        start = self.start(jax.random.PRNGKey(0))
        self.block = jax.jit(lambda state: jax.lax.scan(step, state, None, BLOCK))
        self.block = self.block.lower(start).compile()
        self.one = jax.jit(lambda state: jax.lax.scan(step, state, None, 1))
        self.one = self.one.lower(start).compile()

    def start(self, key):
        names = sorted(self.shapes)
        keys = jax.random.split(key, len(names) + 1)
        draw = {name: jax.random.normal(k, self.shapes[name]) for name, k in zip(names, keys)}
        return self.kernel.init(keys[-1], self.warmup, draw, (), {})

    def chain(self, key, seconds):
        """Draws of one chain, and seconds of warm-up and of sampling: wall, processor."""
        state = jax.block_until_ready(self.start(key))
        clock = Clock()
        while int(state.i) < self.warmup - 1 and clock.wall() < seconds / 2:
            few = self.warmup - 1 - int(state.i) < BLOCK
            state, _ = jax.block_until_ready((self.one if few else self.block)(state))
        warmed = int(state.i) + 1
        # The last iteration of adaptation, which settles on the average step.
        state = state._replace(i=jnp.full_like(state.i, self.warmup - 1))
        state, _ = jax.block_until_ready(self.one(state))
        warm = clock.wall(), clock.cpu()
        clock = Clock()
        blocks = []
        while clock.wall() + warm[0] < seconds or len(blocks) * BLOCK < LEAST_DRAWS:
            state, block = jax.block_until_ready(self.block(state))
            blocks.append(jax.tree_util.tree_map(np.asarray, block))
        return warmed, warm, (clock.wall(), clock.cpu()), blocks


class Clock:
    def __init__(self):
        self.began = time.perf_counter(), time.process_time()

    def wall(self):
        return time.perf_counter() - self.began[0]

    def cpu(self):
        return time.process_time() - self.began[1]


def halves(draws):
    """[chain, draw, ...] to twice as many chains."""
    half = draws.shape[1] // 2
    return np.concatenate([draws[:, :half], draws[:, -half:]])


def effective(draws):
    """Effective draws of each number of [chain, draw, ...]: of split chains, by Geyer's initial
    monotone sequence, and at most N log10 N of N."""
    split = halves(draws).reshape(2 * draws.shape[0], draws.shape[1] // 2, -1)
    chains, count, values = split.shape
    power = np.fft.rfft(split - split.mean(1, keepdims=True), n=2 * count, axis=1)
    covariance = np.fft.irfft(power * power.conj(), axis=1)[:, :count].mean(0) / count
    within = covariance[0] * count / (count - 1)
    total = covariance[0] + split.mean(1).var(0, ddof=1)
    correlation = 1 - (within - covariance) / total
    correlation[0] = 1
    found = np.empty(values)
    for v in range(values):
        rho = correlation[:, v]
        pairs = rho[: count // 2 * 2].reshape(-1, 2).sum(1)[: max(1, (count - 1) // 2)]
        end = int(np.argmax(pairs <= 0)) if (pairs <= 0).any() else len(pairs) - 1
        time = -1 + 2 * np.minimum.accumulate(pairs[:end]).sum() + max(0, rho[2 * end])
        found[v] = chains * count / max(time, 1 / np.log10(chains * count))
    return found


def rhat(draws):
    split = halves(draws)
    count = split.shape[1]
    within = split.var(1, ddof=1).mean(0)
    return np.atleast_1d(np.sqrt((count - 1) / count + split.mean(1).var(0, ddof=1) / within))


def measure(train, width):
    x, y, x_test, _ = rows(train)
    print(f"{train} rows, width {width}: NNGP log evidence {nngp(x, y):.3f}; compiling",
          file=sys.stderr)
    sampler = Sampler(x, y, width, ARGS.warmup, ARGS.depth)
    keys = jax.random.split(jax.random.PRNGKey(ARGS.seed), ARGS.chains)
    chains = []
    for number, key in enumerate(keys):
        chains.append(sampler.chain(key, ARGS.seconds / ARGS.chains))
        warmed, warm, sampling, blocks = chains[-1]
        print(f"  chain {number}: {warmed} iterations of warm-up in {warm[0]:.0f} s,"
              f" {len(blocks) * BLOCK} draws in {sampling[0]:.0f} s", file=sys.stderr)
    taken = min(len(blocks) for _, _, _, blocks in chains)

    def gathered(pick):
        return np.stack([np.concatenate([pick(b) for b in blocks[:taken]])
                         for _, _, _, blocks in chains])

    hidden, last = gathered(lambda b: b[0]["hidden"]), gathered(lambda b: b[0]["last"])
    likelihood = gathered(lambda b: b[1])
    predict = jax.jit(lambda u, w: features(x_test, u) @ w)
    raw = np.stack([[np.asarray(predict(u, w)) for u, w in zip(us, ws)]
                    for us, ws in zip(hidden, last)])
    both = [[collapsed(x, y, x_test, u) for u in us] for us in hidden]
    marginal = np.array([[one[0] for one in chain] for chain in both])
    means = np.array([[one[1] for one in chain] for chain in both])
    # Of the draws that are used.
    wall = sum(s[0] * taken / len(b) for _, _, s, b in chains)
    cpu = sum(s[1] * taken / len(b) for _, _, s, b in chains)
    raw_draws, mean_draws = effective(raw), effective(means)
    known = {
        "likelihood_weights": effective(likelihood)[0],
        "likelihood_collapsed": effective(marginal)[0],
        "prediction_weights": np.median(raw_draws),
        "prediction_collapsed": np.median(mean_draws),
    }
    line = {
        "date": datetime.date.today().isoformat(), "numpyro": numpyro.__version__,
        "jax": jax.__version__, "rows": train, "width": width, "chains": ARGS.chains,
        "warmup": min(c[0] for c in chains), "draws": taken * BLOCK,
        "leaps": gathered(lambda b: b[3]).mean(), "acceptance": gathered(lambda b: b[2]).mean(),
        "divergences": int(gathered(lambda b: b[4]).sum()),
        "warmup_seconds": sum(c[1][0] for c in chains), "seconds": wall, "cpu_seconds": cpu,
        "mean_likelihood_weights": likelihood.mean(), "mean_likelihood_collapsed": marginal.mean(),
        "rhat_likelihood": rhat(marginal)[0], "worst_rhat_prediction": rhat(means).max(),
        "fewest_effective_prediction": mean_draws.min(),
    }
    for name, draws in known.items():
        line["effective_" + name] = draws
        line["effective_" + name + "_per_second"] = draws / wall
        line["effective_" + name + "_per_cpu_second"] = draws / cpu
    line["load"] = " ".join(f"{part:.1f}" for part in os.getloadavg())
    return line


def shown(value):
    return f"{value:.4g}" if isinstance(value, (float, np.floating)) else str(value)


def main():
    out = ARGS.out or os.path.join(HERE, "nuts.csv")
    for train in ARGS.train:
        if ARGS.rows:
            write_rows(ARGS.rows, train)
        for width in ARGS.widths:
            line = {key: shown(value) for key, value in measure(train, width).items()}
            fresh = not os.path.exists(out) or os.path.getsize(out) == 0
            with open(out, "a", newline="", encoding="utf-8") as f:
                writer = csv.DictWriter(f, line, lineterminator="\n")
                if fresh:
                    writer.writeheader()
                writer.writerow(line)
            for key in line:
                print(f"  {key}: {line[key]}", file=sys.stderr)


if __name__ == "__main__":
    main()
