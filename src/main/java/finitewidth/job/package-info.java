/**
 * The edge of the job: command line, configuration (parsed and validated once, before Spark
 * starts), one class per verb, the result directory and exit codes.
 *
 * <p>May import every other package; none may import it. No mathematics: a verb reads as one
 * sentence of calls to the packages below.
 */
package finitewidth.job;
