# Made of the Params of the Java classes. After a change there
#
#     mvn test -Dtest=PythonParamsTest -Dpython.write=true
#
# writes it anew.
# ruff: noqa: E501
"""Params of estimators and models, their setters, and the keywords of constructors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyspark import keyword_only
from pyspark.ml.param import Param, Params, TypeConverters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typing_extensions import Self


class SharedParams(Params):
    """Params of regressors and classifiers."""

    activation: Param[str] = Param(
        Params._dummy(),
        "activation",
        "function of every hidden layer; linear, quadratic, relu, leaky-relu, gelu, erf, sin, cos, tanh, silu, swish, softplus, elu, or the full name of a class that implements ActivationFunction; engine = exact takes only linear, quadratic, relu, leaky-relu, gelu, erf, sin, cos",
        typeConverter=TypeConverters.toString,
    )

    biasVariance: Param[list[float]] = Param(
        Params._dummy(),
        "biasVariance",
        "prior variance of biases; a number not below 0, or a list of them: one per hidden layer and one for the output layer",
        typeConverter=TypeConverters.toListFloat,
    )

    chains: Param[int] = Param(
        Params._dummy(),
        "chains",
        "chains of each choice of widths of method = networks, from 2 to 1024; fewer than 4 say little of how well they agree",
        typeConverter=TypeConverters.toInt,
    )

    deltaMeanCol: Param[str] = Param(
        Params._dummy(),
        "deltaMeanCol",
        "what the finite width adds to the mean; empty for none",
        typeConverter=TypeConverters.toString,
    )

    engine: Param[str] = Param(
        Params._dummy(),
        "engine",
        "how the four-point vertex is contracted; auto takes the cheaper by its estimate, with as many rows to transform as to train on, and sampled where the activation has no four-point moments; one of exact, sampled, auto",
        typeConverter=TypeConverters.toString,
    )

    ensembleDraws: Param[int] = Param(
        Params._dummy(),
        "ensembleDraws",
        "networks of each choice of widths that method = ensemble draws, or matrices of scales of method = linear with several outputs, from 64",
        typeConverter=TypeConverters.toInt,
    )

    featureScaling: Param[str] = Param(
        Params._dummy(),
        "featureScaling",
        "how features are scaled, fitted on training rows; none, standardize, unit-sphere",
        typeConverter=TypeConverters.toString,
    )

    featuresCol: Param[str] = Param(
        Params._dummy(),
        "featuresCol",
        "vector column of the features",
        typeConverter=TypeConverters.toString,
    )

    guards: Param[str] = Param(
        Params._dummy(),
        "guards",
        "of method = renormalised: how far a direction of the targets moves where first order would move it far: fixed, as far as to first order, damped; settled, to where gain and price balance, which has the log evidence nearer to the exact one; one of fixed, settled",
        typeConverter=TypeConverters.toString,
    )

    handleInvalid: Param[str] = Param(
        Params._dummy(),
        "handleInvalid",
        "what becomes of a row with a null, NaN or infinite feature: refused (error), left out (skip) or kept with nulls for predictions (keep); fit refuses it unless skip, and labels alike",
        typeConverter=TypeConverters.toString,
    )

    hiddenWidths: Param[list[int]] = Param(
        Params._dummy(),
        "hiddenWidths",
        "one width, at least 1, for each hidden layer; a model takes others of the same number of layers at no cost",
        typeConverter=TypeConverters.toListInt,
    )

    hyperparameters: Param[str] = Param(
        Params._dummy(),
        "hyperparameters",
        "sampled: noiseVariance, biasVariance and weightVariance are medians of a prior, and the chains of method = networks move them with the weights; one of fixed, sampled",
        typeConverter=TypeConverters.toString,
    )

    inducingApproximation: Param[str] = Param(
        Params._dummy(),
        "inducingApproximation",
        "fitc: a row's own variance, which the points leave open, counts as noise; dtc, fitc",
        typeConverter=TypeConverters.toString,
    )

    inducingMethod: Param[str] = Param(
        Params._dummy(),
        "inducingMethod",
        "how points are chosen: as centres of clusters, or one by one where the others say least; k-means, greedy",
        typeConverter=TypeConverters.toString,
    )

    inducingPoints: Param[int] = Param(
        Params._dummy(),
        "inducingPoints",
        "0: all training rows are conditioned on, and come to the driver; else how many points stand for them, while they stay where they are",
        typeConverter=TypeConverters.toInt,
    )

    inducingSampleRows: Param[int] = Param(
        Params._dummy(),
        "inducingSampleRows",
        "training rows, by seed, that inducing points are chosen from; at least as many as points",
        typeConverter=TypeConverters.toInt,
    )

    inputScales: Param[str] = Param(
        Params._dummy(),
        "inputScales",
        "per-feature: a scale for every feature, where hyperparameters = sampled; one of none, per-feature",
        typeConverter=TypeConverters.toString,
    )

    keptStates: Param[int] = Param(
        Params._dummy(),
        "keptStates",
        "states of all chains of method = networks together that predict and are saved, at most; at least as many as chains",
        typeConverter=TypeConverters.toInt,
    )

    labelCol: Param[str] = Param(
        Params._dummy(),
        "labelCol",
        "column to learn: numbers, or vectors for several outputs; for classes 0, 1, … of a classifier",
        typeConverter=TypeConverters.toString,
    )

    maxAnnealing: Param[int] = Param(
        Params._dummy(),
        "maxAnnealing",
        "steps of temperature of method = networks between prior and posterior at most, from 2, for the log evidence",
        typeConverter=TypeConverters.toInt,
    )

    maxDraws: Param[int] = Param(
        Params._dummy(),
        "maxDraws",
        "most draws of each hidden layer by the sampled engine, at least 1",
        typeConverter=TypeConverters.toInt,
    )

    maxIterations: Param[int] = Param(
        Params._dummy(),
        "maxIterations",
        "iterations of each chain of method = networks at most, from 50; they end before where they have converged",
        typeConverter=TypeConverters.toInt,
    )

    maxSeconds: Param[float] = Param(
        Params._dummy(),
        "maxSeconds",
        "0: no limit; else seconds that the chains of method = networks may take together, of all widths; they make one round whatever it takes",
        typeConverter=TypeConverters.toFloat,
    )

    method: Param[str] = Param(
        Params._dummy(),
        "method",
        "how the posterior is had: to first order in 1/width at every width; at hiddenWidths and widths by first order with the output's scale integrated, for up to ten outputs (renormalised), by scales of the kernels alone, for one output (proportional), by a kernel that learns a metric on the inputs and scales of layers (adaptive) or the Gram matrix of every layer (deep-kernel), or exactly, for deep linear networks by integrals (linear), by Markov chains (networks) or, for some tens of training rows, by weighted draws (ensemble), or at infinite width alone (nngp); one of first-order, renormalised, linear, proportional, adaptive, deep-kernel, networks, ensemble, nngp",
        typeConverter=TypeConverters.toString,
    )

    negativeSlope: Param[float] = Param(
        Params._dummy(),
        "negativeSlope",
        "leaky-relu is slope times z where z < 0, from -1 to 1; other activations ignore it",
        typeConverter=TypeConverters.toFloat,
    )

    nngpPredictionCol: Param[str] = Param(
        Params._dummy(),
        "nngpPredictionCol",
        "prediction of the infinitely wide network; empty for none",
        typeConverter=TypeConverters.toString,
    )

    noiseVariance: Param[float] = Param(
        Params._dummy(),
        "noiseVariance",
        "not below 0, in units of the scaled label, squared",
        typeConverter=TypeConverters.toFloat,
    )

    order: Param[int] = Param(
        Params._dummy(),
        "order",
        "1: predictions with the correction of finite width; 0: those of the infinitely wide network alone, which cost next to nothing",
        typeConverter=TypeConverters.toInt,
    )

    passes: Param[int] = Param(
        Params._dummy(),
        "passes",
        "of method = renormalised: 1 takes the rest about the prior's scale, one contraction for all widths; 2 that of each choice of widths about the scale that its data ask for, one contraction more for each",
        typeConverter=TypeConverters.toInt,
    )

    predictionCol: Param[str] = Param(
        Params._dummy(),
        "predictionCol",
        "predicted mean (a vector for several outputs), or class",
        typeConverter=TypeConverters.toString,
    )

    quantities: Param[str] = Param(
        Params._dummy(),
        "quantities",
        "which corrections are computed: of the mean only, or of variances and log evidence too; mean, all",
        typeConverter=TypeConverters.toString,
    )

    seed: Param[int] = Param(
        Params._dummy(),
        "seed",
        "of the draws of the sampled engine",
        typeConverter=TypeConverters.toInt,
    )

    standardErrorCol: Param[str] = Param(
        Params._dummy(),
        "standardErrorCol",
        "standard error of the mean by the sampled engine, 0 by the exact one; empty for none",
        typeConverter=TypeConverters.toString,
    )

    strict: Param[bool] = Param(
        Params._dummy(),
        "strict",
        "whether fit fails where the sampled engine misses its tolerance",
        typeConverter=TypeConverters.toBoolean,
    )

    tolerance: Param[float] = Param(
        Params._dummy(),
        "tolerance",
        "between 0 and 1: sampled, standard error of the mean over NNGP deviation (0.05 if not set); exact, quadrature error (1e-9 if not set)",
        typeConverter=TypeConverters.toFloat,
    )

    varianceCol: Param[str] = Param(
        Params._dummy(),
        "varianceCol",
        "predicted variance of the latent function, correction included, without noise, in the label's units squared; empty for none",
        typeConverter=TypeConverters.toString,
    )

    weightVariance: Param[list[float]] = Param(
        Params._dummy(),
        "weightVariance",
        "prior variance of weights times fan-in; a number above 0, or a list of them: one per hidden layer and one for the output layer",
        typeConverter=TypeConverters.toListFloat,
    )

    widths: Param[list[float]] = Param(
        Params._dummy(),
        "widths",
        "uniform hidden widths, above 0, that the summary reports beside hiddenWidths",
        typeConverter=TypeConverters.toListFloat,
    )

    withinExpansionCol: Param[str] = Param(
        Params._dummy(),
        "withinExpansionCol",
        "whether a row's prediction is to be trusted: first order in 1/width within its expansion, or the exact posterior converged; empty for none",
        typeConverter=TypeConverters.toString,
    )

    def getActivation(self) -> str:
        """Function of every hidden layer; linear, quadratic, relu, leaky-relu, gelu, erf, sin, cos, tanh, silu, swish, softplus, elu, or the full name of a class that implements ActivationFunction; engine = exact takes only linear, quadratic, relu, leaky-relu, gelu, erf, sin, cos."""
        return self.getOrDefault(self.activation)

    def getBiasVariance(self) -> list[float]:
        """Prior variance of biases; a number not below 0, or a list of them: one per hidden layer and one for the output layer."""
        return self.getOrDefault(self.biasVariance)

    def getChains(self) -> int:
        """Chains of each choice of widths of method = networks, from 2 to 1024; fewer than 4 say little of how well they agree."""
        return self.getOrDefault(self.chains)

    def getDeltaMeanCol(self) -> str:
        """What the finite width adds to the mean; empty for none."""
        return self.getOrDefault(self.deltaMeanCol)

    def getEngine(self) -> str:
        """How the four-point vertex is contracted; auto takes the cheaper by its estimate, with as many rows to transform as to train on, and sampled where the activation has no four-point moments; one of exact, sampled, auto."""
        return self.getOrDefault(self.engine)

    def getEnsembleDraws(self) -> int:
        """Networks of each choice of widths that method = ensemble draws, or matrices of scales of method = linear with several outputs, from 64."""
        return self.getOrDefault(self.ensembleDraws)

    def getFeatureScaling(self) -> str:
        """How features are scaled, fitted on training rows; none, standardize, unit-sphere."""
        return self.getOrDefault(self.featureScaling)

    def getFeaturesCol(self) -> str:
        """Vector column of the features."""
        return self.getOrDefault(self.featuresCol)

    def getGuards(self) -> str:
        """Of method = renormalised: how far a direction of the targets moves where first order would move it far: fixed, as far as to first order, damped; settled, to where gain and price balance, which has the log evidence nearer to the exact one; one of fixed, settled."""
        return self.getOrDefault(self.guards)

    def getHandleInvalid(self) -> str:
        """What becomes of a row with a null, NaN or infinite feature: refused (error), left out (skip) or kept with nulls for predictions (keep); fit refuses it unless skip, and labels alike."""
        return self.getOrDefault(self.handleInvalid)

    def getHiddenWidths(self) -> list[int]:
        """One width, at least 1, for each hidden layer; a model takes others of the same number of layers at no cost."""
        return self.getOrDefault(self.hiddenWidths)

    def getHyperparameters(self) -> str:
        """Sampled: noiseVariance, biasVariance and weightVariance are medians of a prior, and the chains of method = networks move them with the weights; one of fixed, sampled."""
        return self.getOrDefault(self.hyperparameters)

    def getInducingApproximation(self) -> str:
        """Fitc: a row's own variance, which the points leave open, counts as noise; dtc, fitc."""
        return self.getOrDefault(self.inducingApproximation)

    def getInducingMethod(self) -> str:
        """How points are chosen: as centres of clusters, or one by one where the others say least; k-means, greedy."""
        return self.getOrDefault(self.inducingMethod)

    def getInducingPoints(self) -> int:
        """0: all training rows are conditioned on, and come to the driver; else how many points stand for them, while they stay where they are."""
        return self.getOrDefault(self.inducingPoints)

    def getInducingSampleRows(self) -> int:
        """Training rows, by seed, that inducing points are chosen from; at least as many as points."""
        return self.getOrDefault(self.inducingSampleRows)

    def getInputScales(self) -> str:
        """Per-feature: a scale for every feature, where hyperparameters = sampled; one of none, per-feature."""
        return self.getOrDefault(self.inputScales)

    def getKeptStates(self) -> int:
        """States of all chains of method = networks together that predict and are saved, at most; at least as many as chains."""
        return self.getOrDefault(self.keptStates)

    def getLabelCol(self) -> str:
        """Column to learn: numbers, or vectors for several outputs; for classes 0, 1, … of a classifier."""
        return self.getOrDefault(self.labelCol)

    def getMaxAnnealing(self) -> int:
        """Steps of temperature of method = networks between prior and posterior at most, from 2, for the log evidence."""
        return self.getOrDefault(self.maxAnnealing)

    def getMaxDraws(self) -> int:
        """Most draws of each hidden layer by the sampled engine, at least 1."""
        return self.getOrDefault(self.maxDraws)

    def getMaxIterations(self) -> int:
        """Iterations of each chain of method = networks at most, from 50; they end before where they have converged."""
        return self.getOrDefault(self.maxIterations)

    def getMaxSeconds(self) -> float:
        """0: no limit; else seconds that the chains of method = networks may take together, of all widths; they make one round whatever it takes."""
        return self.getOrDefault(self.maxSeconds)

    def getMethod(self) -> str:
        """How the posterior is had: to first order in 1/width at every width; at hiddenWidths and widths by first order with the output's scale integrated, for up to ten outputs (renormalised), by scales of the kernels alone, for one output (proportional), by a kernel that learns a metric on the inputs and scales of layers (adaptive) or the Gram matrix of every layer (deep-kernel), or exactly, for deep linear networks by integrals (linear), by Markov chains (networks) or, for some tens of training rows, by weighted draws (ensemble), or at infinite width alone (nngp); one of first-order, renormalised, linear, proportional, adaptive, deep-kernel, networks, ensemble, nngp."""
        return self.getOrDefault(self.method)

    def getNegativeSlope(self) -> float:
        """Leaky-relu is slope times z where z < 0, from -1 to 1; other activations ignore it."""
        return self.getOrDefault(self.negativeSlope)

    def getNngpPredictionCol(self) -> str:
        """Prediction of the infinitely wide network; empty for none."""
        return self.getOrDefault(self.nngpPredictionCol)

    def getNoiseVariance(self) -> float:
        """Not below 0, in units of the scaled label, squared."""
        return self.getOrDefault(self.noiseVariance)

    def getOrder(self) -> int:
        """1: predictions with the correction of finite width; 0: those of the infinitely wide network alone, which cost next to nothing."""
        return self.getOrDefault(self.order)

    def getPasses(self) -> int:
        """Of method = renormalised: 1 takes the rest about the prior's scale, one contraction for all widths; 2 that of each choice of widths about the scale that its data ask for, one contraction more for each."""
        return self.getOrDefault(self.passes)

    def getPredictionCol(self) -> str:
        """Predicted mean (a vector for several outputs), or class."""
        return self.getOrDefault(self.predictionCol)

    def getQuantities(self) -> str:
        """Which corrections are computed: of the mean only, or of variances and log evidence too; mean, all."""
        return self.getOrDefault(self.quantities)

    def getSeed(self) -> int:
        """Of the draws of the sampled engine."""
        return self.getOrDefault(self.seed)

    def getStandardErrorCol(self) -> str:
        """Standard error of the mean by the sampled engine, 0 by the exact one; empty for none."""
        return self.getOrDefault(self.standardErrorCol)

    def getStrict(self) -> bool:
        """Whether fit fails where the sampled engine misses its tolerance."""
        return self.getOrDefault(self.strict)

    def getTolerance(self) -> float:
        """Between 0 and 1: sampled, standard error of the mean over NNGP deviation (0.05 if not set); exact, quadrature error (1e-9 if not set)."""
        return self.getOrDefault(self.tolerance)

    def getVarianceCol(self) -> str:
        """Predicted variance of the latent function, correction included, without noise, in the label's units squared; empty for none."""
        return self.getOrDefault(self.varianceCol)

    def getWeightVariance(self) -> list[float]:
        """Prior variance of weights times fan-in; a number above 0, or a list of them: one per hidden layer and one for the output layer."""
        return self.getOrDefault(self.weightVariance)

    def getWidths(self) -> list[float]:
        """Uniform hidden widths, above 0, that the summary reports beside hiddenWidths."""
        return self.getOrDefault(self.widths)

    def getWithinExpansionCol(self) -> str:
        """Whether a row's prediction is to be trusted: first order in 1/width within its expansion, or the exact posterior converged; empty for none."""
        return self.getOrDefault(self.withinExpansionCol)


class RegressorParams(SharedParams):
    """Params of regressors and their models."""

    densityPositiveCol: Param[str] = Param(
        Params._dummy(),
        "densityPositiveCol",
        "whether the density behind the quantiles is nowhere negative; empty for none",
        typeConverter=TypeConverters.toString,
    )

    quantileProbabilities: Param[list[float]] = Param(
        Params._dummy(),
        "quantileProbabilities",
        "different numbers between 0 and 1, both excluded: probabilities of the quantiles in quantilesCol",
        typeConverter=TypeConverters.toListFloat,
    )

    quantilesCol: Param[str] = Param(
        Params._dummy(),
        "quantilesCol",
        "vector of the quantiles of quantileProbabilities of the latent function, by the third and fourth cumulant, without noise, in the label's units (an array of such vectors for several outputs); empty for none",
        typeConverter=TypeConverters.toString,
    )

    targetScaling: Param[str] = Param(
        Params._dummy(),
        "targetScaling",
        "fitted on the training rows; predictions come back in the label's units; one of none, standardize",
        typeConverter=TypeConverters.toString,
    )

    def getDensityPositiveCol(self) -> str:
        """Whether the density behind the quantiles is nowhere negative; empty for none."""
        return self.getOrDefault(self.densityPositiveCol)

    def getQuantileProbabilities(self) -> list[float]:
        """Different numbers between 0 and 1, both excluded: probabilities of the quantiles in quantilesCol."""
        return self.getOrDefault(self.quantileProbabilities)

    def getQuantilesCol(self) -> str:
        """Vector of the quantiles of quantileProbabilities of the latent function, by the third and fourth cumulant, without noise, in the label's units (an array of such vectors for several outputs); empty for none."""
        return self.getOrDefault(self.quantilesCol)

    def getTargetScaling(self) -> str:
        """Fitted on the training rows; predictions come back in the label's units; one of none, standardize."""
        return self.getOrDefault(self.targetScaling)


class ClassifierParams(SharedParams):
    """Params of classifiers and their models."""

    probabilityCol: Param[str] = Param(
        Params._dummy(),
        "probabilityCol",
        "probability that a class's code plus noise is the largest, the classes independent Gaussians of predicted means and variances; empty for none",
        typeConverter=TypeConverters.toString,
    )

    rawPredictionCol: Param[str] = Param(
        Params._dummy(),
        "rawPredictionCol",
        "predicted mean of each class's code, 1 - 1/C for the class and -1/C for others; empty for none",
        typeConverter=TypeConverters.toString,
    )

    def getProbabilityCol(self) -> str:
        """Probability that a class's code plus noise is the largest, the classes independent Gaussians of predicted means and variances; empty for none."""
        return self.getOrDefault(self.probabilityCol)

    def getRawPredictionCol(self) -> str:
        """Predicted mean of each class's code, 1 - 1/C for the class and -1/C for others; empty for none."""
        return self.getOrDefault(self.rawPredictionCol)


class RegressionModelSetters(RegressorParams):
    """What a model for regression may change after the fit."""

    def setDeltaMeanCol(self, value: str) -> Self:
        """What the finite width adds to the mean; empty for none."""
        return self._set(deltaMeanCol=value)

    def setDensityPositiveCol(self, value: str) -> Self:
        """Whether the density behind the quantiles is nowhere negative; empty for none."""
        return self._set(densityPositiveCol=value)

    def setFeaturesCol(self, value: str) -> Self:
        """Vector column of the features."""
        return self._set(featuresCol=value)

    def setHandleInvalid(self, value: str) -> Self:
        """What becomes of a row with a null, NaN or infinite feature: refused (error), left out (skip) or kept with nulls for predictions (keep); fit refuses it unless skip, and labels alike."""
        return self._set(handleInvalid=value)

    def setHiddenWidths(self, value: Sequence[int]) -> Self:
        """One width, at least 1, for each hidden layer; a model takes others of the same number of layers at no cost."""
        return self._set(hiddenWidths=value)

    def setNngpPredictionCol(self, value: str) -> Self:
        """Prediction of the infinitely wide network; empty for none."""
        return self._set(nngpPredictionCol=value)

    def setOrder(self, value: int) -> Self:
        """1: predictions with the correction of finite width; 0: those of the infinitely wide network alone, which cost next to nothing."""
        return self._set(order=value)

    def setPredictionCol(self, value: str) -> Self:
        """Predicted mean (a vector for several outputs), or class."""
        return self._set(predictionCol=value)

    def setQuantileProbabilities(self, value: Sequence[float]) -> Self:
        """Different numbers between 0 and 1, both excluded: probabilities of the quantiles in quantilesCol."""
        return self._set(quantileProbabilities=value)

    def setQuantilesCol(self, value: str) -> Self:
        """Vector of the quantiles of quantileProbabilities of the latent function, by the third and fourth cumulant, without noise, in the label's units (an array of such vectors for several outputs); empty for none."""
        return self._set(quantilesCol=value)

    def setStandardErrorCol(self, value: str) -> Self:
        """Standard error of the mean by the sampled engine, 0 by the exact one; empty for none."""
        return self._set(standardErrorCol=value)

    def setVarianceCol(self, value: str) -> Self:
        """Predicted variance of the latent function, correction included, without noise, in the label's units squared; empty for none."""
        return self._set(varianceCol=value)

    def setWithinExpansionCol(self, value: str) -> Self:
        """Whether a row's prediction is to be trusted: first order in 1/width within its expansion, or the exact posterior converged; empty for none."""
        return self._set(withinExpansionCol=value)


class ClassificationModelSetters(ClassifierParams):
    """What a model for classification may change after the fit."""

    def setDeltaMeanCol(self, value: str) -> Self:
        """What the finite width adds to the mean; empty for none."""
        return self._set(deltaMeanCol=value)

    def setFeaturesCol(self, value: str) -> Self:
        """Vector column of the features."""
        return self._set(featuresCol=value)

    def setHandleInvalid(self, value: str) -> Self:
        """What becomes of a row with a null, NaN or infinite feature: refused (error), left out (skip) or kept with nulls for predictions (keep); fit refuses it unless skip, and labels alike."""
        return self._set(handleInvalid=value)

    def setHiddenWidths(self, value: Sequence[int]) -> Self:
        """One width, at least 1, for each hidden layer; a model takes others of the same number of layers at no cost."""
        return self._set(hiddenWidths=value)

    def setNngpPredictionCol(self, value: str) -> Self:
        """Prediction of the infinitely wide network; empty for none."""
        return self._set(nngpPredictionCol=value)

    def setOrder(self, value: int) -> Self:
        """1: predictions with the correction of finite width; 0: those of the infinitely wide network alone, which cost next to nothing."""
        return self._set(order=value)

    def setPredictionCol(self, value: str) -> Self:
        """Predicted mean (a vector for several outputs), or class."""
        return self._set(predictionCol=value)

    def setProbabilityCol(self, value: str) -> Self:
        """Probability that a class's code plus noise is the largest, the classes independent Gaussians of predicted means and variances; empty for none."""
        return self._set(probabilityCol=value)

    def setRawPredictionCol(self, value: str) -> Self:
        """Predicted mean of each class's code, 1 - 1/C for the class and -1/C for others; empty for none."""
        return self._set(rawPredictionCol=value)

    def setStandardErrorCol(self, value: str) -> Self:
        """Standard error of the mean by the sampled engine, 0 by the exact one; empty for none."""
        return self._set(standardErrorCol=value)

    def setVarianceCol(self, value: str) -> Self:
        """Predicted variance of the latent function, correction included, without noise, in the label's units squared; empty for none."""
        return self._set(varianceCol=value)

    def setWithinExpansionCol(self, value: str) -> Self:
        """Whether a row's prediction is to be trusted: first order in 1/width within its expansion, or the exact posterior converged; empty for none."""
        return self._set(withinExpansionCol=value)


class RegressorKeywords(RegressorParams):
    """Setters of all Params, and keywords of the constructor."""

    def setActivation(self, value: str) -> Self:
        """Function of every hidden layer; linear, quadratic, relu, leaky-relu, gelu, erf, sin, cos, tanh, silu, swish, softplus, elu, or the full name of a class that implements ActivationFunction; engine = exact takes only linear, quadratic, relu, leaky-relu, gelu, erf, sin, cos."""
        return self._set(activation=value)

    def setBiasVariance(self, value: Sequence[float]) -> Self:
        """Prior variance of biases; a number not below 0, or a list of them: one per hidden layer and one for the output layer."""
        return self._set(biasVariance=value)

    def setChains(self, value: int) -> Self:
        """Chains of each choice of widths of method = networks, from 2 to 1024; fewer than 4 say little of how well they agree."""
        return self._set(chains=value)

    def setDeltaMeanCol(self, value: str) -> Self:
        """What the finite width adds to the mean; empty for none."""
        return self._set(deltaMeanCol=value)

    def setDensityPositiveCol(self, value: str) -> Self:
        """Whether the density behind the quantiles is nowhere negative; empty for none."""
        return self._set(densityPositiveCol=value)

    def setEngine(self, value: str) -> Self:
        """How the four-point vertex is contracted; auto takes the cheaper by its estimate, with as many rows to transform as to train on, and sampled where the activation has no four-point moments; one of exact, sampled, auto."""
        return self._set(engine=value)

    def setEnsembleDraws(self, value: int) -> Self:
        """Networks of each choice of widths that method = ensemble draws, or matrices of scales of method = linear with several outputs, from 64."""
        return self._set(ensembleDraws=value)

    def setFeatureScaling(self, value: str) -> Self:
        """How features are scaled, fitted on training rows; none, standardize, unit-sphere."""
        return self._set(featureScaling=value)

    def setFeaturesCol(self, value: str) -> Self:
        """Vector column of the features."""
        return self._set(featuresCol=value)

    def setGuards(self, value: str) -> Self:
        """Of method = renormalised: how far a direction of the targets moves where first order would move it far: fixed, as far as to first order, damped; settled, to where gain and price balance, which has the log evidence nearer to the exact one; one of fixed, settled."""
        return self._set(guards=value)

    def setHandleInvalid(self, value: str) -> Self:
        """What becomes of a row with a null, NaN or infinite feature: refused (error), left out (skip) or kept with nulls for predictions (keep); fit refuses it unless skip, and labels alike."""
        return self._set(handleInvalid=value)

    def setHiddenWidths(self, value: Sequence[int]) -> Self:
        """One width, at least 1, for each hidden layer; a model takes others of the same number of layers at no cost."""
        return self._set(hiddenWidths=value)

    def setHyperparameters(self, value: str) -> Self:
        """Sampled: noiseVariance, biasVariance and weightVariance are medians of a prior, and the chains of method = networks move them with the weights; one of fixed, sampled."""
        return self._set(hyperparameters=value)

    def setInducingApproximation(self, value: str) -> Self:
        """Fitc: a row's own variance, which the points leave open, counts as noise; dtc, fitc."""
        return self._set(inducingApproximation=value)

    def setInducingMethod(self, value: str) -> Self:
        """How points are chosen: as centres of clusters, or one by one where the others say least; k-means, greedy."""
        return self._set(inducingMethod=value)

    def setInducingPoints(self, value: int) -> Self:
        """0: all training rows are conditioned on, and come to the driver; else how many points stand for them, while they stay where they are."""
        return self._set(inducingPoints=value)

    def setInducingSampleRows(self, value: int) -> Self:
        """Training rows, by seed, that inducing points are chosen from; at least as many as points."""
        return self._set(inducingSampleRows=value)

    def setInputScales(self, value: str) -> Self:
        """Per-feature: a scale for every feature, where hyperparameters = sampled; one of none, per-feature."""
        return self._set(inputScales=value)

    def setKeptStates(self, value: int) -> Self:
        """States of all chains of method = networks together that predict and are saved, at most; at least as many as chains."""
        return self._set(keptStates=value)

    def setLabelCol(self, value: str) -> Self:
        """Column to learn: numbers, or vectors for several outputs; for classes 0, 1, … of a classifier."""
        return self._set(labelCol=value)

    def setMaxAnnealing(self, value: int) -> Self:
        """Steps of temperature of method = networks between prior and posterior at most, from 2, for the log evidence."""
        return self._set(maxAnnealing=value)

    def setMaxDraws(self, value: int) -> Self:
        """Most draws of each hidden layer by the sampled engine, at least 1."""
        return self._set(maxDraws=value)

    def setMaxIterations(self, value: int) -> Self:
        """Iterations of each chain of method = networks at most, from 50; they end before where they have converged."""
        return self._set(maxIterations=value)

    def setMaxSeconds(self, value: float) -> Self:
        """0: no limit; else seconds that the chains of method = networks may take together, of all widths; they make one round whatever it takes."""
        return self._set(maxSeconds=value)

    def setMethod(self, value: str) -> Self:
        """How the posterior is had: to first order in 1/width at every width; at hiddenWidths and widths by first order with the output's scale integrated, for up to ten outputs (renormalised), by scales of the kernels alone, for one output (proportional), by a kernel that learns a metric on the inputs and scales of layers (adaptive) or the Gram matrix of every layer (deep-kernel), or exactly, for deep linear networks by integrals (linear), by Markov chains (networks) or, for some tens of training rows, by weighted draws (ensemble), or at infinite width alone (nngp); one of first-order, renormalised, linear, proportional, adaptive, deep-kernel, networks, ensemble, nngp."""
        return self._set(method=value)

    def setNegativeSlope(self, value: float) -> Self:
        """Leaky-relu is slope times z where z < 0, from -1 to 1; other activations ignore it."""
        return self._set(negativeSlope=value)

    def setNngpPredictionCol(self, value: str) -> Self:
        """Prediction of the infinitely wide network; empty for none."""
        return self._set(nngpPredictionCol=value)

    def setNoiseVariance(self, value: float) -> Self:
        """Not below 0, in units of the scaled label, squared."""
        return self._set(noiseVariance=value)

    def setOrder(self, value: int) -> Self:
        """1: predictions with the correction of finite width; 0: those of the infinitely wide network alone, which cost next to nothing."""
        return self._set(order=value)

    def setPasses(self, value: int) -> Self:
        """Of method = renormalised: 1 takes the rest about the prior's scale, one contraction for all widths; 2 that of each choice of widths about the scale that its data ask for, one contraction more for each."""
        return self._set(passes=value)

    def setPredictionCol(self, value: str) -> Self:
        """Predicted mean (a vector for several outputs), or class."""
        return self._set(predictionCol=value)

    def setQuantileProbabilities(self, value: Sequence[float]) -> Self:
        """Different numbers between 0 and 1, both excluded: probabilities of the quantiles in quantilesCol."""
        return self._set(quantileProbabilities=value)

    def setQuantilesCol(self, value: str) -> Self:
        """Vector of the quantiles of quantileProbabilities of the latent function, by the third and fourth cumulant, without noise, in the label's units (an array of such vectors for several outputs); empty for none."""
        return self._set(quantilesCol=value)

    def setQuantities(self, value: str) -> Self:
        """Which corrections are computed: of the mean only, or of variances and log evidence too; mean, all."""
        return self._set(quantities=value)

    def setSeed(self, value: int) -> Self:
        """Of the draws of the sampled engine."""
        return self._set(seed=value)

    def setStandardErrorCol(self, value: str) -> Self:
        """Standard error of the mean by the sampled engine, 0 by the exact one; empty for none."""
        return self._set(standardErrorCol=value)

    def setStrict(self, value: bool) -> Self:
        """Whether fit fails where the sampled engine misses its tolerance."""
        return self._set(strict=value)

    def setTargetScaling(self, value: str) -> Self:
        """Fitted on the training rows; predictions come back in the label's units; one of none, standardize."""
        return self._set(targetScaling=value)

    def setTolerance(self, value: float) -> Self:
        """Between 0 and 1: sampled, standard error of the mean over NNGP deviation (0.05 if not set); exact, quadrature error (1e-9 if not set)."""
        return self._set(tolerance=value)

    def setVarianceCol(self, value: str) -> Self:
        """Predicted variance of the latent function, correction included, without noise, in the label's units squared; empty for none."""
        return self._set(varianceCol=value)

    def setWeightVariance(self, value: Sequence[float]) -> Self:
        """Prior variance of weights times fan-in; a number above 0, or a list of them: one per hidden layer and one for the output layer."""
        return self._set(weightVariance=value)

    def setWidths(self, value: Sequence[float]) -> Self:
        """Uniform hidden widths, above 0, that the summary reports beside hiddenWidths."""
        return self._set(widths=value)

    def setWithinExpansionCol(self, value: str) -> Self:
        """Whether a row's prediction is to be trusted: first order in 1/width within its expansion, or the exact posterior converged; empty for none."""
        return self._set(withinExpansionCol=value)

    @keyword_only
    def __init__(
        self,
        *,
        activation: str = "relu",
        biasVariance: Sequence[float] = (0.1,),
        chains: int = 8,
        deltaMeanCol: str = "",
        densityPositiveCol: str = "",
        engine: str = "auto",
        ensembleDraws: int = 100000,
        featureScaling: str = "standardize",
        featuresCol: str = "features",
        guards: str = "fixed",
        handleInvalid: str = "error",
        hiddenWidths: Sequence[int] = (128, 128),
        hyperparameters: str = "fixed",
        inducingApproximation: str = "dtc",
        inducingMethod: str = "k-means",
        inducingPoints: int = 0,
        inducingSampleRows: int = 10000,
        inputScales: str = "none",
        keptStates: int = 200,
        labelCol: str = "label",
        maxAnnealing: int = 12000,
        maxDraws: int = 1000000,
        maxIterations: int = 2000,
        maxSeconds: float = 0.0,
        method: str = "first-order",
        negativeSlope: float = 0.01,
        nngpPredictionCol: str = "",
        noiseVariance: float = 0.01,
        order: int = 1,
        passes: int = 1,
        predictionCol: str = "prediction",
        quantileProbabilities: Sequence[float] = (),
        quantilesCol: str = "",
        quantities: str = "all",
        seed: int = 7,
        standardErrorCol: str = "",
        strict: bool = False,
        targetScaling: str = "standardize",
        tolerance: float | None = None,
        varianceCol: str = "",
        weightVariance: Sequence[float] = (2.0,),
        widths: Sequence[float] = (),
        withinExpansionCol: str = "",
    ) -> None:
        super().__init__()
        self._java_obj = self._new_java_obj(self._java_class, self.uid)
        self._setDefault(
            activation="relu",
            biasVariance=[0.1],
            chains=8,
            deltaMeanCol="",
            densityPositiveCol="",
            engine="auto",
            ensembleDraws=100000,
            featureScaling="standardize",
            featuresCol="features",
            guards="fixed",
            handleInvalid="error",
            hiddenWidths=[128, 128],
            hyperparameters="fixed",
            inducingApproximation="dtc",
            inducingMethod="k-means",
            inducingPoints=0,
            inducingSampleRows=10000,
            inputScales="none",
            keptStates=200,
            labelCol="label",
            maxAnnealing=12000,
            maxDraws=1000000,
            maxIterations=2000,
            maxSeconds=0.0,
            method="first-order",
            negativeSlope=0.01,
            nngpPredictionCol="",
            noiseVariance=0.01,
            order=1,
            passes=1,
            predictionCol="prediction",
            quantileProbabilities=[],
            quantilesCol="",
            quantities="all",
            seed=7,
            standardErrorCol="",
            strict=False,
            targetScaling="standardize",
            varianceCol="",
            weightVariance=[2.0],
            widths=[],
            withinExpansionCol="",
        )
        self._set(**self._given(self._input_kwargs))

    @keyword_only
    def setParams(
        self,
        *,
        activation: str = "relu",
        biasVariance: Sequence[float] = (0.1,),
        chains: int = 8,
        deltaMeanCol: str = "",
        densityPositiveCol: str = "",
        engine: str = "auto",
        ensembleDraws: int = 100000,
        featureScaling: str = "standardize",
        featuresCol: str = "features",
        guards: str = "fixed",
        handleInvalid: str = "error",
        hiddenWidths: Sequence[int] = (128, 128),
        hyperparameters: str = "fixed",
        inducingApproximation: str = "dtc",
        inducingMethod: str = "k-means",
        inducingPoints: int = 0,
        inducingSampleRows: int = 10000,
        inputScales: str = "none",
        keptStates: int = 200,
        labelCol: str = "label",
        maxAnnealing: int = 12000,
        maxDraws: int = 1000000,
        maxIterations: int = 2000,
        maxSeconds: float = 0.0,
        method: str = "first-order",
        negativeSlope: float = 0.01,
        nngpPredictionCol: str = "",
        noiseVariance: float = 0.01,
        order: int = 1,
        passes: int = 1,
        predictionCol: str = "prediction",
        quantileProbabilities: Sequence[float] = (),
        quantilesCol: str = "",
        quantities: str = "all",
        seed: int = 7,
        standardErrorCol: str = "",
        strict: bool = False,
        targetScaling: str = "standardize",
        tolerance: float | None = None,
        varianceCol: str = "",
        weightVariance: Sequence[float] = (2.0,),
        widths: Sequence[float] = (),
        withinExpansionCol: str = "",
    ) -> Self:
        """Set several Params."""
        return self._set(**self._given(self._input_kwargs))

    _java_class: str
    _java_obj: Any
    _new_java_obj: Any
    _input_kwargs: dict[str, Any]

    @staticmethod
    def _given(keywords: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in keywords.items() if value is not None}


class ClassifierKeywords(ClassifierParams):
    """Setters of all Params, and keywords of the constructor."""

    def setActivation(self, value: str) -> Self:
        """Function of every hidden layer; linear, quadratic, relu, leaky-relu, gelu, erf, sin, cos, tanh, silu, swish, softplus, elu, or the full name of a class that implements ActivationFunction; engine = exact takes only linear, quadratic, relu, leaky-relu, gelu, erf, sin, cos."""
        return self._set(activation=value)

    def setBiasVariance(self, value: Sequence[float]) -> Self:
        """Prior variance of biases; a number not below 0, or a list of them: one per hidden layer and one for the output layer."""
        return self._set(biasVariance=value)

    def setChains(self, value: int) -> Self:
        """Chains of each choice of widths of method = networks, from 2 to 1024; fewer than 4 say little of how well they agree."""
        return self._set(chains=value)

    def setDeltaMeanCol(self, value: str) -> Self:
        """What the finite width adds to the mean; empty for none."""
        return self._set(deltaMeanCol=value)

    def setEngine(self, value: str) -> Self:
        """How the four-point vertex is contracted; auto takes the cheaper by its estimate, with as many rows to transform as to train on, and sampled where the activation has no four-point moments; one of exact, sampled, auto."""
        return self._set(engine=value)

    def setEnsembleDraws(self, value: int) -> Self:
        """Networks of each choice of widths that method = ensemble draws, or matrices of scales of method = linear with several outputs, from 64."""
        return self._set(ensembleDraws=value)

    def setFeatureScaling(self, value: str) -> Self:
        """How features are scaled, fitted on training rows; none, standardize, unit-sphere."""
        return self._set(featureScaling=value)

    def setFeaturesCol(self, value: str) -> Self:
        """Vector column of the features."""
        return self._set(featuresCol=value)

    def setGuards(self, value: str) -> Self:
        """Of method = renormalised: how far a direction of the targets moves where first order would move it far: fixed, as far as to first order, damped; settled, to where gain and price balance, which has the log evidence nearer to the exact one; one of fixed, settled."""
        return self._set(guards=value)

    def setHandleInvalid(self, value: str) -> Self:
        """What becomes of a row with a null, NaN or infinite feature: refused (error), left out (skip) or kept with nulls for predictions (keep); fit refuses it unless skip, and labels alike."""
        return self._set(handleInvalid=value)

    def setHiddenWidths(self, value: Sequence[int]) -> Self:
        """One width, at least 1, for each hidden layer; a model takes others of the same number of layers at no cost."""
        return self._set(hiddenWidths=value)

    def setHyperparameters(self, value: str) -> Self:
        """Sampled: noiseVariance, biasVariance and weightVariance are medians of a prior, and the chains of method = networks move them with the weights; one of fixed, sampled."""
        return self._set(hyperparameters=value)

    def setInducingApproximation(self, value: str) -> Self:
        """Fitc: a row's own variance, which the points leave open, counts as noise; dtc, fitc."""
        return self._set(inducingApproximation=value)

    def setInducingMethod(self, value: str) -> Self:
        """How points are chosen: as centres of clusters, or one by one where the others say least; k-means, greedy."""
        return self._set(inducingMethod=value)

    def setInducingPoints(self, value: int) -> Self:
        """0: all training rows are conditioned on, and come to the driver; else how many points stand for them, while they stay where they are."""
        return self._set(inducingPoints=value)

    def setInducingSampleRows(self, value: int) -> Self:
        """Training rows, by seed, that inducing points are chosen from; at least as many as points."""
        return self._set(inducingSampleRows=value)

    def setInputScales(self, value: str) -> Self:
        """Per-feature: a scale for every feature, where hyperparameters = sampled; one of none, per-feature."""
        return self._set(inputScales=value)

    def setKeptStates(self, value: int) -> Self:
        """States of all chains of method = networks together that predict and are saved, at most; at least as many as chains."""
        return self._set(keptStates=value)

    def setLabelCol(self, value: str) -> Self:
        """Column to learn: numbers, or vectors for several outputs; for classes 0, 1, … of a classifier."""
        return self._set(labelCol=value)

    def setMaxAnnealing(self, value: int) -> Self:
        """Steps of temperature of method = networks between prior and posterior at most, from 2, for the log evidence."""
        return self._set(maxAnnealing=value)

    def setMaxDraws(self, value: int) -> Self:
        """Most draws of each hidden layer by the sampled engine, at least 1."""
        return self._set(maxDraws=value)

    def setMaxIterations(self, value: int) -> Self:
        """Iterations of each chain of method = networks at most, from 50; they end before where they have converged."""
        return self._set(maxIterations=value)

    def setMaxSeconds(self, value: float) -> Self:
        """0: no limit; else seconds that the chains of method = networks may take together, of all widths; they make one round whatever it takes."""
        return self._set(maxSeconds=value)

    def setMethod(self, value: str) -> Self:
        """How the posterior is had: to first order in 1/width at every width; at hiddenWidths and widths by first order with the output's scale integrated, for up to ten outputs (renormalised), by scales of the kernels alone, for one output (proportional), by a kernel that learns a metric on the inputs and scales of layers (adaptive) or the Gram matrix of every layer (deep-kernel), or exactly, for deep linear networks by integrals (linear), by Markov chains (networks) or, for some tens of training rows, by weighted draws (ensemble), or at infinite width alone (nngp); one of first-order, renormalised, linear, proportional, adaptive, deep-kernel, networks, ensemble, nngp."""
        return self._set(method=value)

    def setNegativeSlope(self, value: float) -> Self:
        """Leaky-relu is slope times z where z < 0, from -1 to 1; other activations ignore it."""
        return self._set(negativeSlope=value)

    def setNngpPredictionCol(self, value: str) -> Self:
        """Prediction of the infinitely wide network; empty for none."""
        return self._set(nngpPredictionCol=value)

    def setNoiseVariance(self, value: float) -> Self:
        """Not below 0, in units of the scaled label, squared."""
        return self._set(noiseVariance=value)

    def setOrder(self, value: int) -> Self:
        """1: predictions with the correction of finite width; 0: those of the infinitely wide network alone, which cost next to nothing."""
        return self._set(order=value)

    def setPasses(self, value: int) -> Self:
        """Of method = renormalised: 1 takes the rest about the prior's scale, one contraction for all widths; 2 that of each choice of widths about the scale that its data ask for, one contraction more for each."""
        return self._set(passes=value)

    def setPredictionCol(self, value: str) -> Self:
        """Predicted mean (a vector for several outputs), or class."""
        return self._set(predictionCol=value)

    def setProbabilityCol(self, value: str) -> Self:
        """Probability that a class's code plus noise is the largest, the classes independent Gaussians of predicted means and variances; empty for none."""
        return self._set(probabilityCol=value)

    def setQuantities(self, value: str) -> Self:
        """Which corrections are computed: of the mean only, or of variances and log evidence too; mean, all."""
        return self._set(quantities=value)

    def setRawPredictionCol(self, value: str) -> Self:
        """Predicted mean of each class's code, 1 - 1/C for the class and -1/C for others; empty for none."""
        return self._set(rawPredictionCol=value)

    def setSeed(self, value: int) -> Self:
        """Of the draws of the sampled engine."""
        return self._set(seed=value)

    def setStandardErrorCol(self, value: str) -> Self:
        """Standard error of the mean by the sampled engine, 0 by the exact one; empty for none."""
        return self._set(standardErrorCol=value)

    def setStrict(self, value: bool) -> Self:
        """Whether fit fails where the sampled engine misses its tolerance."""
        return self._set(strict=value)

    def setTolerance(self, value: float) -> Self:
        """Between 0 and 1: sampled, standard error of the mean over NNGP deviation (0.05 if not set); exact, quadrature error (1e-9 if not set)."""
        return self._set(tolerance=value)

    def setVarianceCol(self, value: str) -> Self:
        """Predicted variance of the latent function, correction included, without noise, in the label's units squared; empty for none."""
        return self._set(varianceCol=value)

    def setWeightVariance(self, value: Sequence[float]) -> Self:
        """Prior variance of weights times fan-in; a number above 0, or a list of them: one per hidden layer and one for the output layer."""
        return self._set(weightVariance=value)

    def setWidths(self, value: Sequence[float]) -> Self:
        """Uniform hidden widths, above 0, that the summary reports beside hiddenWidths."""
        return self._set(widths=value)

    def setWithinExpansionCol(self, value: str) -> Self:
        """Whether a row's prediction is to be trusted: first order in 1/width within its expansion, or the exact posterior converged; empty for none."""
        return self._set(withinExpansionCol=value)

    @keyword_only
    def __init__(
        self,
        *,
        activation: str = "relu",
        biasVariance: Sequence[float] = (0.1,),
        chains: int = 8,
        deltaMeanCol: str = "",
        engine: str = "auto",
        ensembleDraws: int = 100000,
        featureScaling: str = "standardize",
        featuresCol: str = "features",
        guards: str = "fixed",
        handleInvalid: str = "error",
        hiddenWidths: Sequence[int] = (128, 128),
        hyperparameters: str = "fixed",
        inducingApproximation: str = "dtc",
        inducingMethod: str = "k-means",
        inducingPoints: int = 0,
        inducingSampleRows: int = 10000,
        inputScales: str = "none",
        keptStates: int = 200,
        labelCol: str = "label",
        maxAnnealing: int = 12000,
        maxDraws: int = 1000000,
        maxIterations: int = 2000,
        maxSeconds: float = 0.0,
        method: str = "first-order",
        negativeSlope: float = 0.01,
        nngpPredictionCol: str = "",
        noiseVariance: float = 0.01,
        order: int = 1,
        passes: int = 1,
        predictionCol: str = "prediction",
        probabilityCol: str = "",
        quantities: str = "all",
        rawPredictionCol: str = "rawPrediction",
        seed: int = 7,
        standardErrorCol: str = "",
        strict: bool = False,
        tolerance: float | None = None,
        varianceCol: str = "",
        weightVariance: Sequence[float] = (2.0,),
        widths: Sequence[float] = (),
        withinExpansionCol: str = "",
    ) -> None:
        super().__init__()
        self._java_obj = self._new_java_obj(self._java_class, self.uid)
        self._setDefault(
            activation="relu",
            biasVariance=[0.1],
            chains=8,
            deltaMeanCol="",
            engine="auto",
            ensembleDraws=100000,
            featureScaling="standardize",
            featuresCol="features",
            guards="fixed",
            handleInvalid="error",
            hiddenWidths=[128, 128],
            hyperparameters="fixed",
            inducingApproximation="dtc",
            inducingMethod="k-means",
            inducingPoints=0,
            inducingSampleRows=10000,
            inputScales="none",
            keptStates=200,
            labelCol="label",
            maxAnnealing=12000,
            maxDraws=1000000,
            maxIterations=2000,
            maxSeconds=0.0,
            method="first-order",
            negativeSlope=0.01,
            nngpPredictionCol="",
            noiseVariance=0.01,
            order=1,
            passes=1,
            predictionCol="prediction",
            probabilityCol="",
            quantities="all",
            rawPredictionCol="rawPrediction",
            seed=7,
            standardErrorCol="",
            strict=False,
            varianceCol="",
            weightVariance=[2.0],
            widths=[],
            withinExpansionCol="",
        )
        self._set(**self._given(self._input_kwargs))

    @keyword_only
    def setParams(
        self,
        *,
        activation: str = "relu",
        biasVariance: Sequence[float] = (0.1,),
        chains: int = 8,
        deltaMeanCol: str = "",
        engine: str = "auto",
        ensembleDraws: int = 100000,
        featureScaling: str = "standardize",
        featuresCol: str = "features",
        guards: str = "fixed",
        handleInvalid: str = "error",
        hiddenWidths: Sequence[int] = (128, 128),
        hyperparameters: str = "fixed",
        inducingApproximation: str = "dtc",
        inducingMethod: str = "k-means",
        inducingPoints: int = 0,
        inducingSampleRows: int = 10000,
        inputScales: str = "none",
        keptStates: int = 200,
        labelCol: str = "label",
        maxAnnealing: int = 12000,
        maxDraws: int = 1000000,
        maxIterations: int = 2000,
        maxSeconds: float = 0.0,
        method: str = "first-order",
        negativeSlope: float = 0.01,
        nngpPredictionCol: str = "",
        noiseVariance: float = 0.01,
        order: int = 1,
        passes: int = 1,
        predictionCol: str = "prediction",
        probabilityCol: str = "",
        quantities: str = "all",
        rawPredictionCol: str = "rawPrediction",
        seed: int = 7,
        standardErrorCol: str = "",
        strict: bool = False,
        tolerance: float | None = None,
        varianceCol: str = "",
        weightVariance: Sequence[float] = (2.0,),
        widths: Sequence[float] = (),
        withinExpansionCol: str = "",
    ) -> Self:
        """Set several Params."""
        return self._set(**self._given(self._input_kwargs))

    _java_class: str
    _java_obj: Any
    _new_java_obj: Any
    _input_kwargs: dict[str, Any]

    @staticmethod
    def _given(keywords: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in keywords.items() if value is not None}
