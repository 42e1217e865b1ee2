package finitewidth.data;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * The rows to predict; they stay distributed.
 *
 * @param rows features in the order of the training features, not yet scaled
 * @param count number of rows
 * @param incomplete how many rows lacked numbers, whether or not they are among these
 * @param idType type of the ids
 * @param carried columns that are carried along
 * @param scored whether rows carry targets or labels to score against
 */
public record TestSet(
    JavaRDD<DataRow> rows,
    long count,
    long incomplete,
    DataType idType,
    StructType carried,
    boolean scored) {}
