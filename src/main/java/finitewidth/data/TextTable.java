package finitewidth.data;

import finitewidth.data.DataFiles.InputFiles;
import finitewidth.data.TextScan.Origin;
import finitewidth.data.TextScan.Part;
import finitewidth.data.TextScan.Piece;
import finitewidth.spark.Redaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.spark.api.java.JavaNewHadoopRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * Rows of text files, read in pieces by many tasks and yet numbered as they stand in the files.
 *
 * <p>A first pass checks every row and counts rows per piece, so that faults are named exactly and
 * before anything is computed; the rows themselves stay distributed.
 */
final class TextTable {
  private static final long SMALLEST_PIECE = 1L << 18;
  private static final long LARGEST_PIECE = 1L << 27;

  private final JavaNewHadoopRDD<LongWritable, Text> lines;
  private final Map<String, LineParser> parsers;
  private final RowRules rules;
  private final int carried;

  /**
   * @param parsers by qualified path
   * @param carried number of columns that are carried along
   */
  TextTable(
      JavaSparkContext spark,
      InputFiles input,
      Map<String, LineParser> parsers,
      RowRules rules,
      int carried) {
    this.lines = lines(spark, input);
    this.parsers = parsers;
    this.rules = rules;
    this.carried = carried;
  }

  /** The lines of all files, with the pieces they came in. */
  static JavaNewHadoopRDD<LongWritable, Text> lines(JavaSparkContext spark, InputFiles input) {
    try {
      Job job =
          Job.getInstance(
              new Configuration(DataFiles.readable(spark.hadoopConfiguration(), input.files())));
      GivenLines.set(job.getConfiguration(), input.files());
      long share = input.bytes() / Math.max(1, spark.defaultParallelism()) + 1;
      FileInputFormat.setMaxInputSplitSize(
          job, Math.max(SMALLEST_PIECE, Math.min(LARGEST_PIECE, share)));
      return (JavaNewHadoopRDD<LongWritable, Text>)
          spark
              .newAPIHadoopRDD(
                  job.getConfiguration(), GivenLines.class, LongWritable.class, Text.class)
              .setName("lines of " + Redaction.standard().text(input.given()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Checks and counts all rows.
   *
   * @throws DataException naming the first bad row
   */
  TextScan scan() {
    Map<String, LineParser> parsers = this.parsers;
    RowRules rules = this.rules;
    int carried = this.carried;
    List<Part> parts =
        lines
            .mapPartitionsWithInputSplit(
                (split, piece) -> scan(piece(split), piece, parsers, rules, carried), true)
            .collect();
    return TextScan.of(parts);
  }

  /** All rows with their numbers. */
  JavaRDD<DataRow> rows(TextScan scan, boolean hasId) {
    Map<String, LineParser> parsers = this.parsers;
    Map<Piece, Origin> origins = Map.copyOf(scan.origins());
    List<IdType> types = List.copyOf(scan.types());
    RowRules rules = this.rules;
    return lines.mapPartitionsWithInputSplit(
        (split, it) -> {
          Piece piece = piece(split);
          LineParser parser = parsers.get(piece.path());
          LineWalk walk = new LineWalk(it, piece.start() == 0 && parser.hasHeader());
          return new NumberedRows(piece, origins.get(piece), parser, walk, rules, types, hasId);
        },
        true);
  }

  private static Iterator<Part> scan(
      Piece piece,
      Iterator<Tuple2<LongWritable, Text>> lines,
      Map<String, LineParser> parsers,
      RowRules rules,
      int carried) {
    LineParser parser = parsers.get(piece.path());
    LineWalk walk = new LineWalk(lines, piece.start() == 0 && parser.hasHeader());
    List<IdType> types = new ArrayList<>(Collections.nCopies(1 + carried, IdType.WHOLE));
    long incomplete = 0;
    String fault = "";
    try {
      while (walk.next()) {
        ParsedRow row = parser.parse(walk.text()).checked(rules);
        incomplete += row.isIncomplete() ? 1 : 0;
        widen(types, 0, row.id());
        for (int k = 0; k < carried; k++) {
          widen(types, 1 + k, row.carried()[k]);
        }
      }
    } catch (BadRow e) {
      fault = e.getMessage();
    } catch (Exception e) { // lines come from Scala, which declares nothing that it throws
      if (e instanceof IOException damage) {
        throw Unreadable.piece(piece, walk.linesBefore() + 1, damage);
      }
      throw e;
    }
    return List.of(new Part(piece, walk.rowsBefore(), incomplete, walk.linesBefore(), types, fault))
        .iterator();
  }

  private static void widen(List<IdType> types, int k, Object cell) {
    if (types.get(k) != IdType.TEXT && cell instanceof String text && !text.isEmpty()) {
      types.set(k, types.get(k).or(IdType.of(text)));
    }
  }

  static Piece piece(InputSplit split) {
    FileSplit file = (FileSplit) split;
    return new Piece(file.getPath().toString(), file.getStart());
  }

  /** The rows of one piece, numbered. */
  private static final class NumberedRows implements Iterator<DataRow> {
    private final Piece piece;
    private final Origin origin;
    private final LineParser parser;
    private final LineWalk walk;
    private final RowRules rules;
    private final List<IdType> types;
    private final boolean hasId;
    private boolean ready;

    NumberedRows(
        Piece piece,
        Origin origin,
        LineParser parser,
        LineWalk walk,
        RowRules rules,
        List<IdType> types,
        boolean hasId) {
      this.piece = piece;
      this.origin = origin;
      this.parser = parser;
      this.walk = walk;
      this.rules = rules;
      this.types = types;
      this.hasId = hasId;
      this.ready = walk.next();
    }

    @Override
    public boolean hasNext() {
      return ready;
    }

    @Override
    public DataRow next() {
      if (!ready) {
        throw new NoSuchElementException();
      }
      try {
        ParsedRow row = parser.parse(walk.text()).checked(rules);
        long number = origin.row() + walk.rowsBefore();
        Object id = hasId ? types.get(0).value((String) row.id()) : Long.valueOf(number);
        Object[] carried = row.carried().clone();
        for (int k = 0; k < carried.length; k++) {
          String text = (String) carried[k];
          carried[k] = text.isEmpty() ? null : types.get(1 + k).value(text);
        }
        ready = walk.next();
        return new DataRow(number, id, row.features(), row.targets(), row.label(), carried);
      } catch (BadRow e) {
        throw TextScan.fault(
            piece.path(),
            origin.fileRow() + walk.rowsBefore(),
            origin.fileLine() + walk.linesBefore(),
            e.getMessage());
      }
    }
  }
}
