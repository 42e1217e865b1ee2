/** Scalers of features and targets, fitted on training rows. May import {@code data}. */
package finitewidth.data.scale;
