/** From configured training data to what is conditioned on. */
package finitewidth.job.train;
