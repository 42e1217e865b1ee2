# %% [markdown]
# # Classification on Spark
#
# Handwritten digits, learnt from six rows of each. Run it from the root of the repository, with the
# extra `spark` and matplotlib: `python python/examples/classification.py`, or open it as a notebook
# with jupytext.

# %%
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas
from pyspark.ml import Pipeline
from pyspark.ml.evaluation import MulticlassClassificationEvaluator
from pyspark.ml.feature import VectorAssembler
from pyspark.sql import SparkSession

import finitewidth
from finitewidth.ml import FiniteWidthClassifier

spark = finitewidth.spark_config(SparkSession.builder.master("local[2]")).getOrCreate()
digits = pandas.read_csv("examples/digits.csv")
pixels = list(digits.columns[:-1])
train, test = (spark.createDataFrame(digits[at]) for at in (slice(60), slice(60, 160)))

# %% [markdown]
# Classes are 0, 1, …, as `StringIndexer` would make them. `probabilityCol` is the probability that
# a class's output, with noise, is the largest of all.

# %%
network = FiniteWidthClassifier(
    hiddenWidths=[256], noiseVariance=0.02, probabilityCol="probability"
)
assembler = VectorAssembler(inputCols=pixels, outputCol="features")
model = Pipeline(stages=[assembler, network]).fit(train)
predicted = model.transform(test).cache()
accuracy = MulticlassClassificationEvaluator(metricName="accuracy").evaluate(predicted)
print(f"accuracy {accuracy:.0%} from 60 rows of ten classes")

# %% [markdown]
# What is the network least sure of?

# %%
found = predicted.select(*pixels, "label", "prediction", "probability").toPandas()
found["sure"] = [probability.toArray().max() for probability in found.probability]
right = found.label == found.prediction
print(f"mean probability where it is right {found.sure[right].mean():.2f}", end=", ")
print(f"where it is wrong {found.sure[~right].mean():.2f}")

# %%
figure, axes = plt.subplots(2, 5, figsize=(7, 3.4), layout="constrained")
for place, (_, row) in zip(axes.flat, found.sort_values("sure").head(10).iterrows(), strict=True):
    place.imshow(np.array(row[pixels], dtype=float).reshape(8, 8), cmap="Greys")
    place.set_title(f"{row.label:.0f}, read as {row.prediction:.0f} ({row.sure:.0%})", fontsize=8)
    place.axis("off")
Path("out").mkdir(exist_ok=True)
figure.savefig("out/classification.png")
