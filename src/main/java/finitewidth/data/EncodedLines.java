package finitewidth.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;

/**
 * Lines of files in which a line break is not the byte that it is in ASCII, such as UTF-16. One
 * task decodes a whole file and hands its lines on in UTF-8.
 */
public final class EncodedLines extends FileInputFormat<LongWritable, Text> {
  /** Where the name of the encoding stands in the configuration. */
  static final String KEY = "finitewidth.encoding";

  @Override
  protected List<FileStatus> listStatus(JobContext job) throws IOException {
    return GivenLines.statuses(job);
  }

  @Override
  protected boolean isSplitable(JobContext context, Path file) {
    return false;
  }

  @Override
  public RecordReader<LongWritable, Text> createRecordReader(
      InputSplit split, TaskAttemptContext context) {
    return new Lines();
  }

  /** Opens a file, decompressed where its ending says so. */
  static InputStream open(Configuration hadoop, Path file) throws IOException {
    FileSystem fs = file.getFileSystem(DataFiles.readable(hadoop, List.of(file)));
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
    InputStream raw = fs.open(file);
    return codec == null ? raw : codec.createInputStream(raw);
  }

  /**
   * A line as {@link Encoding#reader} gives it, for {@link Encoding#text}; the first has a mark.
   */
  static byte[] utf8(String line, boolean first) {
    return Encoding.utf8(first && line.startsWith("\uFEFF") ? line.substring(1) : line);
  }

  private static final class Lines extends RecordReader<LongWritable, Text> {
    private final LongWritable number = new LongWritable(-1);
    private final Text text = new Text();
    private Optional<BufferedReader> reader = Optional.empty();

    @Override
    public void initialize(InputSplit split, TaskAttemptContext context) throws IOException {
      Configuration hadoop = context.getConfiguration();
      reader =
          Optional.of(
              new BufferedReader(
                  new Encoding(hadoop.get(KEY))
                      .reader(open(hadoop, ((FileSplit) split).getPath()))));
    }

    @Override
    public boolean nextKeyValue() throws IOException {
      String line = reader.orElseThrow().readLine();
      if (line == null) {
        return false;
      }
      number.set(number.get() + 1);
      text.set(utf8(line, number.get() == 0));
      return true;
    }

    @Override
    public LongWritable getCurrentKey() {
      return number;
    }

    @Override
    public Text getCurrentValue() {
      return text;
    }

    @Override
    public float getProgress() {
      return 0;
    }

    @Override
    public void close() throws IOException {
      if (reader.isPresent()) {
        reader.get().close();
      }
    }
  }
}
