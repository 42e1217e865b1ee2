package finitewidth.inference.networks;

import finitewidth.inference.ChainEnd;
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
  /** Steps of a stretch of adaptation: one at least, and more while L rises. */
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
  private final boolean evidence;
  private final long seed;
  private final Budget budget;
  private Schedule schedule;
  private int pass;

  /** None before the first round. */
  private List<ChainState> states = List.of();

  private final List<List<double[]>> traces = new ArrayList<>();
  private Phase phase = Phase.ANNEALING;
  private Mix mix = Mix.PLAIN;
  private Optional<Convergence> convergence = Optional.empty();
  private Optional<ChainDiagnostics> diagnostics = Optional.empty();
  private ChainEnd end = ChainEnd.ITERATIONS;

  /** When the last way from prior to posterior began. */
  private double began;

  /** Seconds that it took; the way back takes as many. */
  private double way;

  private boolean hurried;
  private boolean drawn;

  /**
   * @param settings how many iterations there may be
   * @param budget of all networks
   * @param spent of it before the first round
   */
  NetworkRun(
      Costs costs,
      NetworkShape shape,
      Optional<HyperparameterSpace> space,
      Schedule schedule,
      Chains settings,
      Budget budget,
      double spent) {
    this.space = space;
    this.costs = costs;
    this.shape = shape;
    this.schedule = schedule;
    this.budget = budget;
    began = spent;
    least = settings.least();
    most = settings.iterations();
    mostSteps = settings.annealing();
    evidence = settings.evidence();
    seed = settings.seed();
    for (int chain = 0; chain < settings.chains(); chain++) {
      traces.add(new ArrayList<>());
    }
  }

  /** How a chain stands; empty before its first step. */
  Optional<ChainState> state(int chain) {
    return states.isEmpty() ? Optional.empty() : Optional.of(states.get(chain));
  }

  private int done(Phase of) {
    return states.isEmpty() ? 0 : states.get(0).done(of);
  }

  /** What all chains do next; empty when they have done all. */
  Optional<Stretch> next() {
    int done = done(phase);
    return switch (phase) {
      case ANNEALING, RETURNING ->
          done == schedule.steps()
              ? Optional.empty()
              : stretch(Math.min(ANNEALING_ROUND, schedule.steps() - done));
      case ADAPTING -> stretch(ADAPTING);
      case DRAWING -> drawn ? Optional.empty() : stretch(Math.min(ROUND, most - done));
      case PILOT -> throw new IllegalStateException("a pilot is no chain");
    };
  }

  /** Whether what was kept is what a chain does next: a checkpoint may have lost rounds before. */
  boolean isNext(Stretch stretch, Chain.Done done) {
    return done.trace().length == stretch.steps()
        && done.state().done(stretch.phase()) == done(stretch.phase()) + stretch.steps();
  }

  private Optional<Stretch> stretch(int steps) {
    return Optional.of(new Stretch(phase, steps, pass, mix));
  }

  /**
   * Takes in what chains have done, in their order.
   *
   * @param spent of the budget by then
   */
  void take(List<Chain.Done> done, double spent) {
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
          way = spent - began;
          phase = pass == 0 ? Phase.ADAPTING : Phase.RETURNING;
        }
      }
      case ADAPTING -> {
        double[][] risen = done.stream().map(Chain.Done::trace).toArray(double[][]::new);
        boolean again = steps + ADAPTING <= most && budget.allows(spent, back());
        if (!again || !Rise.of(risen).isSeen()) {
          settle();
          phase = Phase.DRAWING;
        }
      }
      case DRAWING -> {
        judge();
        drawn = isEnough(steps, spent);
        phase = drawn && evidence ? Phase.RETURNING : phase;
      }
      case RETURNING -> {
        if (steps == schedule.steps()) {
          goAgain(spent);
        }
      }
      case PILOT -> throw new IllegalStateException("a pilot is no chain");
    }
  }

  /** In twice as many steps, if the log evidence needs them and so many are allowed. */
  private void goAgain(double spent) {
    if (evidence().isConverged() || 2 * schedule.steps() > mostSteps) {
      return;
    }
    // There and back, each in twice the time.
    hurried = !budget.allows(spent, 4 * way);
    if (!hurried) {
      began = spent;
      pass++;
      schedule = schedule.doubled();
      states = states.stream().map(ChainState::again).toList();
      phase = Phase.ANNEALING;
    }
  }

  /** Whether no more is to be drawn, so that there is time for the way back if it is gone. */
  private boolean isEnough(int steps, double spent) {
    if (steps >= least && least < most && convergence().isConverged()) {
      end = ChainEnd.CONVERGENCE;
      return true;
    }
    if (steps < most && !budget.allows(spent, back())) {
      end = ChainEnd.SECONDS;
      return true;
    }
    return steps >= most;
  }

  /** Seconds of the way back, where it is gone. */
  private double back() {
    return evidence ? way : 0;
  }

  /** What has ended the draws. */
  ChainEnd end() {
    return end;
  }

  /** Whether the log evidence might be known better if there were more seconds. */
  boolean isHurried() {
    return hurried;
  }

  /** All chains go by the median of what each has found, so that none is left with a bad step. */
  private void settle() {
    Metric shared = Metric.median(states.stream().map(ChainState::metric).toList());
    mix = costs.mix(costs.length().mean(shared.step()));
    states = states.stream().map(state -> state.with(shared)).toList();
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
    return done(Phase.DRAWING);
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

  /** When all is done; {@link LogEvidence#UNKNOWN} where chains do not go back. */
  LogEvidence evidence() {
    return evidence
        ? Bennett.of(
            states.stream().mapToDouble(ChainState::forward).toArray(),
            states.stream().mapToDouble(ChainState::backward).toArray(),
            seed)
        : LogEvidence.UNKNOWN;
  }

  /** Whether no more is drawn. */
  boolean isDrawn() {
    return drawn;
  }

  /** How far they are, in words. */
  String standing() {
    return String.format(
        Locale.ROOT,
        "networks of widths %s: %d iterations of %d chains, R-hat %.3f, %.0f effective draws of the"
            + " log likelihood%s",
        Arrays.toString(shape.widths()),
        draws(),
        states.size(),
        diagnostics().likelihoodRhat(),
        diagnostics().likelihoodDraws(),
        isDrawn() ? "; ended by " + end.words() : "");
  }
}
