/** Test rows with their predictions: scores and the columns of results. */
package finitewidth.job.score;
