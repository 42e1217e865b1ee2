package finitewidth.runtime;

import java.io.Serializable;

/**
 * A preprocessed training row.
 *
 * @param number in the data, from 0
 * @param inputs n_0
 * @param targets m
 */
public record NumberedRow(long number, double[] inputs, double[] targets) implements Serializable {}
