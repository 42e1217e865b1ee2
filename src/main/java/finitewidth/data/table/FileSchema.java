package finitewidth.data.table;

import finitewidth.data.DataException;
import finitewidth.data.FileOptions;
import finitewidth.data.table.Layout.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a file, or of some that are alike, each on its own: one whose type Spark does not
 * read is in nobody's way until it is used.
 *
 * @param shown the file, for messages
 * @param columns in the order of the file
 */
record FileSchema(String shown, List<Column> columns, List<FileStatus> files) {
  /** Where Spark keeps its own schema in Parquet, with types that Parquet has not. */
  private static final String SPARK = "org.apache.spark.sql.parquet.row.metadata";

  /**
   * A column.
   *
   * @param field as Spark reads it; empty if it does not
   * @param refusal then: its type, and what to do
   */
  record Column(String name, Optional<StructField> field, String refusal) {}

  FileSchema {
    Set<String> seen = new HashSet<>();
    for (Column column : columns) {
      // Columns without a name are nobody's, and may be many.
      if (!seen.add(column.name()) && !column.name().isEmpty()) {
        throw new DataException(shown + " has two columns named \"" + column.name() + "\"");
      }
    }
    if (columns.isEmpty()) {
      throw new DataException(shown + " has no columns");
    }
  }

  /** Columns of text. */
  static FileSchema ofText(String shown, List<String> names, List<FileStatus> files) {
    return new FileSchema(
        shown, names.stream().map(name -> column(name, DataTypes.StringType)).toList(), files);
  }

  /** Columns as Spark knows them. */
  static FileSchema of(String shown, StructType schema, List<FileStatus> files) {
    return new FileSchema(
        shown,
        Stream.of(schema.fields())
            .filter(field -> !field.name().equals(FileOptions.CORRUPT))
            .map(field -> column(field.name(), field.dataType()))
            .toList(),
        files);
  }

  private static Column column(String name, DataType type) {
    return new Column(name, Optional.of(DataTypes.createStructField(name, type, true)), "");
  }

  /** Columns of a Parquet file. */
  static FileSchema ofParquet(SparkSession spark, ParquetFile file) {
    ParquetToSparkSchemaConverter converter =
        new ParquetToSparkSchemaConverter(spark.sessionState().conf());
    Map<String, DataType> own = own(file);
    List<Column> columns = new ArrayList<>();
    for (Type type : file.footer().getSchema().getFields()) {
      String name = type.getName();
      Optional<DataType> read =
          own.containsKey(name) ? Optional.of(own.get(name)) : converted(converter, type);
      columns.add(
          read.isPresent()
              ? column(name, read.get())
              : new Column(
                  name,
                  Optional.empty(),
                  " is of type " + name(type) + ", which Spark does not read; " + cure(type)));
    }
    return new FileSchema(file.shown(), columns, List.of(file.status()));
  }

  private static Map<String, DataType> own(ParquetFile file) {
    String json = file.footer().getKeyValueMetaData().get(SPARK);
    Map<String, DataType> types = new HashMap<>();
    if (json == null) {
      return types;
    }
    try {
      for (StructField field : ((StructType) DataType.fromJson(json)).fields()) {
        types.put(field.name(), field.dataType());
      }
      return types;
    } catch (RuntimeException e) {
      // Of a newer Spark, or with types that are not on the class path: Parquet's own will do.
      return new HashMap<>();
    }
  }

  private static Optional<DataType> converted(ParquetToSparkSchemaConverter converter, Type type) {
    try {
      return Optional.of(converter.convert(new MessageType("one", type)).fields()[0].dataType());
    } catch (Exception e) { // Spark's own, some of them checked and not declared
      return Optional.empty();
    }
  }

  /** As Parquet calls it. */
  private static String name(Type type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    String physical =
        type.isPrimitive() ? type.asPrimitiveType().getPrimitiveTypeName() + "" : "group";
    return logical == null ? physical : physical + " (" + logical + ")";
  }

  private static String cure(Type type) {
    boolean nanos =
        type.getLogicalTypeAnnotation()
                instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation stamp
            && stamp.getUnit() == TimeUnit.NANOS;
    return nanos
        ? "write it in microseconds (pandas: to_parquet with coerce_timestamps=\"us\")"
        : "write it as another type, such as double or string";
  }

  List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /**
   * A column that is used.
   *
   * @param index in the order of the file
   * @throws DataException if its type is not read
   */
  StructField column(int index, Role role) {
    Column column = columns.get(index);
    if (column.field().isPresent()) {
      return column.field().get();
    }
    boolean optional = role == Role.FEATURE || role == Role.CARRIED;
    throw new DataException(
        "%s: column \"%s\" (%s)%s%s"
            .formatted(
                shown,
                column.name(),
                role.key,
                column.refusal(),
                optional ? ", or leave it out of " + role.key : ""));
  }
}
