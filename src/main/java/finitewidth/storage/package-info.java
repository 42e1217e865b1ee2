/**
 * What lies where, on any Hadoop file system: kinds of files, where links lead, what a directory
 * holds; and why storage fails, in words.
 */
package finitewidth.storage;
