/**
 * What rows are: how they and their columns are configured, cells and what they mean, classes, the
 * rows to learn from and to predict, and the moments of their columns.
 *
 * <p>Knows no kernel, network or output, and no file: {@code data.table} opens those, {@code
 * data.scale} scales what was read, and {@code data.read} is what jobs ask. Every mistake in a file
 * is a {@link finitewidth.data.DataException} that names file, row and column. May import {@code
 * runtime} and what is below it.
 */
package finitewidth.data;
