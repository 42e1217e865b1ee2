package finitewidth.evidence;

import finitewidth.inducing.Approximation;
import finitewidth.inducing.TrainingPasses;
import finitewidth.linalg.Matrix;

/**
 * Training rows as inducing points see them.
 *
 * @param inducing Z, u × n_0, preprocessed as the rows are and fixed; scales of features act on
 *     both
 * @param approximation {@code DTC}: its variational lower bound is what counts, as its own evidence
 *     does not see what the points leave open; {@code FITC}: its log evidence
 * @param passes over all rows
 */
public record ProjectedRows(Matrix inducing, Approximation approximation, TrainingPasses passes) {}
