package finitewidth.inference.ensemble;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.Load;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.State;
import finitewidth.inference.Validity;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.NngpPredictor;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The exact posterior at the widths that are drawn. It holds no draws: a row is predicted with all
 * networks drawn anew from the seed, for the training rows and this one.
 *
 * @param targets P × m, preprocessed
 * @param noise s²
 */
record EnsemblePosterior(
    NngpPosterior nngp,
    ContractionProblem problem,
    Matrix targets,
    double noise,
    Drawing drawing,
    LogEvidence logEvidence)
    implements Posterior {
  static final String TARGETS = "targets";
  private static final String SEED = "seed";
  static final String DRAWS = "draws";
  static final String WIDTHS = "widths";
  static final String NOISE = "noise";

  @Override
  public BlockPredictor predictor(Order order) {
    return switch (order) {
      case NNGP -> new NngpPredictor(nngp, problem.flow());
      case CORRECTED -> new RowByRow();
      case CUMULANTS ->
          throw new IllegalArgumentException(
              "third and fourth cumulants are not known of networks that are drawn; leave out"
                  + " quantiles, or use the exact or the sampled engine");
    };
  }

  @Override
  public Optional<Order> quantiles() {
    return Optional.empty();
  }

  @Override
  public Validity validity() {
    return Validity.CONVERGENCE;
  }

  /** All networks anew for every row: whom it is predicted with changes no bit of it. */
  private final class RowByRow implements BlockPredictor {
    @Override
    public int blockRows() {
      return 1;
    }

    @Override
    public List<Prediction> predict(double[][] features) {
      return Arrays.stream(features).map(this::predict).toList();
    }

    private Prediction predict(double[] x) {
      EnsembleProblem own =
          new EnsembleProblem(
              problem.flow().architecture(),
              problem.flow().inputs(),
              targets,
              noise,
              Matrix.copyOf(new double[][] {x}));
      List<EnsembleEstimate> estimates =
          drawing.choices().stream().map(choice -> estimate(own, choice)).toList();
      return new EnsembleMoments(drawing.widths(), own, estimates).prediction(0);
    }

    private EnsembleEstimate estimate(EnsembleProblem own, int[] choice) {
      EnsembleWorker worker = new EnsembleWorker(own, choice);
      long perBatch = EnsembleJob.drawsPerBatch(drawing.draws());
      return new EnsembleEstimate(
          own,
          IntStream.range(0, EnsembleEstimate.GROUPS)
              .mapToObj(number -> worker.compute(drawing.seed(), number, perBatch))
              .toList());
    }
  }

  @Override
  public Load load(Order order, long rows, int cores) {
    return EnsembleCost.load(problem.shape(), drawing, order, rows, cores);
  }

  @Override
  public State state() {
    SortedMap<String, List<Long>> numbers = new TreeMap<>();
    numbers.put(SEED, List.of(drawing.seed()));
    numbers.put(DRAWS, List.of(drawing.draws()));
    List<Long> widths = new ArrayList<>();
    drawing.choices().forEach(choice -> IntStream.of(choice).forEach(n -> widths.add((long) n)));
    numbers.put(WIDTHS, widths);
    SortedMap<String, Matrix> tensors = new TreeMap<>();
    tensors.put(TARGETS, targets);
    tensors.put(NOISE, Matrix.copyOf(new double[][] {{noise}}));
    return new State(Ensemble.NAME, numbers, tensors);
  }

  /**
   * Refuses numbers of a state that no conditioning leaves.
   *
   * @throws IllegalArgumentException naming them
   */
  static void check(State.Sizes sizes) {
    sizes.numbers(SEED, 1, Long.MIN_VALUE, Long.MAX_VALUE);
    sizes.numbers(DRAWS, 1, 1, Long.MAX_VALUE);
    int choices = sizes.numbers().getOrDefault(WIDTHS, List.of()).size() / sizes.sources();
    sizes.numbers(WIDTHS, Math.max(1, choices) * sizes.sources(), 1, Integer.MAX_VALUE);
  }

  /** A posterior that was saved. */
  static EnsemblePosterior restore(
      NngpPosterior nngp, ContractionProblem problem, LogEvidence evidence, State state) {
    return new EnsemblePosterior(
        nngp,
        problem,
        state.tensor(TARGETS),
        state.tensor(NOISE).get(0, 0),
        drawing(state, problem.sources()),
        evidence);
  }

  /** The networks of a posterior that was saved. */
  static Drawing drawing(State state, int layers) {
    List<Widths> choices = new ArrayList<>();
    List<Long> numbers = state.number(WIDTHS);
    for (int from = 0; from < numbers.size(); from += layers) {
      choices.add(
          Widths.of(
              numbers.subList(from, from + layers).stream()
                  .mapToDouble(Long::doubleValue)
                  .toArray()));
    }
    return new Drawing(choices, state.number(DRAWS).get(0), state.number(SEED).get(0));
  }
}
