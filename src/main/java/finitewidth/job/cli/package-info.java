/** The command line around the verbs: help, signals, exit codes and why a job failed. */
package finitewidth.job.cli;
