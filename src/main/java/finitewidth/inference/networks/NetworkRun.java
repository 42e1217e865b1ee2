package finitewidth.inference.networks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The chains of one network on their way: what is to be done next, and what has come of it. Decides
 * by what the chains have seen and nothing else.
 */
final class NetworkRun {
  /** Steps of adaptation. */
  static final int ADAPTING = 125;

  /** Iterations between looks at the diagnostics. */
  static final int ROUND = 50;

  /** Steps of annealing in one round. */
  private static final int ANNEALING_ROUND = 500;

  /** Steps of any round, at most. */
  static final int LONGEST = ANNEALING_ROUND;

  private final Costs costs;
  private final NetworkShape shape;
  private final Optional<HyperparameterSpace> space;
  private final int least;
  private final int most;
  private final int mostSteps;
  private final long seed;
  private Schedule schedule;
  private int pass;
  private List<ChainState> states;
  private final List<List<double[]>> traces = new ArrayList<>();
  private Phase phase = Phase.ANNEALING;
  private Mix mix = Mix.PLAIN;
  private Optional<Convergence> convergence = Optional.empty();
  private Optional<ChainDiagnostics> diagnostics = Optional.empty();

  /**
   * @param settings how many iterations there may be
   */
  NetworkRun(
      Costs costs,
      NetworkShape shape,
      Optional<HyperparameterSpace> space,
      Start start,
      Chains settings) {
    this.space = space;
    this.costs = costs;
    this.shape = shape;
    least = settings.least();
    most = settings.iterations();
    mostSteps = settings.annealing();
    seed = settings.seed();
    schedule = start.schedule();
    states = start.states();
    states.forEach(state -> traces.add(new ArrayList<>()));
  }

  /** What all chains do next; empty when they have done all. */
  Optional<Stretch> next() {
    int done = states.get(0).done(phase);
    return switch (phase) {
      case ANNEALING, RETURNING ->
          done == schedule.steps()
              ? Optional.empty()
              : stretch(Math.min(ANNEALING_ROUND, schedule.steps() - done));
      case ADAPTING -> stretch(ADAPTING);
      case DRAWING -> stretch(Math.min(ROUND, most - done));
      case PILOT -> throw new IllegalStateException("a pilot is no chain");
    };
  }

  private Optional<Stretch> stretch(int steps) {
    return Optional.of(new Stretch(phase, steps, pass, mix));
  }

  /** Takes in what chains have done, in their order. */
  void take(List<Chain.Done> done) {
    states = done.stream().map(Chain.Done::state).toList();
    if (phase == Phase.DRAWING) {
      for (int c = 0; c < traces.size(); c++) {
        traces.get(c).add(done.get(c).trace());
      }
    }
    int steps = states.get(0).done(phase);
    switch (phase) {
      case ANNEALING -> {
        if (steps == schedule.steps()) {
          phase = pass == 0 ? Phase.ADAPTING : Phase.RETURNING;
        }
      }
      case ADAPTING -> {
        settle();
        phase = Phase.DRAWING;
      }
      case DRAWING -> {
        judge();
        phase = isEnough(steps) ? Phase.RETURNING : phase;
      }
      case RETURNING -> {
        if (steps == schedule.steps()) {
          goAgain();
        }
      }
      case PILOT -> throw new IllegalStateException("a pilot is no chain");
    }
  }

  /** In twice as many steps, if the log evidence needs them and so many are allowed. */
  private void goAgain() {
    if (!evidence().isConverged() && 2 * schedule.steps() <= mostSteps) {
      pass++;
      schedule = schedule.doubled();
      states = states.stream().map(ChainState::again).toList();
      phase = Phase.ANNEALING;
    }
  }

  private boolean isEnough(int steps) {
    return steps >= most
        || (steps >= least && convergence.map(Convergence::isConverged).orElse(false));
  }

  /** All chains go by the median of what each has found, so that none is left with a bad step. */
  private void settle() {
    double step = median(states.stream().mapToDouble(state -> state.metric().step()).toArray());
    double[] frequencies = new double[states.get(0).metric().frequencies().length];
    for (int k = 0; k < frequencies.length; k++) {
      int column = k;
      frequencies[k] =
          median(
              states.stream().mapToDouble(state -> state.metric().frequencies()[column]).toArray());
    }
    Metric shared = new Metric(step, frequencies);
    mix = costs.mix(costs.length().mean(step));
    states = states.stream().map(state -> state.with(shared)).toList();
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return 0.5 * (values[(values.length - 1) / 2] + values[values.length / 2]);
  }

  private void judge() {
    List<BatchMeans> monitored =
        states.stream().map(state -> BatchMeans.restore(state.monitored())).toList();
    ChainDiagnostics found =
        ChainDiagnostics.of(
            likelihoods(),
            monitored.get(0).values() == 0 ? List.of() : monitored,
            OptionalDouble.of(acceptance()),
            space);
    diagnostics = Optional.of(found);
    convergence = Optional.of(Convergence.of(found));
  }

  /** L of all draws, [chain][draw]. */
  double[][] likelihoods() {
    double[][] all = new double[traces.size()][];
    for (int c = 0; c < all.length; c++) {
      all[c] = traces.get(c).stream().flatMapToDouble(Arrays::stream).toArray();
    }
    return all;
  }

  private double acceptance() {
    return states.stream()
        .mapToDouble(state -> state.acceptance() / draws())
        .average()
        .orElseThrow();
  }

  NetworkShape shape() {
    return shape;
  }

  Schedule schedule() {
    return schedule;
  }

  /** Draws of each chain. */
  int draws() {
    return states.get(0).done(Phase.DRAWING);
  }

  /** How chains stand, in the order of chains. */
  List<ChainState> states() {
    return states;
  }

  /** What the draws are judged by, once there are some. */
  ChainDiagnostics diagnostics() {
    return diagnostics.orElseThrow();
  }

  /** The verdict on them. */
  Convergence convergence() {
    return convergence.orElseThrow();
  }

  /** The coordinates of hyperparameters, where these are sampled. */
  Optional<HyperparameterSpace> space() {
    return space;
  }

  /** When all is done. */
  LogEvidence evidence() {
    return Bennett.of(
        states.stream().mapToDouble(ChainState::forward).toArray(),
        states.stream().mapToDouble(ChainState::backward).toArray(),
        seed);
  }

  /** Whether no more is drawn. */
  boolean isDrawn() {
    return phase == Phase.RETURNING || pass > 0;
  }

  /** How far they are, in words. */
  String standing() {
    return String.format(
        Locale.ROOT,
        "networks of widths %s: %d iterations of %d chains, R-hat %.3f, %.0f effective draws of the"
            + " log likelihood",
        Arrays.toString(shape.widths()),
        draws(),
        states.size(),
        diagnostics().likelihoodRhat(),
        diagnostics().likelihoodDraws());
  }
}
