package finitewidth.inference.montecarlo;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.Cost;
import finitewidth.inference.Load;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.RowTasks;
import finitewidth.inference.State;
import finitewidth.inference.work.Counted;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.NngpPredictor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A posterior with the draws that a fit has settled on.
 *
 * @param batches of each source layer; rows that come later are predicted with these
 */
public record DrawnPosterior(SampledPosterior sampled, int[] batches, LogEvidence logEvidence)
    implements Posterior {
  static final String SEED = "seed";
  static final String DRAWS_PER_BATCH = "drawsPerBatch";
  static final String BATCHES = "batches";

  /** Rows of a task that shares the draws among them. */
  private static final long TOGETHER = 4096;

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
  public Load load(Order order, long rows, int cores) {
    if (order == Order.NNGP) {
      return Load.nngp(rows, problem().size());
    }
    double seconds = Cost.seconds(operations(rows));
    if (order == Order.CORRECTED) {
      int tasks = (int) Math.max(1, Math.min(rows, Math.max(cores, rows / TOGETHER)));
      return new Load(Optional.of(tasks), 1, "rows", true, seconds, Optional.empty());
    }
    double cumulants = Cost.seconds(DrawnCumulants.operations(this, rows));
    String note =
        String.format(
            Locale.ROOT,
            "cumulants of %s from draws by layer %s: about %.0f core seconds",
            Counted.of(rows, "row", "rows"),
            Arrays.toString(DrawnCumulants.draws(this)),
            Math.ceil(cumulants));
    return new Load(
        Optional.of(RowTasks.sharing(cores, rows, RowBlock.ROWS)),
        1,
        "rows",
        true,
        seconds + cumulants,
        Optional.of(note));
  }

  /** Floating-point operations of the draws, made anew for so many rows. */
  private double operations(long rows) {
    SampledContraction contraction = sampled.contraction();
    double operations = 0;
    for (int s = 0; s < batches.length; s++) {
      operations +=
          (double) batches[s]
              * contraction.problem().drawsPerBatch()
              * contraction.operations(s, rows);
    }
    return operations;
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

  /** Draws of each layer, on average, that the numbers of a state tell; empty of other engines. */
  public static OptionalDouble draws(SortedMap<String, List<Long>> numbers) {
    return numbers.containsKey(DRAWS_PER_BATCH) && numbers.containsKey(BATCHES)
        ? OptionalDouble.of(
            numbers.get(DRAWS_PER_BATCH).get(0)
                * numbers.get(BATCHES).stream().mapToLong(b -> b).average().orElse(0))
        : OptionalDouble.empty();
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
        new SampledPosterior(nngp, SampledContraction.of(sampled)),
        state.number(BATCHES).stream().mapToInt(Math::toIntExact).toArray(),
        evidence);
  }
}
