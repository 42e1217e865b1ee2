package finitewidth.data.table;

import finitewidth.data.BadRow;
import finitewidth.data.Encoding;
import finitewidth.data.FileFormat;
import finitewidth.data.FileOptions;
import finitewidth.data.table.ReadRow.Piece;
import finitewidth.data.table.UsedColumns.Group;
import finitewidth.runtime.Parcels;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.text.TextFileFormat;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * Rows of text on their way in: lines that Spark cuts files into, or records of whole files.
 *
 * @param names of the columns that are used
 * @param places where these stand in each file, by its path
 */
record TextRows(
    FileFormat format, FileOptions options, List<String> names, Map<String, Place> places)
    implements Serializable {
  private static final StructType LINE = new StructType().add("line", DataTypes.StringType);

  /**
   * Where columns stand.
   *
   * @param at their positions
   * @param width how many cells a row has
   */
  record Place(int[] at, int width) implements Serializable {}

  /** All rows of some files, whose columns may stand in other places in each. */
  static JavaRDD<ReadRow> of(
      SparkSession spark, FileFormat format, FileOptions options, UsedColumns used) {
    Map<String, Place> places = new HashMap<>();
    List<FileStatus> files = new ArrayList<>();
    for (Group group : used.groups()) {
      Place place = format.isCsv() ? group.place() : new Place(new int[1], 1);
      group.files().forEach(file -> places.put(file.getPath().toString(), place));
      files.addAll(group.files());
    }
    TextRows rows = new TextRows(format, options, used.cells().names(), places);
    if (!options.isWhole()) {
      return new SparkFiles(spark, new TextFileFormat())
          .read(files, LINE, options.others())
          .queryExecution()
          .toRdd()
          .toJavaRDD()
          .mapPartitions(rows::lines);
    }
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sessionState().newHadoopConf());
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return Parcels.parallelize(context, List.copyOf(places.keySet()), places.size())
        .flatMap(path -> rows.whole(new TextFile(hadoop.value(), new Path(path), format, options)));
  }

  private CellParser parser() {
    int most = places.values().stream().mapToInt(Place::width).max().orElse(0);
    return new CellParser(format, options, most);
  }

  private Iterator<ReadRow> lines(Iterator<InternalRow> lines) {
    ReadRow.Pieces pieces = new ReadRow.Pieces();
    Charset charset = Charset.forName(options.encoding().charset());
    CellParser parser = parser();
    Walk walk = new Walk();
    return ReadRow.stream(lines)
        .map(
            line -> {
              byte[] bytes = line.getUTF8String(0).getBytes();
              String text = new String(bytes, charset);
              boolean lost = text.indexOf(Encoding.LOST) >= 0;
              String escaped = lost ? options.encoding().escaped(bytes) : text;
              return walk.row(pieces.here(), () -> parser.cells(escaped), lost);
            })
        .filter(Objects::nonNull)
        .iterator();
  }

  private Iterator<ReadRow> whole(TextFile file) throws IOException {
    Piece piece = new Piece(file.path().toString(), 0);
    TextFile.Records records = file.records(place(piece).width());
    TaskCompletionListener close = task -> records.close();
    TaskContext.get().addTaskCompletionListener(close);
    Walk walk = new Walk();
    return Stream.generate(() -> walk.row(piece, records::next, true))
        .takeWhile(row -> !records.ended())
        .filter(Objects::nonNull)
        .iterator();
  }

  private Place place(Piece piece) {
    return Objects.requireNonNull(places.get(piece.path()));
  }

  /** Goes from record to record. */
  private final class Walk {
    private Piece here = new Piece("", 0);
    private Place place = new Place(new int[0], 0);
    private boolean header;

    /** The row of a record, unless it is none. */
    @Nullable ReadRow row(Piece piece, Supplier<String[]> record, boolean suspect) {
      if (!piece.equals(here)) {
        here = piece;
        place = place(piece);
        header = piece.start() == 0 && options.hasHeader(format);
      }
      try {
        String[] cells = record.get();
        boolean none = cells.length == 0 || header;
        header &= cells.length == 0;
        return none ? null : new ReadRow(piece, RowFactory.create(used(cells, suspect)), null);
      } catch (BadRow e) {
        return new ReadRow(piece, null, e);
      }
    }

    private Object[] used(String[] cells, boolean suspect) {
      if (cells.length != place.width()) {
        throw new BadRow(
            "the row has %s, the %s %s"
                .formatted(
                    cells.length == 1 ? "1 cell" : cells.length + " cells",
                    options.hasHeader(format) ? "header" : "first row",
                    place.width()));
      }
      Object[] used = new Object[place.at().length];
      for (int k = 0; k < used.length; k++) {
        String cell = cells[place.at()[k]];
        cell = format.isCsv() ? cell : Libsvm.withoutComment(cell);
        // Bytes that are no text do not matter where nobody looks.
        if (suspect) {
          options
              .encoding()
              .refuseLost(format.isCsv() ? "column \"" + names.get(k) + "\"" : "the row", cell);
        }
        used[k] = cell;
      }
      return used;
    }
  }
}
