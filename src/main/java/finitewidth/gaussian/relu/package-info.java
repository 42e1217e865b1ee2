/** ReLU and leaky ReLU: arc-cosine kernels and four-point moments by orthant probabilities. */
package finitewidth.gaussian.relu;
