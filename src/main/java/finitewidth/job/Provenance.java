package finitewidth.job;

import finitewidth.ml.Library;
import finitewidth.report.RunSummary;
import finitewidth.spark.Redaction;
import org.apache.spark.sql.SparkSession;
import scala.util.Properties;

/** Which run a result is from, and by which configuration. */
record Provenance(RunId run, EffectiveConfig config) {

  static Provenance of(Console console, ConfigValues values) {
    return new Provenance(console.run(), EffectiveConfig.of(values));
  }

  /** As summary.json has it. */
  RunSummary summary(SparkSession session, RunSummary.Inputs inputs) {
    return new RunSummary(
        run.id(),
        run.started().toString(),
        session.sparkContext().applicationId(),
        Redaction.standard().text(session.sparkContext().master()),
        new RunSummary.Versions(
            Library.version(),
            Library.commit(),
            session.version(),
            Properties.versionNumberString(),
            System.getProperty("java.version")),
        config.given(),
        config.fingerprint(),
        inputs);
  }
}
