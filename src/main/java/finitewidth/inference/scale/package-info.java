/**
 * The scale of an output kernel, integrated (docs/theory.md#renormalised-first-order): its
 * posterior, the basis in which it is a number for each coordinate, what it contributes to first
 * order, and the guards of what it leaves. Engines that integrate it stand on this.
 */
package finitewidth.inference.scale;
