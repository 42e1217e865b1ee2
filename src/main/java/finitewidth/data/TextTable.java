package finitewidth.data;

import finitewidth.data.DataFiles.InputFiles;
import finitewidth.data.TextScan.Origin;
import finitewidth.data.TextScan.Part;
import finitewidth.data.TextScan.Piece;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;
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
  private final boolean refuseZero;

  /**
   * @param parsers by qualified path
   * @param refuseZero whether a row of zeros is a fault
   */
  TextTable(
      JavaSparkContext spark,
      InputFiles input,
      Map<String, LineParser> parsers,
      boolean refuseZero) {
    this.lines = lines(spark, input);
    this.parsers = parsers;
    this.refuseZero = refuseZero;
  }

  /** The lines of all files, with the pieces they came in. */
  static JavaNewHadoopRDD<LongWritable, Text> lines(JavaSparkContext spark, InputFiles input) {
    try {
      Job job = Job.getInstance(new Configuration(spark.hadoopConfiguration()));
      FileInputFormat.setInputPaths(job, input.files().toArray(Path[]::new));
      long share = input.bytes() / Math.max(1, spark.defaultParallelism()) + 1;
      FileInputFormat.setMaxInputSplitSize(
          job, Math.max(SMALLEST_PIECE, Math.min(LARGEST_PIECE, share)));
      return (JavaNewHadoopRDD<LongWritable, Text>)
          spark
              .newAPIHadoopRDD(
                  job.getConfiguration(), TextInputFormat.class, LongWritable.class, Text.class)
              .setName("lines of " + input.given());
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
    boolean refuseZero = this.refuseZero;
    List<Part> parts =
        lines
            .mapPartitionsWithInputSplit(
                (split, piece) -> scan(piece(split), piece, parsers, refuseZero), true)
            .collect();
    return TextScan.of(parts);
  }

  /** All rows with their numbers. */
  JavaRDD<DataRow> rows(TextScan scan, boolean hasId) {
    Map<String, LineParser> parsers = this.parsers;
    Map<Piece, Origin> origins = Map.copyOf(scan.origins());
    IdType idType = scan.idType();
    return lines.mapPartitionsWithInputSplit(
        (split, it) -> {
          Piece piece = piece(split);
          LineParser parser = parsers.get(piece.path());
          LineWalk walk = new LineWalk(it, piece.start() == 0 && parser.hasHeader());
          return new NumberedRows(piece, origins.get(piece), parser, walk, idType, hasId);
        },
        true);
  }

  private static Iterator<Part> scan(
      Piece piece,
      Iterator<Tuple2<LongWritable, Text>> lines,
      Map<String, LineParser> parsers,
      boolean refuseZero) {
    LineParser parser = parsers.get(piece.path());
    LineWalk walk = new LineWalk(lines, piece.start() == 0 && parser.hasHeader());
    IdType idType = IdType.WHOLE;
    String fault = "";
    try {
      while (walk.next()) {
        ParsedRow row = parser.parse(walk.text()).checked(refuseZero);
        if (idType != IdType.TEXT && row.id() instanceof String id && !id.isEmpty()) {
          idType = idType.or(IdType.of(id));
        }
      }
    } catch (BadRow e) {
      fault = e.getMessage();
    }
    return List.of(new Part(piece, walk.rowsBefore(), walk.linesBefore(), idType, fault))
        .iterator();
  }

  private static Piece piece(InputSplit split) {
    FileSplit file = (FileSplit) split;
    return new Piece(file.getPath().toString(), file.getStart());
  }

  /** The rows of one piece, numbered. */
  private static final class NumberedRows implements Iterator<DataRow> {
    private final Piece piece;
    private final Origin origin;
    private final LineParser parser;
    private final LineWalk walk;
    private final IdType idType;
    private final boolean hasId;
    private boolean ready;

    NumberedRows(
        Piece piece,
        Origin origin,
        LineParser parser,
        LineWalk walk,
        IdType idType,
        boolean hasId) {
      this.piece = piece;
      this.origin = origin;
      this.parser = parser;
      this.walk = walk;
      this.idType = idType;
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
        ParsedRow row = parser.parse(walk.text());
        long number = origin.row() + walk.rowsBefore();
        Object id = hasId ? idType.value((String) row.id()) : Long.valueOf(number);
        ready = walk.next();
        return new DataRow(number, id, row.features(), row.targets(), row.label());
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
