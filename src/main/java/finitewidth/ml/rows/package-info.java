/** Rows of data frames on their way in and predictions on their way out. */
package finitewidth.ml.rows;
