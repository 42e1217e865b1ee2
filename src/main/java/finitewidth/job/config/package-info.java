/** Configuration: keys, their values, and records of them, checked once before Spark starts. */
package finitewidth.job.config;
