/**
 * Many rows by inducing points (THEORY section 5): the values f_u of the function at u points Z
 * stand for all of it, and the training rows enter through sums over W = K_fu K_uu⁻¹ alone,
 * gathered in one pass.
 *
 * <p>What follows, by whatever engine, is the work on u points whose noise is a matrix. Knows
 * nothing of Spark, files or units. May import {@code posterior} and what is below it.
 */
package finitewidth.inducing;
