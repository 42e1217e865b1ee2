package finitewidth.ml;

import finitewidth.data.Classes;
import finitewidth.data.Preprocessing;
import finitewidth.flow.Widths;
import finitewidth.posterior.FittedPosterior;
import java.util.List;
import java.util.Optional;

/**
 * A fitted posterior with all that predicting raw rows needs.
 *
 * @param posterior in preprocessed units
 * @param preprocessing from raw features and back to the targets' units
 * @param widths of the hidden layers
 * @param noiseVariance in preprocessed units
 * @param featureNames columns, in the order of the features
 * @param outputNames target columns or class names
 * @param classes for a classification
 */
public record FiniteWidthModel(
    FittedPosterior posterior,
    Preprocessing preprocessing,
    Widths widths,
    double noiseVariance,
    List<String> featureNames,
    List<String> outputNames,
    Optional<Classes> classes) {}
