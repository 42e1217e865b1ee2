/** What every verb does around its computation: session, estimate, provenance, checkpoint. */
package finitewidth.job.run;
