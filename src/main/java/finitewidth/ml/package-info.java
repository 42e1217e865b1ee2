/**
 * Estimators and models of spark.ml: Params, columns, fitting, saving and loading.
 *
 * <p>What is saved is {@code model}'s. Computes nothing: that is for {@code inference} and below.
 * May import every package below, never {@code sizing}, {@code report} or {@code job}.
 */
package finitewidth.ml;
