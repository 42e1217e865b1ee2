/**
 * What the dense library lacks: a row-major matrix, matrix products and Cholesky over the loaded
 * BLAS and LAPACK, log determinants, and errors that name the row at fault.
 *
 * <p>May not know of kernels, networks or Spark. Imports nothing else of this project.
 */
package finitewidth.linalg;
