package finitewidth.job.run;

import finitewidth.Library;
import finitewidth.job.config.ConfigValues;
import finitewidth.job.config.EffectiveConfig;
import finitewidth.job.console.Console;
import finitewidth.job.console.RunId;
import finitewidth.report.summary.RunSummary;
import finitewidth.runtime.Redaction;
import org.apache.spark.sql.SparkSession;
import scala.util.Properties;

/** Which run a result is from, and by which configuration. */
public record Provenance(RunId run, EffectiveConfig config) {

  public static Provenance of(Console console, ConfigValues values) {
    return new Provenance(console.run(), EffectiveConfig.of(values));
  }

  /** As summary.json has it. */
  public RunSummary summary(SparkSession session, RunSummary.Inputs inputs) {
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
