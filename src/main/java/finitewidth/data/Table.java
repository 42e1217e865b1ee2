package finitewidth.data;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * A checked table: every row has been read once and found good.
 *
 * @param name the path as configured, for messages
 * @param columns names of the columns that the features come from, one if it is a vector
 * @param features one name per feature
 * @param targets names of the target columns; empty if the table has none or has labels
 * @param labelled whether rows carry a class
 * @param count number of rows
 * @param incomplete how many of them lack numbers
 * @param idType type of the ids
 * @param carried columns that are carried along
 * @param rows distributed, in no particular order; each row knows its number
 */
record Table(
    String name,
    List<String> columns,
    List<String> features,
    List<String> targets,
    boolean labelled,
    long count,
    long incomplete,
    DataType idType,
    StructType carried,
    JavaRDD<DataRow> rows) {}
