/**
 * The seam: what a way from a prior and data to a posterior is, whoever computes it.
 *
 * <p>Engines live in the packages beside this file, one each with its mathematics, and do not
 * import each other. Nothing here knows Spark, files or units. May import {@code evidence}, {@code
 * inducing} and what is below them.
 */
package finitewidth.inference;
