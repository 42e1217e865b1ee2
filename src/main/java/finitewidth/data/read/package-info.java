/**
 * What jobs ask for: training and test rows of a configuration, the held-out split, and blocks of
 * training rows that stay distributed. May import {@code data.table}, {@code data.scale} and {@code
 * data}.
 */
package finitewidth.data.read;
