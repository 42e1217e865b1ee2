package finitewidth.data.table;

import finitewidth.data.BadRow;
import finitewidth.data.DataRow;
import finitewidth.data.IdType;
import finitewidth.data.RowFault;
import finitewidth.runtime.Parcels;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Where pieces of files stand in the order of rows. Many tasks read them, and yet rows are numbered
 * as they stand in the files: those of a piece come in their order.
 *
 * <p>A first pass checks every row and counts rows per piece, so that faults are named exactly and
 * before anything is computed; the rows themselves stay distributed.
 *
 * @param count rows in all files
 * @param incomplete how many of them lack numbers
 * @param types those that hold all ids, all labels, and all cells of each column carried along,
 *     where cells are texts
 */
record RowNumbers(
    RowReader reader,
    long count,
    long incomplete,
    List<IdType> types,
    Map<ReadRow.Piece, Origin> origins)
    implements Serializable {
  /** Where the types of carried columns begin, behind those of ids and labels. */
  private static final int CARRIED = 2;

  /** Rows before a piece: of all files, and of its own. */
  record Origin(long row, long fileRow) implements Serializable {}

  /**
   * What one task found in a piece.
   *
   * @param rows before the fault, or all of them
   * @param incomplete how many of them lack numbers
   */
  private record Part(
      ReadRow.Piece piece, long rows, long incomplete, List<IdType> types, RowFault fault)
      implements Serializable {}

  /**
   * Checks and counts all rows.
   *
   * @throws DataException naming the first bad row
   */
  static RowNumbers of(JavaRDD<ReadRow> rows, RowReader reader) {
    List<Part> parts =
        new ArrayList<>(
            Parcels.collect(rows.mapPartitions(piece -> parts(piece, reader).iterator())));
    // In the order of names, not of URIs.
    parts.sort(
        Comparator.comparing((Part part) -> RowReader.path(part.piece().uri()).toString())
            .thenComparing(part -> part.piece().start()));
    Map<ReadRow.Piece, Origin> origins = new HashMap<>();
    List<IdType> types = none(reader);
    long incomplete = 0;
    String uri = "";
    long row = 0;
    long fileRow = 0;
    for (Part part : parts) {
      if (!part.piece().uri().equals(uri)) {
        uri = part.piece().uri();
        fileRow = 0;
      }
      if (!part.fault().isNone()) {
        throw reader.refuse(uri, fileRow + part.rows(), part.fault());
      }
      origins.put(part.piece(), new Origin(row, fileRow));
      row += part.rows();
      fileRow += part.rows();
      incomplete += part.incomplete();
      for (int k = 0; k < types.size(); k++) {
        types.set(k, join(k, types.get(k), part.types().get(k)));
      }
    }
    return new RowNumbers(reader, row, incomplete, types, origins);
  }

  private static List<IdType> none(RowReader reader) {
    return new ArrayList<>(Collections.nCopies(CARRIED + reader.cells().carried(), IdType.NONE));
  }

  private static List<Part> parts(Iterator<ReadRow> rows, RowReader reader) {
    List<Part> parts = new ArrayList<>();
    while (rows.hasNext()) {
      ReadRow row = rows.next();
      int last = parts.size() - 1;
      if (last < 0 || !parts.get(last).piece().equals(row.piece())) {
        last++;
        parts.add(new Part(row.piece(), 0, 0, none(reader), RowFault.NONE));
      }
      if (parts.get(last).fault().isNone()) {
        parts.set(last, with(parts.get(last), row, reader));
      }
    }
    return parts;
  }

  private static Part with(Part part, ReadRow row, RowReader reader) {
    try {
      ParsedRow parsed = reader.parse(row);
      if (reader.cells().texts()) {
        widen(part.types(), 0, parsed.id());
        widen(part.types(), 1, parsed.label());
        for (int k = 0; k < parsed.carried().length; k++) {
          widen(part.types(), CARRIED + k, parsed.carried()[k]);
        }
      }
      long more = parsed.isIncomplete() ? 1 : 0;
      return new Part(
          part.piece(), part.rows() + 1, part.incomplete() + more, part.types(), RowFault.NONE);
    } catch (BadRow e) {
      return new Part(
          part.piece(), part.rows(), part.incomplete(), part.types(), reader.rules().fault(e));
    }
  }

  private static void widen(List<IdType> types, int k, Object cell) {
    if (types.get(k) != IdType.TEXT && cell instanceof String text && !text.isEmpty()) {
      IdType type = k < CARRIED ? IdType.of(text) : IdType.ofCarried(text);
      types.set(k, join(k, types.get(k), type));
    }
  }

  /** The type of ids and labels keeps their letters, that of carried cells their values. */
  private static IdType join(int k, IdType some, IdType others) {
    return k < CARRIED ? some.or(others) : some.orCarried(others);
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
      schema = schema.add(names.get(k), types.get(CARRIED + k).sql(), true);
    }
    return schema;
  }

  /** A row with its number. */
  DataRow number(ReadRow read) {
    Origin origin = origins.getOrDefault(read.piece(), new Origin(0, 0));
    try {
      ParsedRow row = reader.parse(read);
      long number = origin.row() + read.index();
      Object[] carried = row.carried();
      for (int k = 0; k < carried.length; k++) {
        carried[k] = value(CARRIED + k, carried[k]);
      }
      return new DataRow(
          number,
          reader.cells().hasId() ? value(0, row.id()) : Long.valueOf(number),
          row.features(),
          row.targets(),
          row.label(),
          carried);
    } catch (BadRow e) {
      throw reader.refuse(
          read.piece().uri(), origin.fileRow() + read.index(), reader.rules().fault(e));
    }
  }

  private Object value(int k, Object cell) {
    if ("".equals(cell)) {
      return null;
    }
    return reader.cells().texts() && cell instanceof String text ? types.get(k).value(text) : cell;
  }
}
