/** The verb {@code predict}. */
package finitewidth.job.predict;
