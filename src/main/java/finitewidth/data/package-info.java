/**
 * Tables on their way in: readers for csv, csv.gz, parquet and libsvm with exact row numbers, the
 * held-out split, class labels, and the scalers fitted on training rows.
 *
 * <p>Knows no kernel, network or output. Every mistake in a file is a {@link
 * finitewidth.data.DataException} that names file, row and column. May import {@code runtime} and
 * what is below it.
 */
package finitewidth.data;
