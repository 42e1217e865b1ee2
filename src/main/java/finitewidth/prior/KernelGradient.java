package finitewidth.prior;

import finitewidth.linalg.Matrix;

/**
 * The derivatives of a number in what fixes the NNGP kernel, see {@link KernelFlow#gradient}.
 *
 * @param biasVariance in C_b of layers 0 … H
 * @param weightVariance in C_W of layers 0 … H
 * @param inputKernel in the elements of the first layer's kernel K¹, N × N, symmetric
 */
public record KernelGradient(double[] biasVariance, double[] weightVariance, Matrix inputKernel) {}
