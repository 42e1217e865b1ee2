package finitewidth.data;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a Parquet file, each on its own: one whose type Spark does not read is in nobody's
 * way until it is used.
 *
 * @param columns by name, in the order of the file; an empty one is of a type that is not read
 */
record ParquetSchema(ParquetFile file, Map<String, Optional<StructField>> columns) {
  /** Where Spark keeps its own schema, with types that Parquet has not, such as vectors. */
  private static final String SPARK = "org.apache.spark.sql.parquet.row.metadata";

  private static final Set<String> OPTIONAL = Set.of("data.features", TextTables.CARRIED);

  static ParquetSchema of(SparkSession spark, ParquetFile file) {
    ParquetToSparkSchemaConverter converter =
        new ParquetToSparkSchemaConverter(spark.sessionState().conf());
    Map<String, StructField> own = own(file);
    Map<String, Optional<StructField>> columns = new LinkedHashMap<>();
    for (Type column : file.footer().getSchema().getFields()) {
      Optional<StructField> field =
          own.containsKey(column.getName())
              ? Optional.of(own.get(column.getName()))
              : converted(converter, column);
      if (columns.put(column.getName(), field) != null) {
        throw new DataException(
            file.shown() + " has two columns named \"" + column.getName() + "\"");
      }
    }
    if (columns.isEmpty()) {
      throw new DataException(file.shown() + " has no columns");
    }
    return new ParquetSchema(file, columns);
  }

  private static Map<String, StructField> own(ParquetFile file) {
    String json = file.footer().getKeyValueMetaData().get(SPARK);
    Map<String, StructField> fields = new HashMap<>();
    if (json == null) {
      return fields;
    }
    try {
      for (StructField field : ((StructType) DataType.fromJson(json)).fields()) {
        fields.put(field.name(), field);
      }
      return fields;
    } catch (RuntimeException e) {
      // Of a newer Spark, or with types that are not on the class path: Parquet's own will do.
      return new HashMap<>();
    }
  }

  private static Optional<StructField> converted(
      ParquetToSparkSchemaConverter converter, Type column) {
    try {
      StructType one = converter.convert(new MessageType("column", column));
      return Optional.of(one.fields()[0]);
    } catch (Exception e) { // Spark's own, some of them checked and not declared
      return Optional.empty();
    }
  }

  List<String> names() {
    return List.copyOf(columns.keySet());
  }

  /**
   * A column that is used.
   *
   * @param index in the order of the file
   * @param key that asks for it
   * @throws DataException if its type is not read
   */
  StructField column(int index, String key) {
    String name = names().get(index);
    return columns
        .get(name)
        .orElseThrow(
            () ->
                new DataException(
                    file.shown()
                        + ": column \""
                        + name
                        + "\" ("
                        + key
                        + ") is of type "
                        + typeName(name)
                        + ", which Spark does not read; "
                        + cure(name)
                        + (OPTIONAL.contains(key) ? ", or leave it out of " + key : "")));
  }

  private Type type(String name) {
    return file.footer().getSchema().getType(name);
  }

  /** As Parquet calls it. */
  private String typeName(String name) {
    Type type = type(name);
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    String physical =
        type.isPrimitive() ? type.asPrimitiveType().getPrimitiveTypeName() + "" : "group";
    return logical == null ? physical : physical + " (" + logical + ")";
  }

  private String cure(String name) {
    LogicalTypeAnnotation logical = type(name).getLogicalTypeAnnotation();
    boolean nanos =
        logical instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation stamp
            && stamp.getUnit() == TimeUnit.NANOS;
    return nanos
        ? "write it in microseconds (pandas: to_parquet with coerce_timestamps=\"us\")"
        : "write it as another type, such as double or string";
  }
}
