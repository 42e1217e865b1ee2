package finitewidth.data;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.types.DataType;

/**
 * The rows to predict; they stay distributed.
 *
 * @param rows features in the order of the training features, not yet scaled
 * @param count number of rows
 * @param idType type of the ids
 * @param scored whether rows carry targets or labels to score against
 */
public record TestSet(JavaRDD<DataRow> rows, long count, DataType idType, boolean scored) {}
