/**
 * Activations and their Gaussian expectations: ⟨σ²⟩, ⟨σσ⟩ with its first and second derivatives in
 * the kernel, and the four-point moments ⟨σσσσ⟩ (THEORY section 3). One file per activation family.
 *
 * <p>Knows one layer's kernel and nothing of layers, widths, posteriors or Spark. May import {@code
 * linalg} only.
 */
package finitewidth.gaussian;
