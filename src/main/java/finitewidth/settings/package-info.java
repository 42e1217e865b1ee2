/**
 * The settings of the job and of spark.ml: one table, and sentences that name them as whoever tells
 * the sentence calls them. Knows nothing of the rest.
 */
package finitewidth.settings;
