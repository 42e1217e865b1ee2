package finitewidth.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * A Parquet file of tensors that is in memory. Parquet's own reader of files needs Hadoop; its
 * decoders of pages do not.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/">the format</a>
 */
final class TensorFile {
  /** What a file begins and ends with. */
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

  /** Length of the footer and magic. */
  private static final int TAIL = Integer.BYTES + MAGIC.length;

  private TensorFile() {}

  /**
   * Reads all rows.
   *
   * @throws ModelException if it is no Parquet file, or has a row that does not belong there
   */
  static void read(byte[] file, TensorRows rows) throws IOException {
    FileMetaData footer = footer(file);
    MessageType schema = schema(footer.getSchema());
    MessageColumnIO columns = new ColumnIOFactory(footer.getCreated_by()).getColumnIO(schema);
    for (RowGroup group : footer.getRow_groups()) {
      RecordReader<Group> reader =
          columns.getRecordReader(
              new TensorPages(file, schema, group), new GroupRecordConverter(schema));
      for (long k = 0; k < group.getNum_rows(); k++) {
        Group row = reader.read();
        rows.add(row.getString("tensor", 0), row.getInteger("row", 0), row.getGroup("values", 0));
      }
    }
  }

  private static FileMetaData footer(byte[] file) throws IOException {
    int end = file.length - TAIL;
    if (end < MAGIC.length
        || !Arrays.equals(file, file.length - MAGIC.length, file.length, MAGIC, 0, MAGIC.length)) {
      throw new ModelException("a file of tensors is no Parquet");
    }
    int length = ByteBuffer.wrap(file, end, Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (length <= 0 || length > end - MAGIC.length) {
      throw new ModelException("a file of tensors has no footer");
    }
    return Util.readFileMetaData(new ByteArrayInputStream(file, end - length, length));
  }

  private static MessageType schema(List<SchemaElement> elements) {
    Iterator<SchemaElement> depthFirst = elements.iterator();
    SchemaElement root = depthFirst.next();
    return new MessageType(root.getName(), children(root, depthFirst));
  }

  private static Type[] children(SchemaElement parent, Iterator<SchemaElement> depthFirst) {
    Type[] children = new Type[parent.getNum_children()];
    for (int k = 0; k < children.length; k++) {
      SchemaElement child = depthFirst.next();
      Type.Repetition repetition = Type.Repetition.valueOf(child.getRepetition_type().name());
      children[k] =
          child.isSetType()
              ? new PrimitiveType(repetition, primitive(child), child.getName())
              : new GroupType(repetition, child.getName(), children(child, depthFirst));
    }
    return children;
  }

  private static PrimitiveTypeName primitive(SchemaElement column) {
    return switch (column.getType()) {
      case DOUBLE -> PrimitiveTypeName.DOUBLE;
      case INT32 -> PrimitiveTypeName.INT32;
      case BYTE_ARRAY -> PrimitiveTypeName.BINARY;
      case BOOLEAN, INT64, INT96, FLOAT, FIXED_LEN_BYTE_ARRAY ->
          throw new ModelException("column " + column.getName() + " has no type of tensors");
    };
  }
}
