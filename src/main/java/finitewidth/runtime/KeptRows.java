package finitewidth.runtime;

import finitewidth.inference.Posterior;
import finitewidth.inference.work.Checkpoint;
import finitewidth.inference.work.Fingerprint;
import finitewidth.inference.work.Shared;
import finitewidth.inference.work.Work;
import finitewidth.posterior.PredictionShape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Predictions of rows, to first order. A piece is some rows, one after the other, as {@link
 * KnownRows} has them: how rows were spread over tasks leaves no trace.
 */
public final class KeptRows implements Work, AutoCloseable {
  /** Numbers of all rows together that may be kept: half a gigabyte of doubles on the driver. */
  private static final long MOST_NUMBERS = 1L << 26;

  private static final int PIECE_BYTES = 1 << 20;

  private final PredictionShape shape;
  private final Fingerprint fingerprint;
  private final long count;
  private final double coreSeconds;
  private final Map<Long, byte[]> restored = new TreeMap<>();
  private final Shared<KnownRows> known;
  private final Checkpoint.Keeping keeping;
  private final long found;
  private List<byte[]> fresh = new ArrayList<>();

  /**
   * Takes up what is kept of these rows.
   *
   * @param rows a fingerprint of their numbers and features
   * @param count how many there are
   * @param coreSeconds that they take together
   */
  public KeptRows(
      JavaSparkContext spark,
      Checkpoint checkpoint,
      Posterior posterior,
      Fingerprint rows,
      long count,
      double coreSeconds) {
    this.count = count;
    this.coreSeconds = coreSeconds;
    shape = posterior.predictionShape();
    fingerprint = Fingerprint.of("rows").add(posterior.fingerprint()).add(rows).done();
    keeping = checkpoint.open(this);
    found = restored.size();
    known = SharedParcel.of(spark, takeRestored());
  }

  /** Whether so many rows are few enough to be kept. */
  public static boolean fit(Posterior posterior, long count) {
    return count <= MOST_NUMBERS / posterior.predictionShape().numbers();
  }

  private KnownRows takeRestored() {
    int rowBytes = KnownRows.rowBytes(shape);
    ByteBuffer rows = ByteBuffer.allocate(Math.multiplyExact(rowBytes, restored.size()));
    restored.values().forEach(rows::put);
    long[] numbers = restored.keySet().stream().mapToLong(Long::longValue).toArray();
    restored.clear();
    return new KnownRows(shape, numbers, rows.array());
  }

  /** For tasks: the rows that need not be predicted again. */
  public Shared<KnownRows> known() {
    return known;
  }

  /** How many those are. */
  public long foundRows() {
    return found;
  }

  @Override
  public String name() {
    return "test rows";
  }

  @Override
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  private int rowsPerPiece() {
    return Math.max(1, PIECE_BYTES / KnownRows.rowBytes(shape));
  }

  @Override
  public long largestPiece() {
    return (long) rowsPerPiece() * KnownRows.rowBytes(shape);
  }

  @Override
  public void restore(ByteBuffer piece) {
    int rowBytes = KnownRows.rowBytes(shape);
    if (piece.remaining() % rowBytes != 0) {
      throw new IllegalArgumentException("it is not whole rows of " + rowBytes + " bytes");
    }
    while (piece.hasRemaining()) {
      byte[] row = new byte[rowBytes];
      piece.get(row);
      restored.put(ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN).getLong(), row);
    }
    if (restored.size() > count) {
      throw new IllegalArgumentException("there are more rows than " + count);
    }
  }

  @Override
  public String found() {
    return restored.size() + " of " + count + " " + name();
  }

  @Override
  public double restoredSeconds() {
    return count == 0 ? 0 : coreSeconds * found / count;
  }

  @Override
  public double coreSeconds() {
    return coreSeconds;
  }

  /**
   * Takes in rows that a task has predicted.
   *
   * @param rows each as {@link KnownRows#bytes} has it
   */
  public synchronized void add(List<byte[]> rows) {
    fresh.addAll(rows);
  }

  @Override
  public void save(Pieces to) throws IOException {
    List<byte[]> rows = takeFresh();
    for (int from = 0; from < rows.size(); from += rowsPerPiece()) {
      List<byte[]> some = rows.subList(from, Math.min(rows.size(), from + rowsPerPiece()));
      ByteBuffer piece = ByteBuffer.allocate(KnownRows.rowBytes(shape) * some.size());
      some.forEach(piece::put);
      to.put(piece.flip());
    }
  }

  private synchronized List<byte[]> takeFresh() {
    List<byte[]> taken = fresh;
    fresh = new ArrayList<>();
    return taken;
  }

  /** Keeps the last rows: all are there. Tasks may still ask for those that are known. */
  public void finish() {
    keeping.close();
  }

  @Override
  public void close() {
    finish();
    known.close();
  }
}
