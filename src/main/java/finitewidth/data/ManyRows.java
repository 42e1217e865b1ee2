package finitewidth.data;

import org.apache.spark.api.java.JavaRDD;

/**
 * The rows to learn from, where they are.
 *
 * @param rows features not yet scaled; each row knows its number in file order
 * @param count how many there are
 * @param end above the largest number
 */
public record ManyRows(JavaRDD<DataRow> rows, long count, long end, TrainingSchema schema) {}
