package finitewidth.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one pass over text files found: where every piece of a file stands in the order of rows.
 *
 * @param count rows in all files
 * @param incomplete how many of them lack numbers
 * @param types those that hold all ids, all labels, and all cells of each column carried along
 * @param origins by piece
 */
record TextScan(long count, long incomplete, List<IdType> types, Map<Piece, Origin> origins) {

  /** Where the types of carried columns begin. */
  static final int CARRIED = 2;

  /** The part of a file that one task reads: its path and the offset of its first byte. */
  record Piece(String path, long start) implements Serializable {}

  /** Rows and lines before a piece: rows of all files, rows of its own file, lines of its file. */
  record Origin(long row, long fileRow, long fileLine) implements Serializable {}

  /**
   * One task's findings.
   *
   * @param rows rows before the fault, or all of them
   * @param incomplete how many of them lack numbers
   * @param lines lines before the fault, or all of them
   * @param fault what is wrong with the first bad row, "" if none is
   */
  record Part(Piece piece, long rows, long incomplete, long lines, List<IdType> types, String fault)
      implements Serializable {}

  /**
   * Puts the parts in file order.
   *
   * @throws DataException naming the first bad row
   */
  static TextScan of(List<Part> parts) {
    List<Part> sorted = new ArrayList<>(parts);
    sorted.sort(
        Comparator.comparing((Part part) -> part.piece().path())
            .thenComparing(part -> part.piece().start()));
    Map<Piece, Origin> origins = new HashMap<>();
    List<IdType> types = new ArrayList<>();
    long incomplete = 0;
    String path = "";
    long row = 0;
    long fileRow = 0;
    long fileLine = 0;
    for (Part part : sorted) {
      if (!part.piece().path().equals(path)) {
        path = part.piece().path();
        fileRow = 0;
        fileLine = 0;
      }
      if (!part.fault().isEmpty()) {
        throw fault(path, fileRow + part.rows(), fileLine + part.lines(), part.fault());
      }
      origins.put(part.piece(), new Origin(row, fileRow, fileLine));
      row += part.rows();
      fileRow += part.rows();
      fileLine += part.lines();
      incomplete += part.incomplete();
      for (int k = 0; k < part.types().size(); k++) {
        if (k == types.size()) {
          types.add(IdType.NONE);
        }
        types.set(k, join(k, types.get(k), part.types().get(k)));
      }
    }
    return new TextScan(row, incomplete, types, origins);
  }

  /** The type of ids and labels keeps their letters, that of carried cells their values. */
  static IdType join(int k, IdType some, IdType others) {
    return k < CARRIED ? some.or(others) : some.orCarried(others);
  }

  /** Rows count from 0, as ids do; lines from 1, as editors do. */
  static DataException fault(String path, long row, long linesBefore, String what) {
    return new DataException(
        Paths.shown(path) + ", row " + row + " (line " + (linesBefore + 1) + "): " + what);
  }
}
