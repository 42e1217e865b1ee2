/**
 * Saved models: all that predicting needs later, as JSON metadata and Parquet tensors, never Java
 * serialisation.
 *
 * <p>Read without trust: what a file claims is checked before memory is asked for. May import
 * {@code data} and what is below it.
 */
package finitewidth.model;
