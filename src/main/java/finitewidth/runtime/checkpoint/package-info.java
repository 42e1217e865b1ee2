/**
 * Finished work that survives a job: kept piece by piece under a fingerprint of all that decides
 * it, on any Hadoop file system, and taken up again by a rerun.
 *
 * <p>What a piece is and how it is written as bytes is said by whoever does the work, see {@link
 * finitewidth.inference.work.Work}: the driver keeps its pieces. Rows are kept by the tasks that
 * predict them, see {@link finitewidth.runtime.checkpoint.TaskFiles}. Nothing is read by Java's
 * deserialisation.
 */
package finitewidth.runtime.checkpoint;
