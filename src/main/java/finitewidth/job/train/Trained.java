package finitewidth.job.train;

import finitewidth.data.TestSet;
import finitewidth.data.TrainingSchema;
import finitewidth.data.read.TrainingBlocks;
import finitewidth.data.scale.Preprocessing;
import finitewidth.inference.Conditioning;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.NetworkConfig;
import finitewidth.report.summary.FitSummary;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What training rows have come to, whichever way they went: all that the rest of a fit needs.
 *
 * @param hyperparameters with the job and the preprocessing that follow from them
 * @param rows training rows
 * @param ids of the training rows, where they are conditioned on themselves
 * @param anew conditions on the same rows with the prior of another job
 * @param conditioning on the rows themselves, or on the inducing points that stand for them
 * @param inducing how points came to stand for rows; empty where none do
 * @param warnings what the user should know of that
 * @param readSeconds for reading and preprocessing
 * @param blocks of training rows that an engine passes over; empty where none does
 */
public record Trained(
    HyperparameterFit hyperparameters,
    TrainingSchema schema,
    long rows,
    List<Object> ids,
    TestSet test,
    Function<JobConfig, Conditioning> anew,
    Conditioning conditioning,
    Optional<FitSummary.Inducing> inducing,
    List<String> warnings,
    double readSeconds,
    Optional<TrainingBlocks> blocks)
    implements AutoCloseable {

  public Preprocessing preprocessing() {
    return hyperparameters.preprocessing();
  }

  /** P·m, of what was conditioned on. */
  public long targets() {
    return (long) conditioning.problem().size() * schema.outputs();
  }

  /** The same rows with another network, of the configured noise. */
  public Trained with(NetworkConfig network) {
    JobConfig job = hyperparameters.config();
    JobConfig other = job.with(network, job.noiseVariance());
    return new Trained(
        new HyperparameterFit(other, hyperparameters.preprocessing(), hyperparameters.summary()),
        schema,
        rows,
        ids,
        test,
        anew,
        network.equals(job.network()) ? conditioning : anew.apply(other),
        inducing,
        warnings,
        readSeconds,
        blocks);
  }

  /** The job with all that is known of its prior and widths. */
  public JobConfig config() {
    return WidthReport.withReference(hyperparameters.config(), targets());
  }

  /** Lets rows go that were held for an engine. */
  @Override
  public void close() {
    blocks.ifPresent(TrainingBlocks::close);
  }
}
