/**
 * Saved models: all that predicting needs later, as JSON metadata and Parquet tensors, never Java
 * serialisation.
 *
 * <p>The metadata are read without trust, and name the SHA-256 of every file of tensors: only files
 * that have it are read. May import {@code data} and what is below it.
 */
package finitewidth.model;
