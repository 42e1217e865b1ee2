/**
 * Models at rest and in spark.ml's hands: what a fit leaves behind and how it is read back.
 *
 * <p>Metadata as JSON, numbers as Parquet, never Java serialisation. Computes nothing: that is
 * {@code spark}'s and {@code posterior}'s. May import every package below, never {@code report} or
 * {@code job}.
 */
package finitewidth.ml;
