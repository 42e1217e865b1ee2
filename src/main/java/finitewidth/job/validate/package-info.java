/** The verb {@code validate}. */
package finitewidth.job.validate;
