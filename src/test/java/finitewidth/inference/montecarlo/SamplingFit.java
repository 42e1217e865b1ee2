package finitewidth.inference.montecarlo;

import finitewidth.inference.ContractionProblem;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Architecture;
import finitewidth.prior.SampleFlow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The whole sampled computation on one thread, without Spark. */
public record SamplingFit(
    DrawnAssembly posterior, List<DrawnAssembly.Rows> rows, Estimates estimates) {

  public static SamplingFit of(
      Architecture network,
      Matrix inputs,
      Matrix targets,
      double noise,
      Matrix tests,
      long seed,
      int drawsPerBatch,
      int batches) {
    return of(posterior(network, inputs, targets, noise, seed, drawsPerBatch), tests, batches);
  }

  public static DrawnAssembly posterior(
      Architecture network,
      Matrix inputs,
      Matrix targets,
      double noise,
      long seed,
      int drawsPerBatch) {
    SampleFlow flow = SampleFlow.of(network, inputs);
    NngpPosterior nngp = NngpPosterior.of(flow.kernel(network.hiddenLayers()), targets, noise);
    ContractionProblem problem =
        new ContractionProblem(flow, nngp.phi(), nngp.inverse(), true, 1e-9);
    return new DrawnAssembly(
        nngp,
        SampledContraction.of(new SampledProblem(problem, nngp.cholesky(), seed, drawsPerBatch)));
  }

  /** Test rows prepared, block by block. */
  public static List<DrawnAssembly.Rows> rows(DrawnAssembly posterior, Matrix tests) {
    DrawnAssembly.Preparation preparation = posterior.preparation();
    List<DrawnAssembly.Rows> rows = new ArrayList<>();
    for (int from = 0; from < tests.rows(); from += RowBlock.ROWS) {
      int first = from;
      double[][] features = new double[Math.min(RowBlock.ROWS, tests.rows() - from)][];
      Arrays.setAll(features, k -> tests.row(first + k));
      rows.add(preparation.prepare(features));
    }
    return rows;
  }

  public static SamplingFit of(DrawnAssembly posterior, Matrix tests, int batches) {
    List<DrawnAssembly.Rows> rows = rows(posterior, tests);
    List<RowBlock> blocks = rows.stream().map(DrawnAssembly.Rows::block).toList();
    SampledContraction contraction = posterior.contraction();
    List<Moments> moments = new ArrayList<>();
    for (int s = 0; s < contraction.problem().sources(); s++) {
      Moments sum = SampledContraction.noBatches(contraction.problem(), blocks.size());
      for (int from = 0; from < batches; from += StoppingRule.RUN) {
        int to = Math.min(batches, from + StoppingRule.RUN);
        sum.add(contraction.batches(s).compute(from, to, blocks));
      }
      moments.add(sum);
    }
    return new SamplingFit(posterior, rows, new Estimates(contraction, blocks, moments));
  }

  public LogEvidence logEvidence() {
    return posterior.logEvidence(estimates);
  }

  public List<Prediction> predictions() {
    return List.copyOf(posterior.predictions(rows, estimates));
  }
}
