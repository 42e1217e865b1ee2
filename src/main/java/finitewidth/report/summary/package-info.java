/**
 * What people and scripts read after a job: the JSON summary.
 *
 * <p>Formats numbers and computes none; knows no Spark session and no file system. May import every
 * package below {@code report}, never {@code job}.
 */
package finitewidth.report.summary;
