/** What a job says while it runs, and where. */
package finitewidth.job.console;
