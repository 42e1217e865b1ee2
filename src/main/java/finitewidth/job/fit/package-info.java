/** The verb {@code fit}. */
package finitewidth.job.fit;
