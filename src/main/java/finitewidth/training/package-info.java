/**
 * From many preprocessed training rows to inducing points that stand for them.
 *
 * <p>May import {@code data}, {@code runtime} and what is below them.
 */
package finitewidth.training;
