package finitewidth.benchmark;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.montecarlo.DrawnAssembly;
import finitewidth.inference.montecarlo.Reductions;
import finitewidth.inference.montecarlo.RowBlock;
import finitewidth.inference.montecarlo.SampledContraction;
import finitewidth.inference.montecarlo.SampledProblem;
import finitewidth.inference.montecarlo.SamplingFit;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import finitewidth.prior.SampleFlow;
import java.util.List;

/** What every benchmark prepares. */
record Fitting(
    Architecture network,
    NngpPosterior nngp,
    ContractionProblem problem,
    DrawnAssembly sampled,
    List<DrawnAssembly.Rows> rows) {

  static Fitting of(Examples examples, Reductions reductions) {
    return of(
        examples.network(),
        examples.inputs(),
        examples.targets(),
        examples.noise(),
        examples.tests(),
        reductions);
  }

  static Fitting of(
      Architecture network,
      Matrix inputs,
      Matrix targets,
      double noise,
      Matrix tests,
      Reductions reductions) {
    SampleFlow flow = SampleFlow.of(network, inputs);
    NngpPosterior nngp = NngpPosterior.of(flow.kernel(network.hiddenLayers()), targets, noise);
    ContractionProblem problem =
        new ContractionProblem(flow, nngp.phi(), nngp.inverse(), true, 1e-9);
    int draws = SampledProblem.drawsPerBatch(problem, Long.MAX_VALUE, 1);
    DrawnAssembly sampled =
        new DrawnAssembly(
            nngp,
            SampledContraction.of(
                new SampledProblem(problem, nngp.cholesky(), 1, draws, reductions)));
    return new Fitting(network, nngp, problem, sampled, SamplingFit.rows(sampled, tests));
  }

  List<RowBlock> blocks() {
    return rows.stream().map(DrawnAssembly.Rows::block).toList();
  }

  static double seconds(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }
}
