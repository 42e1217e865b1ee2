package finitewidth.inference.montecarlo;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.FirstOrder;
import finitewidth.inference.Load;
import finitewidth.inference.Order;
import finitewidth.inference.State;
import finitewidth.inference.work.Runtime;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.NngpPredictor;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A posterior with the draws that a fit has settled on.
 *
 * @param batches of each source layer; rows that come later are predicted with these
 */
public record DrawnPosterior(DrawnAssembly sampled, int[] batches, LogEvidence logEvidence)
    implements FirstOrder {
  static final String SEED = "seed";
  static final String DRAWS_PER_BATCH = "drawsPerBatch";
  static final String BATCHES = "batches";

  @Override
  public NngpPosterior nngp() {
    return sampled.nngp();
  }

  @Override
  public ContractionProblem problem() {
    return sampled.contraction().problem().contraction();
  }

  @Override
  public BlockPredictor predictor(Order order) {
    return switch (order) {
      case NNGP -> new NngpPredictor(nngp(), problem().flow());
      case CORRECTED -> new DrawnPredictor(this);
      case CUMULANTS -> new DrawnCumulantPredictor(this);
    };
  }

  @Override
  public Shifts shifts(Runtime runtime) {
    OutputShifts shifts = OutputShifts.of(sampled.contraction());
    return shifts.of(RedrawnJob.run(runtime, shifts, batches, "kernel shifts of training rows"), 0);
  }

  /** {@inheritDoc} O(P³ H). */
  @Override
  public Directed directed(Matrix directions) {
    DrawnAssembly along =
        new DrawnAssembly(
            nngp(), SampledContraction.of(sampled.contraction().problem().along(directions)));
    return () -> new DrawnPredictor(this, along);
  }

  @Override
  public Load load(Order order, long rows, int cores) {
    return SampledCost.load(problem().shape(), draws(state()), order, rows, cores);
  }

  @Override
  public State state() {
    SampledProblem problem = sampled.contraction().problem();
    SortedMap<String, List<Long>> numbers = new TreeMap<>();
    numbers.put(SEED, List.of(problem.seed()));
    numbers.put(DRAWS_PER_BATCH, List.of((long) problem.drawsPerBatch()));
    numbers.put(BATCHES, Arrays.stream(batches).mapToObj(count -> (long) count).toList());
    return new State(Sampled.NAME, numbers, new TreeMap<>());
  }

  /**
   * Refuses numbers of a state that no fit leaves.
   *
   * @throws IllegalArgumentException naming them
   */
  static void check(State.Sizes sizes) {
    sizes.numbers(SEED, 1, Long.MIN_VALUE, Long.MAX_VALUE);
    // A batch is as long as there are training samples, rounded up, or two draws an output.
    long longest = Math.max(sizes.size() + SampledProblem.DRAWS_PER_BATCH, 2L * sizes.outputs());
    sizes.numbers(DRAWS_PER_BATCH, 1, 1, longest);
    sizes.numbers(BATCHES, sizes.sources(), 1, Integer.MAX_VALUE);
  }

  /** The draws of a posterior that was saved. */
  static SampledCost.Draws draws(State state) {
    return SampledCost.Draws.of(state.number(BATCHES), state.number(DRAWS_PER_BATCH).get(0));
  }

  /** A posterior that was saved. */
  static DrawnPosterior restore(
      NngpPosterior nngp, ContractionProblem problem, LogEvidence evidence, State state) {
    SampledProblem sampled =
        new SampledProblem(
            problem,
            nngp.cholesky(),
            state.number(SEED).get(0),
            Math.toIntExact(state.number(DRAWS_PER_BATCH).get(0)));
    return new DrawnPosterior(
        new DrawnAssembly(nngp, SampledContraction.of(sampled)),
        state.number(BATCHES).stream().mapToInt(Math::toIntExact).toArray(),
        evidence);
  }
}
