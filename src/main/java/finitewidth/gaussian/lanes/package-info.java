/** Shared by loops over vectors of moments: arc tangents, nodes, orthant probabilities. */
package finitewidth.gaussian.lanes;
