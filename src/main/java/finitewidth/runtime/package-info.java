/**
 * All that knows Spark core: what is broadcast, which leaves run in which partition, how their sums
 * come home in a fixed order, and progress on the way.
 *
 * <p>The arithmetic is {@code contraction}'s and {@code posterior}'s and is only wrapped here;
 * files, data frames and configuration are for the packages above.
 */
package finitewidth.runtime;
