/** Activations whose expectations are elementary: linear, quadratic, sin, cos. */
package finitewidth.gaussian.closed;
