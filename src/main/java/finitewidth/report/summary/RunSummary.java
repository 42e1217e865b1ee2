package finitewidth.report.summary;

import java.util.Map;

/**
 * What a result is traced by, in every summary.json.
 *
 * @param id of the run, as in its log, in Spark's job group and in the application's name
 * @param started when, ISO 8601, UTC
 * @param applicationId Spark's
 * @param config the keys that were set, secrets masked
 * @param configSha256 fingerprint of the effective configuration
 */
public record RunSummary(
    String id,
    String started,
    String applicationId,
    String master,
    Versions versions,
    Map<String, String> config,
    String configSha256,
    Inputs inputs) {

  /**
   * What ran.
   *
   * @param commit of the sources; "unknown" where the build had none
   */
  public record Versions(
      String finiteWidth, String commit, String spark, String scala, String java) {}

  /**
   * The files that were read.
   *
   * @param of what the fingerprint is: their bytes, or what stands for them
   * @param sha256 fingerprint
   */
  public record Inputs(int files, long bytes, String of, String sha256) {}
}
