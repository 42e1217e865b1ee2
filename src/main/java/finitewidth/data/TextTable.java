package finitewidth.data;

import finitewidth.data.DataFiles.InputFiles;
import finitewidth.data.TextScan.Origin;
import finitewidth.data.TextScan.Part;
import finitewidth.data.TextScan.Piece;
import finitewidth.runtime.Parcels;
import finitewidth.runtime.Redaction;
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
    this.lines = lines(spark, input, rules.encoding());
    this.parsers = parsers;
    this.rules = rules;
    this.carried = carried;
  }

  /** The lines of all files, with the pieces they came in. */
  static JavaNewHadoopRDD<LongWritable, Text> lines(
      JavaSparkContext spark, InputFiles input, Encoding encoding) {
    try {
      Job job =
          Job.getInstance(
              new Configuration(DataFiles.readable(spark.hadoopConfiguration(), input.files())));
      GivenLines.set(job.getConfiguration(), input.files());
      long share = input.bytes() / Math.max(1, spark.defaultParallelism()) + 1;
      FileInputFormat.setMaxInputSplitSize(
          job, Math.max(SMALLEST_PIECE, Math.min(LARGEST_PIECE, share)));
      job.getConfiguration().set(EncodedLines.KEY, encoding.charset());
      Class<? extends FileInputFormat<LongWritable, Text>> format =
          encoding.breaksLikeAscii() ? GivenLines.class : EncodedLines.class;
      return (JavaNewHadoopRDD<LongWritable, Text>)
          spark
              .newAPIHadoopRDD(job.getConfiguration(), format, LongWritable.class, Text.class)
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
        Parcels.collect(
            lines.mapPartitionsWithInputSplit(
                (split, piece) -> scan(piece(split), piece, parsers, rules, carried), true));
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
          LineWalk walk = walk(piece, it, parser, rules);
          return new NumberedRows(piece, origins.get(piece), parser, walk, rules, types, hasId);
        },
        true);
  }

  /** What lines are in as they come: {@link EncodedLines} hands them on in UTF-8. */
  static Encoding ofLines(Encoding encoding) {
    return encoding.breaksLikeAscii() ? encoding : Encoding.UTF_8;
  }

  private static LineWalk walk(
      Piece piece, Iterator<Tuple2<LongWritable, Text>> lines, LineParser parser, RowRules rules) {
    return new LineWalk(lines, ofLines(rules.encoding()), piece.start() == 0 && parser.hasHeader());
  }

  private static Iterator<Part> scan(
      Piece piece,
      Iterator<Tuple2<LongWritable, Text>> lines,
      Map<String, LineParser> parsers,
      RowRules rules,
      int carried) {
    LineParser parser = parsers.get(piece.path());
    LineWalk walk = walk(piece, lines, parser, rules);
    List<IdType> types =
        new ArrayList<>(Collections.nCopies(TextScan.CARRIED + carried, IdType.NONE));
    long incomplete = 0;
    String fault = "";
    try {
      while (walk.next()) {
        ParsedRow row = parser.parse(walk.text()).checked(rules);
        incomplete += row.isIncomplete() ? 1 : 0;
        widen(types, 0, row.id());
        widen(types, 1, row.label());
        for (int k = 0; k < carried; k++) {
          widen(types, TextScan.CARRIED + k, row.carried()[k]);
        }
      }
    } catch (BadRow e) {
      fault = rules.sentence(e);
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
      IdType type = k < TextScan.CARRIED ? IdType.of(text) : IdType.ofCarried(text);
      types.set(k, TextScan.join(k, types.get(k), type));
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
        Object id = hasId ? value(types.get(0), row.id()) : Long.valueOf(number);
        Object[] carried = row.carried().clone();
        for (int k = 0; k < carried.length; k++) {
          carried[k] = value(types.get(TextScan.CARRIED + k), carried[k]);
        }
        ready = walk.next();
        return new DataRow(number, id, row.features(), row.targets(), row.label(), carried);
      } catch (BadRow e) {
        throw TextScan.fault(
            piece.path(),
            origin.fileRow() + walk.rowsBefore(),
            origin.fileLine() + walk.linesBefore(),
            rules.sentence(e));
      }
    }

    private static Object value(IdType type, Object cell) {
      String text = (String) cell;
      return text.isEmpty() ? null : type.value(text);
    }
  }
}
