/**
 * What a job will cost before it is begun: what engines say of themselves, what comes before and
 * beside them, and whether the memory that is there suffices.
 *
 * <p>Everything follows from shapes and counts, by arithmetic alone: nothing here reads rows or
 * computes with them. Configuration is for the package above.
 */
package finitewidth.sizing;
