/** Any activation by quadrature: Hermite series in the correlation, fitted in the variance. */
package finitewidth.gaussian.quadrature;
