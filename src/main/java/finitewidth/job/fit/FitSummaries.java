package finitewidth.job.fit;

import finitewidth.Library;
import finitewidth.inference.Conditioning;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.NetworkConfig;
import finitewidth.job.config.Networks;
import finitewidth.job.config.Words;
import finitewidth.job.engine.CorrectedRows;
import finitewidth.job.engine.NetworkChoice;
import finitewidth.job.run.JobCheckpoint;
import finitewidth.job.train.TestRows;
import finitewidth.job.train.Trained;
import finitewidth.job.train.TrainingKernels;
import finitewidth.linalg.Blas;
import finitewidth.prior.Widths;
import finitewidth.report.summary.ChainsSummary;
import finitewidth.report.summary.FitSummary;
import finitewidth.report.summary.RunSummary;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Puts together what summary.json says of a fit. */
final class FitSummaries {
  private final SparkSession session;
  private final RunSummary run;
  private final Trained trained;
  private final TestRows test;
  private final CorrectedRows fitted;
  private final FitReport report;
  private final JobCheckpoint checkpoint;
  private final List<FitSummary.NetworkEvidence> networks;

  FitSummaries(
      SparkSession session,
      RunSummary run,
      NetworkChoice choice,
      TestRows test,
      CorrectedRows fitted,
      FitReport report,
      JobCheckpoint checkpoint) {
    networks = choice.candidates();
    this.checkpoint = checkpoint;
    this.session = session;
    this.run = run;
    trained = choice.trained();
    this.test = test;
    this.fitted = fitted;
    this.report = report;
  }

  FitSummary summary(double readSeconds, double predictSeconds, double totalSeconds) {
    JobConfig config = report.config();
    NetworkConfig network = config.network();
    Conditioning conditioning = trained.conditioning();
    List<Double> widths = network.hiddenWidths().stream().map(Long::doubleValue).toList();
    List<ChainsSummary> chains = chains(network);
    List<FitSummary.Scale> scales =
        fitted.scales(Networks.widths(network)).stream().map(FitSummary.Scale::of).toList();
    double contractionSeconds = fitted.contractionSeconds() + predictSeconds;
    return new FitSummary(
        Library.version(),
        session.version(),
        Blas.description(),
        run,
        data(),
        new FitSummary.Network(
            network.activation(),
            network.negativeSlope(),
            network.hiddenWidths(),
            network.biasVariances(),
            network.weightVariances()),
        Words.of(config.posterior().method()),
        new FitSummary.Hyperparameters(
            Words.of(config.hyperparameters()),
            noise(config),
            trained.hyperparameters().summary(),
            report.widthSummary(),
            networks),
        trained.inducing(),
        report.order0(conditioning.nngp().dataFit()),
        report.order0OnCorrected(),
        report.deltaLogEvidence(),
        report.corrected(),
        report.widths(),
        fitted.summary(contractionSeconds, Networks.widths(network)),
        chains.stream()
            .filter(one -> one.widths().equals(widths))
            .findFirst()
            .map(FitSummary.OwnChains::of),
        scales.stream()
            .filter(one -> one.widths().equals(widths))
            .mapToDouble(FitSummary.Scale::rho)
            .findFirst(),
        chains,
        scales,
        fitted.metrics(Networks.widths(network)).stream()
            .map(one -> FitSummary.Metric.of(one, features()))
            .toList(),
        report.firstOrder(fitted.posterior().firstOrderEvidence()),
        new HiddenKernelTable(
                Networks.widths(network), trained.ids(), trained.conditioning().targets())
            .summaries(fitted.hiddenKernels()),
        checkpoint.summary(),
        new FitSummary.Seconds(
            readSeconds,
            conditioning.kernelSeconds(),
            conditioning.factorSeconds(),
            fitted.contractionSeconds(),
            predictSeconds,
            totalSeconds),
        Stream.of(
                checkpoint.warnings(),
                trained.hyperparameters().warnings(),
                trained.warnings(),
                fitted.warnings(Networks.widths(network)),
                report.warnings(TrainingKernels.outputScale(conditioning)))
            .flatMap(List::stream)
            .toList());
  }

  /** Where it is sampled, its posterior mean at the network's widths. */
  private double noise(JobConfig config) {
    Widths widths = Networks.widths(config.network());
    return fitted.chains(widths).stream()
        .filter(chains -> chains.widths().equals(widths) && !chains.hyperparameters().isEmpty())
        .mapToDouble(chains -> chains.hyperparameters().get(0).mean())
        .findFirst()
        .orElse(config.noiseVariance());
  }

  private List<ChainsSummary> chains(NetworkConfig network) {
    List<String> features = features();
    return fitted.chains(Networks.widths(network)).stream()
        .map(chains -> ChainsSummary.of(chains, features))
        .toList();
  }

  /** Names of the features that the network sees. */
  private List<String> features() {
    int[] ignored = trained.preprocessing().features().ignored();
    List<String> all = trained.schema().featureNames();
    return IntStream.range(0, all.size())
        .filter(j -> Arrays.binarySearch(ignored, j) < 0)
        .mapToObj(all::get)
        .toList();
  }

  private FitSummary.Data data() {
    return new FitSummary.Data(
        trained.rows(),
        test.count(),
        trained.preprocessing().features().inputs(trained.schema().features()),
        trained.schema().outputs(),
        fitted.posterior().logEvidence().isOrderZero() ? 0 : test.correctedCount(),
        priors());
  }

  private Optional<Map<String, Double>> priors() {
    List<Double> priors = trained.schema().classPriors();
    if (priors.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Double> byClass = new LinkedHashMap<>();
    for (int k = 0; k < priors.size(); k++) {
      byClass.put(trained.schema().outputNames().get(k), priors.get(k));
    }
    return Optional.of(byClass);
  }
}
