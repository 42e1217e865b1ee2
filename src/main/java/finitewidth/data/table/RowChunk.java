package finitewidth.data.table;

import finitewidth.data.BadRow;
import finitewidth.data.IdType;
import finitewidth.data.table.ReadRow.Piece;
import finitewidth.linalg.NumberBytes;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Neighbouring rows that have been read and checked, packed, so that nothing need be read again.
 *
 * @param numbers features and targets row by row, each row padded to the longest; NaN in the first
 *     place says that a row lacks some
 * @param others id, label and carried cells of each row; empty if there are none of any row
 */
record RowChunk(Part part, byte[] numbers, Object[][] others) implements Serializable {
  /** Where types of carried columns begin, behind those of ids and labels. */
  static final int CARRIED = 2;

  /** No id, no label. */
  private static final Object[] NONE = {"", ""};

  /** So many numbers make a chunk. */
  private static final int FULL = 1 << 16;

  /**
   * What is known of a chunk.
   *
   * @param first its first row, counted from the beginning of its piece
   * @param rows before the fault, or all of them
   * @param incomplete how many of them lack numbers
   * @param features the most that a row has
   * @param types those that hold all ids, all labels, and all cells of each column carried along,
   *     where cells are texts
   * @param fault what is wrong with the row behind the last
   */
  record Part(
      Piece piece,
      long first,
      int rows,
      long incomplete,
      int features,
      List<IdType> types,
      @Nullable String fault)
      implements Serializable {}

  /**
   * A row before it has a number.
   *
   * @param features none if the row lacks something
   * @param others the id still as the file has it, "" where there is none; the label; carried cells
   */
  record Parsed(double @Nullable [] features, double[] targets, Object[] others) {
    int size() {
      return 1 + (features == null ? 0 : features.length) + targets.length + others.length;
    }
  }

  /** Checks and packs the rows of a partition. */
  static Iterator<RowChunk> of(Iterator<ReadRow> rows, RowCells cells) {
    return new Packer(rows, cells);
  }

  private static RowChunk of(
      Piece piece, long first, List<Parsed> rows, RowCells cells, @Nullable String fault) {
    int features = 0;
    for (Parsed row : rows) {
      features = Math.max(features, row.features() == null ? 0 : row.features().length);
    }
    int stride = Math.max(1, features + cells.targets());
    double[] numbers = new double[rows.size() * stride];
    IdType[] types = new IdType[CARRIED + cells.carried()];
    Arrays.fill(types, IdType.NONE);
    long incomplete = 0;
    for (int i = 0; i < rows.size(); i++) {
      Parsed row = rows.get(i);
      double[] x = row.features();
      if (x == null) {
        incomplete++;
        numbers[i * stride] = Double.NaN;
      } else {
        System.arraycopy(x, 0, numbers, i * stride, x.length);
        System.arraycopy(row.targets(), 0, numbers, i * stride + features, cells.targets());
      }
      for (int k = 0; k < types.length && cells.texts(); k++) {
        types[k] = widened(k, types[k], row.others()[k]);
      }
    }
    return new RowChunk(
        new Part(piece, first, rows.size(), incomplete, features, List.of(types), fault),
        NumberBytes.of(numbers),
        cells.hasOthers()
            ? rows.stream().map(Parsed::others).toArray(Object[][]::new)
            : new Object[0][]);
  }

  private static IdType widened(int k, IdType type, @Nullable Object cell) {
    return type != IdType.TEXT && cell instanceof String text && !text.isEmpty()
        ? joined(k, type, k < CARRIED ? IdType.of(text) : IdType.ofCarried(text))
        : type;
  }

  /** The type of ids and labels keeps their letters, that of carried cells their values. */
  static IdType joined(int k, IdType some, IdType others) {
    return k < CARRIED ? some.or(others) : some.orCarried(others);
  }

  /** All rows; those that lack something have no features. */
  List<Parsed> rows(int width, int targets) {
    double[] all = new double[numbers.length / Double.BYTES];
    NumberBytes.read(numbers, all);
    int stride = all.length / Math.max(1, part.rows());
    List<Parsed> rows = new ArrayList<>(part.rows());
    for (int i = 0; i < part.rows(); i++) {
      int to = i * stride + part.features();
      boolean whole = !Double.isNaN(all[i * stride]);
      rows.add(
          new Parsed(
              whole ? features(all, i * stride, to, width) : null,
              whole ? Arrays.copyOfRange(all, to, to + targets) : new double[0],
              others.length == 0 ? NONE : others[i]));
    }
    return rows;
  }

  /** Features that a line of libsvm does not name are zeros. */
  private static double[] features(double[] all, int from, int to, int width) {
    double[] x = Arrays.copyOfRange(all, from, to);
    return x.length < width ? Arrays.copyOf(x, width) : x;
  }

  private static final class Packer implements Iterator<RowChunk> {
    private final Iterator<ReadRow> rows;
    private final RowCells cells;
    private @Nullable ReadRow next;
    private Piece piece = new Piece("", -1);
    private long index;

    Packer(Iterator<ReadRow> rows, RowCells cells) {
      this.rows = rows;
      this.cells = cells;
      next = rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public RowChunk next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      index = next.piece().equals(piece) ? index : 0;
      piece = next.piece();
      List<Parsed> parsed = new ArrayList<>();
      String fault = null;
      int size = 0;
      // Nobody looks at what stands behind a fault.
      while (next != null && next.piece().equals(piece) && (size < FULL || fault != null)) {
        if (fault == null) {
          try {
            Parsed row = cells.parse(next);
            parsed.add(row);
            size += row.size();
          } catch (BadRow e) {
            fault = cells.rules().fault(e);
          }
        }
        next = rows.hasNext() ? rows.next() : null;
      }
      long first = index;
      index += parsed.size();
      return of(piece, first, parsed, cells, fault);
    }
  }
}
