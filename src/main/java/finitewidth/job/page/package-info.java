/** Gathers what the page of a fit shows. */
package finitewidth.job.page;
