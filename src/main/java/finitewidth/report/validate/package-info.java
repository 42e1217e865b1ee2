/** The page of a {@code validate} job. */
package finitewidth.report.validate;
