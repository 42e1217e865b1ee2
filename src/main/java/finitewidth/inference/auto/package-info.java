/**
 * Which engines there are, and the choice among them.
 *
 * <p>The only place that knows all engines: one more is one more line in {@link
 * finitewidth.inference.auto.Engines}.
 */
package finitewidth.inference.auto;
