package finitewidth.job;

import finitewidth.data.DataFiles;
import finitewidth.data.DataReader;
import finitewidth.data.FitData;
import finitewidth.data.Preprocessing;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * {@code fit}: training rows to posterior, test rows to predictions, both to a result directory.
 */
final class FitJob {
  private final JobConfig config;
  private final Console console;

  FitJob(JobConfig config, Console console) {
    this.config = config;
    this.console = console;
  }

  void run() throws IOException {
    Configuration hadoop = Sessions.hadoop();
    DataFiles files = DataFiles.locate(hadoop, config.data());
    try (ResultDirectory result = ResultDirectory.reserve(hadoop, config.output(), inputs(files));
        SparkSession spark = Sessions.start(Verb.FIT)) {
      FitData data =
          new DataReader(spark, config.data(), files, config.preprocess().features()).readForFit();
      console.say(
          String.join(
              ", ",
              Console.count(data.training().rows(), "training row"),
              Console.count(data.test().count(), "test row"),
              Console.count(data.training().features().cols(), "feature"),
              Console.count(data.training().outputs(), "output")));
      Preprocessing preprocessing =
          Preprocessing.fit(
              config.preprocess().features(), config.preprocess().target(), data.training());
      compute(spark, data, preprocessing, result);
      result.complete();
      console.result("fit " + result.target());
    }
  }

  /** The numerical middle: posterior, correction and predictions, written to the result. */
  private void compute(
      SparkSession spark, FitData data, Preprocessing preprocessing, ResultDirectory result) {
    throw new UnsupportedOperationException("the numerical middle of fit");
  }

  static List<Path> inputs(DataFiles files) {
    return Stream.concat(
            files.train().files().stream(),
            files.test().stream().flatMap(test -> test.files().stream()))
        .toList();
  }
}
