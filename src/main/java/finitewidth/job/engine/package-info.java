/** Fits by the engine that the configuration asks for. */
package finitewidth.job.engine;
