/** The registry of activations by name. */
package finitewidth.gaussian.activations;
