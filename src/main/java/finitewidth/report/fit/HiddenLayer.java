package finitewidth.report.fit;

/**
 * The kernel that a hidden layer makes of training rows, sorted as in {@link HiddenKernels}.
 *
 * @param layer from 1
 * @param nngp K, size × size
 * @param posteriorShift what the targets add to K and the prior's shift, to first order in 1/width
 */
public record HiddenLayer(int layer, double[] nngp, double[] posteriorShift) {}
