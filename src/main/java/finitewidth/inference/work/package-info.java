/**
 * Work that is done piece by piece: what is kept of it for a rerun, its fingerprint, and how far it
 * is.
 *
 * <p>Pure Java: where pieces run, and on which file system they are kept, is {@code runtime}'s
 * business. Imports nothing else of this project but {@code linalg}.
 */
package finitewidth.inference.work;
