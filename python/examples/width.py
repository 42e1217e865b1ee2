# %% [markdown]
# # Choosing a width
#
# Progress of diabetes, learnt from some fifty rows. Run it from the root of the repository, with
# the extra `spark` and matplotlib: `python python/examples/width.py`, or open it as a notebook with
# jupytext.

# %%
from pathlib import Path

import matplotlib.pyplot as plt
from pyspark.ml.evaluation import RegressionEvaluator
from pyspark.ml.feature import VectorAssembler
from pyspark.sql import SparkSession

import finitewidth
from finitewidth.ml import FiniteWidthRegressor

spark = finitewidth.spark_config(SparkSession.builder.master("local[2]")).getOrCreate()
rows = spark.read.csv("examples/diabetes.csv", header=True, inferSchema=True).coalesce(1)
assembler = VectorAssembler(inputCols=rows.columns[:-1], outputCol="features")
train, test = assembler.transform(rows).randomSplit([0.12, 0.88], 7)
test = test.limit(100).cache()

# %% [markdown]
# One fit knows first order at every width: the posterior is read at widths, not fitted to them.

# %%
network = FiniteWidthRegressor(labelCol="target", hiddenWidths=[128, 128], noiseVariance=0.5)
model = network.setWithinExpansionCol("within").fit(train)
widths = [32, 48, 64, 96, 128, 256, 512]
evidence = model.evidence_table(widths=widths)
print(evidence.to_string(index=False))

# %% [markdown]
# The log evidence sees training rows alone. To first order it is a straight line in 1/width, so it
# only says which way to go, and the expansion says how far: narrower networks move predictions by
# more than it can bear. Rows that were held out say what it is worth.

# %%
evaluator = RegressionEvaluator(labelCol="target")
infinite = evaluator.evaluate(model.copy().setOrder(0).transform(test))
found = []
for width in widths:
    predicted = model.copy().setHiddenWidths([width, width]).transform(test)
    within = predicted.where("within").count() / 100
    found.append((width, evaluator.evaluate(predicted), within))
    print(f"width {width}: error {found[-1][1]:.2f}, within the expansion {within:.0%}")
print(f"infinite width: error {infinite:.2f}")
trusted = [one for one in found if one[2] >= 0.95]
best = min(trusted, key=lambda one: one[1])[0]
print(f"the width to take is {best}")

# %%
figure, axes = plt.subplots(figsize=(6, 4), layout="constrained")
inverse = [0, *(1 / one[0] for one in reversed(found))]
axes.plot(inverse, [infinite, *(one[1] for one in reversed(found))], "o-")
axes.axvline(1 / best, color="grey", lw=1)
axes.set(xlabel="1/width", ylabel="error of held-out rows")
Path("out").mkdir(exist_ok=True)
figure.savefig("out/width.png")
