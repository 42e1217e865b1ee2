package finitewidth.data.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.Type;

/** Writes Parquet files with columns that Spark itself does not write. */
final class OddParquet {
  private OddParquet() {}

  /** One row of numbers. */
  static void write(Path file, String columns, double... row) throws IOException {
    write(file, columns, List.<Object[]>of(DoubleStream.of(row).boxed().toArray()));
  }

  /**
   * Rows.
   *
   * @param columns as {@code double x; int64 t (TIMESTAMP(NANOS,true));}, all of them optional
   * @param rows numbers, byte arrays for bytes, null for what is missing or has no value of its own
   */
  static void write(Path file, String columns, List<Object[]> rows) throws IOException {
    String optional = columns.replaceAll("(^|;)\\s*(?=\\w)", "$1 optional ");
    MessageType schema = MessageTypeParser.parseMessageType("message m {" + optional + "}");
    SimpleGroupFactory groups = new SimpleGroupFactory(schema);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file)).withType(schema).build()) {
      for (Object[] row : rows) {
        Group group = groups.newGroup();
        for (int i = 0; i < row.length; i++) {
          add(group, schema.getType(i), i, row[i]);
        }
        writer.write(group);
      }
    }
  }

  private static void add(Group group, Type type, int column, Object cell) {
    if (cell instanceof byte[] bytes) {
      group.add(column, Binary.fromConstantByteArray(bytes));
    } else if (cell instanceof Number number) {
      switch (type.asPrimitiveType().getPrimitiveTypeName()) {
        case DOUBLE -> group.add(column, number.doubleValue());
        case FLOAT -> group.add(column, number.floatValue());
        case INT32 -> group.add(column, number.intValue());
        case INT64 -> group.add(column, number.longValue());
        default -> throw new IllegalArgumentException(type.toString());
      }
    }
  }
}
