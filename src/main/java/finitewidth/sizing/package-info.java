/**
 * What a job will cost before it is begun: moments, draws, seconds, heaps of driver and executors,
 * bytes moved; and whether the memory that is there can suffice.
 *
 * <p>Everything follows from shapes and counts, by arithmetic alone: nothing here reads rows or
 * computes with them. Configuration and what is said to the user are for the package above.
 */
package finitewidth.sizing;
