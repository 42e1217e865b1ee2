"""What grid.md says in words, from grid/results.csv: python3 benchmarks/grid-summary.py

Medians of errors by method, who is nearer to the truth and by how much of its noise, the aim for
tuned priors, and what rho is worth.
"""

import csv
import statistics
from collections import Counter, defaultdict
from pathlib import Path

QUANTITIES = ("mean_error", "variance_error", "evidence_error")
NOISES = ("mean_noise", "variance_noise", "evidence_noise")
KEY = ("set", "seed", "rows", "outputs", "activation", "layers", "prior", "width")


def problems() -> dict:
    """[problem][method] the line of the results."""
    found = defaultdict(dict)
    with open(Path(__file__).parent / "grid" / "results.csv", newline="") as file:
        for row in csv.DictReader(file):
            found[tuple(row[k] for k in KEY)][row["method"]] = row
    return found


def medians(rows: list) -> str:
    """Of the three errors."""
    return ", ".join(
        f"{statistics.median(abs(float(row[q])) for row in rows):.3f}" for q in QUANTITIES
    )


def nearer(all_: dict, one: str, other: str) -> str:
    """How often one method has the smaller error, and by more than two errors of the truth."""
    said = []
    for quantity, noise in zip(QUANTITIES, NOISES, strict=True):
        wins = clear = lost = count = 0
        for methods in all_.values():
            if one not in methods or other not in methods:
                continue
            a, b = (abs(float(methods[m][quantity])) for m in (one, other))
            n = float(methods[one][noise])
            count += 1
            wins += a < b
            clear += b - a > 2 * n
            lost += a - b > 2 * n
        said.append(f"{wins} of {count} (clearly {clear}, clearly not {lost})")
    return "; ".join(said)


def ranks(values: list) -> list:
    """Of each value."""
    order = sorted(range(len(values)), key=values.__getitem__)
    rank = [0.0] * len(values)
    for place, i in enumerate(order):
        rank[i] = place
    return rank


def main() -> None:
    """Prints it all."""
    all_ = problems()
    for name in ("set", "rows", "activation", "layers", "prior"):
        at = KEY.index(name)
        print(name, dict(sorted(Counter(key[at] for key in all_).items())))
    methods = sorted({m for found in all_.values() for m in found})
    kinds = {
        "all": lambda key: True,
        "tuned": lambda key: key[6] == "tuned",
        "tuned, n >= Pm/2": lambda key: key[6] == "tuned"
        and int(key[7]) >= int(key[2]) * int(key[3]) / 2,
        "100 and 200 rows": lambda key: int(key[2]) >= 100,
        "100 and 200 rows, tuned": lambda key: int(key[2]) >= 100 and key[6] == "tuned",
    }
    for kind, wanted in kinds.items():
        print(f"\n{kind}: problems, medians of mean, variance, evidence")
        for method in methods:
            rows = [found[method] for key, found in all_.items() if method in found and wanted(key)]
            if rows:
                print(f"| {method} | {len(rows)} | {medians(rows)} |")
        some = {key: found for key, found in all_.items() if wanted(key)}
        for one, other in (
            ("renormalised", "first-order"),
            ("renormalised-two-passes", "first-order"),
            ("renormalised-settled", "first-order"),
            ("renormalised-settled", "renormalised"),
            ("adaptive", "renormalised"),
        ):
            print(f"{one} nearer than {other}: {nearer(some, one, other)}")
    print("\nrho of renormalised, fixed guards")
    rows = [found["renormalised"] for found in all_.values() if "renormalised" in found]
    rho = [float(row["rho"]) for row in rows]
    for quantity in QUANTITIES:
        errors = [abs(float(row[quantity])) for row in rows]
        print(f"{quantity}: rank correlation {statistics.correlation(ranks(rho), ranks(errors)):.2f}")
    for low, high in ((0, 0.2), (0.2, 0.8), (0.8, 1.6), (1.6, 1e9)):
        some = [row for row in rows if low <= float(row["rho"]) < high]
        parts = []
        for quantity in QUANTITIES:
            errors = [abs(float(row[quantity])) for row in some] or [float("nan")]
            parts.append(f"{statistics.median(errors):.3f}, {max(errors):.3f}")
        print(f"| {low} to {high} | {len(some)} | {' | '.join(parts)} |")


if __name__ == "__main__":
    main()
