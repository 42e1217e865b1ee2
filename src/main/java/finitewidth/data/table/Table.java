package finitewidth.data.table;

import finitewidth.data.DataException;
import finitewidth.data.DataRow;
import finitewidth.data.IdType;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
 * @param end above the largest number of a row
 * @param incomplete how many of them lack numbers
 * @param idType type of the ids
 * @param labelType type that holds all labels
 * @param carried columns that are carried along
 * @param warnings what the user should know of it
 * @param rows distributed, in no particular order; each row knows its number
 */
public record Table(
    String name,
    List<String> columns,
    List<String> features,
    List<String> targets,
    boolean labelled,
    long count,
    long end,
    long incomplete,
    DataType idType,
    IdType labelType,
    StructType carried,
    List<String> warnings,
    JavaRDD<DataRow> rows) {

  /**
   * The same without rows that lack something.
   *
   * @throws DataException if none is left
   */
  public Table whole() {
    if (incomplete == 0) {
      return this;
    }
    String lacking = incomplete + " of " + count + (count == 1 ? " row" : " rows");
    if (incomplete == count) {
      throw new DataException(
          name + ": " + lacking + " lack a value, so data.handle-invalid = skip leaves none");
    }
    return with(
        columns,
        features,
        count - incomplete,
        0,
        name + ": " + lacking + " that lacked a value left out (data.handle-invalid = skip)",
        rows.filter(DataRow::isComplete));
  }

  /** The same without features that turned out to number the rows. */
  public Table without(Set<Integer> indices) {
    if (indices.isEmpty()) {
      return this;
    }
    int[] kept = IntStream.range(0, features.size()).filter(j -> !indices.contains(j)).toArray();
    List<String> names = Arrays.stream(kept).mapToObj(features::get).toList();
    return with(
        names,
        names,
        count,
        incomplete,
        RowIndices.warning(name, indices.stream().sorted().map(features::get).toList()),
        rows.map(
            row ->
                row.isComplete()
                    ? row.withFeatures(
                        Arrays.stream(kept).mapToDouble(j -> row.features()[j]).toArray())
                    : row));
  }

  private Table with(
      List<String> otherColumns,
      List<String> otherFeatures,
      long otherCount,
      long otherIncomplete,
      String warning,
      JavaRDD<DataRow> otherRows) {
    return new Table(
        name,
        otherColumns,
        otherFeatures,
        targets,
        labelled,
        otherCount,
        end,
        otherIncomplete,
        idType,
        labelType,
        carried,
        Stream.concat(warnings.stream(), Stream.of(warning)).toList(),
        otherRows);
  }
}
