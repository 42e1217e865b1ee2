/**
 * Estimators and models of spark.ml, and models at rest: Params, columns, fitting, persistence.
 *
 * <p>On disk metadata are JSON and numbers Parquet, never Java serialisation. Computes nothing:
 * that is {@code runtime}'s and {@code posterior}'s. May import every package below, never {@code
 * report} or {@code job}.
 */
package finitewidth.ml;
