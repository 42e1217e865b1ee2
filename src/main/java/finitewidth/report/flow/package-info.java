/** The page of a {@code flow} job. */
package finitewidth.report.flow;
