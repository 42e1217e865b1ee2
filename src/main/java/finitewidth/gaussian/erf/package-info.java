/** The error function and GELU, and their four-point moments. */
package finitewidth.gaussian.erf;
