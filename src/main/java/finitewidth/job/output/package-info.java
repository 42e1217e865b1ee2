/** The result directory: what may be replaced, locks, drafts, and the files in it. */
package finitewidth.job.output;
