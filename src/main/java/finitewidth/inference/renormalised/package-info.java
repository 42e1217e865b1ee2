/**
 * First order with the scale of the output kernel integrated exactly
 * (docs/theory.md#renormalised-first-order).
 *
 * <p>It stands on a posterior to first order, whichever engine has made it: {@link
 * finitewidth.inference.FirstOrder} is what it asks of that one.
 */
package finitewidth.inference.renormalised;
