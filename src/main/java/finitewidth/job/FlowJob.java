package finitewidth.job;

import finitewidth.data.DataFiles;
import finitewidth.data.DataReader;
import finitewidth.data.FeatureScaler;
import finitewidth.data.TrainingSet;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** {@code flow}: inputs to kernel, self-energy and vertex of every layer, to a result directory. */
final class FlowJob {
  private final JobConfig config;
  private final Console console;

  FlowJob(JobConfig config, Console console) {
    this.config = config;
    this.console = console;
  }

  void run() throws IOException {
    Configuration hadoop = Sessions.hadoop();
    DataFiles files = DataFiles.locate(hadoop, config.data().withoutTest());
    try (ResultDirectory result =
            ResultDirectory.reserve(hadoop, config.output(), FitJob.inputs(files));
        SparkSession spark = Sessions.start(Verb.FLOW)) {
      TrainingSet inputs =
          new DataReader(spark, config.data(), files, config.preprocess().features()).readInputs();
      console.say(
          Console.count(inputs.rows(), "input")
              + ", "
              + Console.count(inputs.features().cols(), "feature"));
      FeatureScaler scaler =
          FeatureScaler.fit(
              config.preprocess().features(), inputs.features(), inputs.featureNames());
      compute(spark, inputs, scaler, result);
      result.complete();
      console.result("flow " + result.target());
    }
  }

  /** The numerical middle: the layers' tensors for the scaled inputs, written to the result. */
  private void compute(
      SparkSession spark, TrainingSet inputs, FeatureScaler scaler, ResultDirectory result) {
    throw new UnsupportedOperationException("the numerical middle of flow");
  }
}
