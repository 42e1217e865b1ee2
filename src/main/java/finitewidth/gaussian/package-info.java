/**
 * Activations and their Gaussian expectations: ⟨σ²⟩, ⟨σσ⟩ with its first and second derivatives in
 * the kernel, and the four-point moments ⟨σσσσ⟩ (docs/theory.md#gaussian-expectations). One file
 * per activation family; activations of which only σ is known are all of one, {@link
 * finitewidth.gaussian.quadrature.QuadratureActivation}, with fourth moments of pairs only.
 *
 * <p>Knows one layer's kernel and nothing of layers, widths, posteriors or Spark. May import {@code
 * linalg} only.
 */
package finitewidth.gaussian;
