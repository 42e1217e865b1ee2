# %% [markdown]
# # Regression with uncertainty, without Spark
#
# Strength of concrete from its mix, learnt from 80 rows. Run it from the root of the repository,
# with the extra `sklearn` and matplotlib: `python python/examples/uncertainty.py`, or open it as a
# notebook with jupytext.

# %%
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from finitewidth.sklearn import FiniteWidthRegressor

rows = np.genfromtxt("examples/concrete.csv", delimiter=",", skip_header=1)
rows = np.random.default_rng(1).permutation(rows)
train, test = rows[:80], rows[80:180]

# %% [markdown]
# Nothing is trained: the fit conditions the network's prior on the rows. The noise is a part of the
# model, in units of the standardised target.

# %%
NOISE = 0.1
network = FiniteWidthRegressor([256, 256], noise_variance=NOISE).fit(train[:, :-1], train[:, -1])
mean, deviation = network.predict(test[:, :-1], return_std=True)
# A measurement scatters about the function by the noise.
observed = np.sqrt(deviation**2 + NOISE * train[:, -1].var())

# %% [markdown]
# If the intervals are honest, nine of ten measurements lie within the one of 90 %.

# %%
error = test[:, -1] - mean
inside = np.mean(np.abs(error) < 1.645 * observed)
print(f"error {np.sqrt(np.mean(error**2)):.1f} MPa of a spread of {test[:, -1].std():.1f} MPa")
print(f"{inside:.0%} of the measurements lie within their intervals of 90 %")

# %% [markdown]
# Rows about which the network knows less are those that it gets wrong by more.

# %%
sure = deviation < np.median(deviation)
for name, some in (("surer", sure), ("less sure", ~sure)):
    print(f"the {name} half: error {np.sqrt(np.mean(error[some] ** 2)):.1f} MPa")

# %%
figure, axes = plt.subplots(figsize=(5, 5), layout="constrained")
axes.errorbar(test[:, -1], mean, 1.645 * observed, fmt="o", ms=3, lw=0.7, alpha=0.7)
axes.axline((0, 0), slope=1, color="grey", lw=1)
axes.set(xlabel="measured strength, MPa", ylabel="predicted, with intervals of 90 %", aspect=1)
Path("out").mkdir(exist_ok=True)
figure.savefig("out/uncertainty.png")
