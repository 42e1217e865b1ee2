package finitewidth.data.table;

import finitewidth.data.DataException;
import finitewidth.data.DataRow;
import finitewidth.data.FileFormat;
import finitewidth.data.FileOptions;
import finitewidth.data.IdType;
import finitewidth.data.table.ReadRow.Piece;
import finitewidth.data.table.RowChunk.Parsed;
import finitewidth.data.table.RowChunk.Part;
import finitewidth.runtime.Parcels;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Where pieces of files stand in the order of rows. Many tasks read them, and yet rows are numbered
 * as they stand in the files: those of a piece come in their order.
 *
 * @param given as configured, for rows of tables
 * @param count rows in all files
 * @param incomplete how many of them lack numbers
 * @param width how many features a row has
 * @param types those that hold all ids, all labels, and all cells of each column carried along,
 *     where cells are texts
 */
record RowNumbers(
    String given,
    FileFormat format,
    RowCells cells,
    long count,
    long incomplete,
    int width,
    List<IdType> types,
    Map<Piece, Origin> origins)
    implements Serializable {

  /** Rows before a piece: of all files, and of its own. */
  record Origin(long row, long fileRow) implements Serializable {}

  /**
   * Looks at all rows, which are read and checked by that.
   *
   * @throws DataException naming the first bad row
   */
  static RowNumbers of(JavaRDD<RowChunk> chunks, String given, FileFormat format, RowCells cells) {
    List<Part> parts = new ArrayList<>(Parcels.collect(chunks.map(RowChunk::part)));
    parts.sort(
        Comparator.comparing((Part part) -> part.piece().path())
            .thenComparing(part -> part.piece().start())
            .thenComparing(Part::first));
    List<IdType> types =
        new ArrayList<>(Collections.nCopies(RowChunk.CARRIED + cells.carried(), IdType.NONE));
    Map<Piece, Origin> origins = new HashMap<>();
    long row = 0;
    long file = 0;
    long incomplete = 0;
    int widest = 0;
    String path = "";
    for (Part part : parts) {
      if (!part.piece().path().equals(path)) {
        path = part.piece().path();
        file = row;
      }
      if (part.fault() != null) {
        throw refuse(given, format, cells, path, row - file + part.rows(), part.fault());
      }
      origins.putIfAbsent(part.piece(), new Origin(row, row - file));
      row += part.rows();
      incomplete += part.incomplete();
      widest = Math.max(widest, part.features());
      for (int k = 0; k < types.size(); k++) {
        types.set(k, RowChunk.joined(k, types.get(k), part.types().get(k)));
      }
    }
    int width = cells.width() == RowCells.UNKNOWN ? widest : cells.width();
    return new RowNumbers(given, format, cells, row, incomplete, width, types, origins);
  }

  /**
   * The refusal of a row.
   *
   * @param path of its file; "" for a table
   * @param row counted from 0 in its file
   */
  private static DataException refuse(
      String given, FileFormat format, RowCells cells, String path, long row, String what) {
    if (path.isEmpty()) {
      return new DataException(given + ", row " + row + " in the order of its values: " + what);
    }
    FileOptions options = cells.rules().reading().options();
    // Of json, the text of a record may be a line, or many.
    if (!format.isText() && (!format.equals(FileFormat.JSON) || options.multiLine())) {
      return new DataException(DataFiles.shown(path) + ", row " + row + ": " + what);
    }
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf());
    return new TextFile(hadoop, new Path(path), format, options).refuse(row, what);
  }

  /** The type of all ids. */
  DataType id() {
    return types.get(0).sql();
  }

  /** The type of all labels. */
  IdType label() {
    return types.get(1);
  }

  /** The types of columns that are carried along. */
  StructType carried(List<String> names) {
    StructType schema = new StructType();
    for (int k = 0; k < names.size(); k++) {
      schema = schema.add(names.get(k), types.get(RowChunk.CARRIED + k).sql(), true);
    }
    return schema;
  }

  /**
   * The rows of a chunk with their numbers.
   *
   * @throws DataException naming a row that has turned bad, where a chunk was lost and read again
   */
  Iterator<DataRow> rows(RowChunk chunk) {
    Part part = chunk.part();
    Origin origin = origins.getOrDefault(part.piece(), new Origin(0, 0));
    if (part.fault() != null) {
      long row = origin.fileRow() + part.first() + part.rows();
      throw refuse(given, format, cells, part.piece().path(), row, part.fault());
    }
    List<Parsed> rows = chunk.rows(width, cells.targets());
    return IntStream.range(0, rows.size())
        .mapToObj(i -> row(rows.get(i), origin.row() + part.first() + i))
        .iterator();
  }

  private DataRow row(Parsed row, long number) {
    Object[] carried = new Object[cells.carried()];
    for (int k = 0; k < carried.length; k++) {
      carried[k] = value(RowChunk.CARRIED + k, row.others()[RowChunk.CARRIED + k]);
    }
    return new DataRow(
        number,
        cells.hasId() ? id(row.others()[0]) : Long.valueOf(number),
        row.features() == null ? new double[0] : row.features(),
        row.targets(),
        (String) row.others()[1],
        carried);
  }

  /** A row without id is left out later, and needs none. */
  private Object id(Object cell) {
    return Objects.requireNonNullElse(value(0, cell), cell);
  }

  private @Nullable Object value(int k, Object cell) {
    if ("".equals(cell)) {
      return null;
    }
    return cells.texts() && cell instanceof String text ? types.get(k).value(text) : cell;
  }
}
