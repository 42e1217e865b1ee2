/**
 * Posteriors beside the exact one: how far they are from it, by moments whose noise is known, and
 * what may be said of that. Which way has led to the exact posterior does not matter here.
 */
package finitewidth.inference.comparison;
