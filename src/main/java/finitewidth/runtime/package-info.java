/**
 * All that knows Spark core: what is broadcast, which pieces of an engine's work run in which task,
 * how what comes of them gets home, where rows are predicted, and progress on the way.
 *
 * <p>The arithmetic is that of {@code inference} and below, and is only wrapped here; data frames
 * and configuration are for the packages above. May import {@code storage} and what is below it.
 */
package finitewidth.runtime;
