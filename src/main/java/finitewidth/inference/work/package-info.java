/**
 * Work that is done piece by piece: where its pieces run, on threads or elsewhere; what is kept of
 * it for a rerun, its fingerprint, and how far it is.
 *
 * <p>Pure Java: executors, and the file system on which pieces are kept, are {@code runtime}'s
 * business. Imports nothing else of this project but {@code linalg}.
 */
package finitewidth.inference.work;
