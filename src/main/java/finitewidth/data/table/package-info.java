/**
 * Tables on their way in: Spark reads files of every format and tables of its catalog, {@code
 * Tables} maps their columns to features, targets, labels and ids, every row is checked and packed
 * once into a {@code RowChunk}, and {@code RowNumbers} gives rows exact numbers. What stands in
 * headers and footers, and at which line something is wrong, is looked up beside Spark. May import
 * {@code data}.
 */
package finitewidth.data.table;
