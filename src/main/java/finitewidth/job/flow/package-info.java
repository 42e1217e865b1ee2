/** The verb {@code flow}. */
package finitewidth.job.flow;
