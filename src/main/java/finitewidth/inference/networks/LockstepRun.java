package finitewidth.inference.networks;

import finitewidth.inference.ChainEnd;
import finitewidth.inference.networks.ChainRandom.Kernel;
import finitewidth.linalg.NumericsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The chains of one network that go in lockstep, and what has come of them. */
final class LockstepRun {
  /** Readouts of all states that predict, in numbers: they are saved. */
  private static final long MOST_NUMBERS = 1L << 22;

  /** Draws that can be judged: the halves of halves are compared. */
  static final int FEWEST_DRAWS = 2 * SplitRhat.FEWEST_DRAWS;

  private final LockstepProblem problem;
  private final NetworkShape shape;
  private final LockstepPlan plan;
  private final ProbeRows probe;
  private final HiddenLayers probed;

  /** Empty where hyperparameters are as they were given. */
  private final Optional<VarianceSweep> variances;

  private final Optional<OutputSweep> outputs;

  private final ChainRandom common;
  private final int statesEach;
  private final List<LockstepChain> chains = new ArrayList<>();
  private final Budget budget;
  private boolean done;
  private ChainEnd end = ChainEnd.ITERATIONS;
  private Optional<ChainDiagnostics> diagnostics = Optional.empty();

  LockstepRun(
      LockstepProblem problem,
      NetworkShape shape,
      LockstepPlan plan,
      ProbeRows probe,
      Chains settings,
      Budget budget) {
    this.budget = budget;
    this.problem = problem;
    this.shape = shape;
    this.plan = plan;
    this.probe = probe;
    probed = problem.layers(shape, probe.inputs(), probe.rows());
    variances =
        space()
            .map(
                space ->
                    new VarianceSweep(
                        space, problem.rotation(), problem.architecture().activation(), shape));
    outputs = space().map(OutputSweep::new);
    statesEach = statesEach(settings, shape, problem.outputs());
    common = new ChainRandom(settings.seed(), shape.widths(), -1);
    for (int chain = 0; chain < settings.chains(); chain++) {
      chains.add(
          new LockstepChain(
              shape,
              plan,
              new ChainRandom(settings.seed(), shape.widths(), chain),
              monitored(),
              statesEach));
    }
  }

  /** States that are kept of each chain, with their last layers. */
  static int statesEach(Chains settings, NetworkShape shape, int outputs) {
    long q = shape.features();
    long fit = MOST_NUMBERS / (shape.weights() + q * (q + outputs)) / settings.chains();
    return (int) Math.max(1, Math.min(fit, settings.statesEach(shape)));
  }

  /** The coordinates of hyperparameters, where these are sampled. */
  Optional<HyperparameterSpace> space() {
    return Optional.ofNullable(problem.space());
  }

  /** m T, and hyperparameters. */
  int monitored() {
    return problem.outputs() * probe.rows() + problem.hyperparameters();
  }

  /** How many numbers a step leaves of a chain beside weights. */
  int seen(int step) {
    return plan.phase(step) == Phase.DRAWING ? monitored() : shape.coordinates();
  }

  boolean isDone() {
    return done;
  }

  NetworkShape shape() {
    return shape;
  }

  List<LockstepChain> chains() {
    return chains;
  }

  int statesEach() {
    return statesEach;
  }

  /** What comes before a step where hyperparameters are sampled. */
  void sweep(int step) {
    variances.ifPresent(sweep -> chains.forEach(chain -> chain.sweep(sweep, step)));
  }

  /** All chains set out, each from where it is, for equally many leaps of one length. */
  List<Flight> set(int step) {
    double jitter = common.of(plan.phase(step), Kernel.TRAJECTORY, plan.within(step), 0).uniform();
    return chains.stream().map(chain -> chain.set(step, jitter)).toList();
  }

  /** What has come of a step. */
  List<StepOfChain> landed(int step, List<Flight> flights) {
    List<StepOfChain> landed = new ArrayList<>();
    for (int c = 0; c < flights.size(); c++) {
      Flight.Landing end = flights.get(c).land();
      Point point = settled(c, step, end.point());
      landed.add(
          new StepOfChain(
              point.u(),
              point.value(),
              end.acceptance(),
              plan.phase(step) == Phase.DRAWING ? look(point) : point.gradient()));
    }
    return landed;
  }

  /**
   * Where a chain is when noise and the output layer's variances have moved, too; its gradient is
   * that of before.
   */
  private Point settled(int chain, int step, Point point) {
    if (outputs.isEmpty()) {
      return point;
    }
    StateVariances now = problem.variances(new Position(shape, point.u())).orElseThrow();
    FeatureSums sums = point.last().sums(now);
    double[] theta = Arrays.copyOfRange(point.u(), shape.weights(), shape.coordinates());
    outputs.get().move(theta, sums, 1, false, chains.get(chain).outputs(step));
    double[] u = point.u().clone();
    System.arraycopy(theta, 0, u, shape.weights(), theta.length);
    StateVariances then = problem.variances(new Position(shape, u)).orElseThrow();
    return new Point(u, LastLayer.of(sums.with(then)), point.gradient());
  }

  /** Conditional means at the watched rows, then hyperparameters. */
  private double[] look(Point point) {
    double[] seen = new double[monitored()];
    Optional<StateVariances> own = problem.variances(new Position(shape, point.u()));
    if (probe.rows() > 0) {
      own.ifPresent(probed::set);
      probed.forward(point.u(), false);
      LastWeights.mean(
          point.last().mean(),
          shape.features(),
          problem.outputs(),
          probed.last(),
          probe.rows(),
          seen);
    }
    own.ifPresent(at -> space().orElseThrow().values(at, seen, problem.outputs() * probe.rows()));
    return seen;
  }

  /**
   * Takes in a step that was made now or before.
   *
   * @param spent of the budget by then
   */
  void take(int step, List<StepOfChain> steps, double spent) {
    for (int c = 0; c < chains.size(); c++) {
      chains.get(c).take(step, steps.get(c));
    }
    if (step == plan.before() - 1) {
      Metric shared = Metric.median(chains.stream().map(LockstepChain::metric).toList());
      chains.forEach(chain -> chain.settle(shared));
    }
    int draws = draws();
    boolean late = draws >= FEWEST_DRAWS && !budget.allows(spent, 0);
    if (draws > 0 && (draws % NetworkRun.ROUND == 0 || draws == plan.most() || late)) {
      ChainDiagnostics found = judged();
      diagnostics = Optional.of(found);
      finish(draws, late, Convergence.of(found).isConverged());
    }
  }

  private void finish(int draws, boolean late, boolean converged) {
    done = true;
    if (converged && draws >= plan.least() && plan.least() < plan.most()) {
      end = ChainEnd.CONVERGENCE;
    } else if (draws < plan.most() && late) {
      end = ChainEnd.SECONDS;
    } else {
      done = draws == plan.most();
    }
  }

  /** What has ended the draws. */
  ChainEnd end() {
    return end;
  }

  /** Is told what is known after a step, where more steps with the same rows follow. */
  void know(int step, List<Flight> flights) {
    if (plan.thinning(step).equals(plan.thinning(step + 1))) {
      for (int c = 0; c < chains.size(); c++) {
        chains.get(c).know(flights.get(c).land().point());
      }
    }
  }

  private ChainDiagnostics judged() {
    return ChainDiagnostics.of(
        likelihoods(),
        monitored() == 0 ? List.of() : chains.stream().map(LockstepChain::monitored).toList(),
        OptionalDouble.of(
            chains.stream().mapToDouble(LockstepChain::acceptance).average().orElseThrow()),
        space());
  }

  /** L of all draws, [chain][draw]. */
  double[][] likelihoods() {
    return chains.stream().map(LockstepChain::likelihoods).toArray(double[][]::new);
  }

  /** Draws of each chain. */
  int draws() {
    return chains.get(0).draws();
  }

  /** What the draws are judged by, when all is done. */
  ChainDiagnostics diagnostics() {
    return diagnostics.orElseThrow();
  }

  Convergence convergence() {
    return Convergence.of(diagnostics());
  }

  /** Hidden weights of the states that predict, those of the first chain first. */
  List<Position> kept() {
    int fewest = chains.stream().mapToInt(chain -> chain.kept().weights().size()).min().orElse(0);
    int count = Math.min(statesEach, fewest);
    return chains.stream()
        .flatMap(chain -> chain.kept().even(count).stream())
        .map(u -> new Position(shape, u))
        .toList();
  }

  /** Refuses a start where the likelihood is no number. */
  NumericsException noNumber() {
    return new NumericsException(
        "a network drawn of the prior, of widths "
            + Arrays.toString(shape.widths())
            + " and activation "
            + problem.architecture().activation().name()
            + ", has features that are not finite, or whose Gram matrix plus "
            + (problem.space() == null
                ? "{NOISE_VARIANCE} = "
                    + problem.noise()
                    + " is not positive definite to working precision; raise {NOISE_VARIANCE}"
                : "a sampled noise is not positive definite to working precision; raise"
                    + " {EVIDENCE_NOISE_FLOOR}"));
  }

  /** How far it is, in words. */
  String standing(int step, double secondsPerStep) {
    String what =
        switch (plan.phase(step)) {
          case ANNEALING ->
              String.format(
                  Locale.ROOT,
                  "step %d of %d with one row of %d",
                  step + 1,
                  plan.annealing(),
                  1L << plan.thinning(step).level());
          case ADAPTING ->
              String.format(
                  Locale.ROOT,
                  "step %d of %d of adaptation",
                  plan.within(step) + 1,
                  plan.adapting());
          default ->
              String.format(
                  Locale.ROOT,
                  "iteration %d of %d at most%s%s",
                  draws(),
                  plan.most(),
                  rhat(),
                  done ? "; ended by " + end.words() : "");
        };
    return String.format(
        Locale.ROOT,
        "networks of widths %s in lockstep, %d chains: %s, %.3g s a step",
        Arrays.toString(shape.widths()),
        chains.size(),
        what,
        secondsPerStep);
  }

  private String rhat() {
    return draws() < SplitRhat.FEWEST_DRAWS
        ? ""
        : String.format(
            Locale.ROOT, ", R-hat of the log likelihood %.3f", SplitRhat.of(likelihoods()));
  }

  /** Whether a step is of those that are told of whatever time they took. */
  boolean isTold(int step) {
    int draws = draws();
    boolean round = draws > 0 && draws % NetworkRun.ROUND == 0;
    return done
        || round && Integer.bitCount(draws / NetworkRun.ROUND) == 1
        || Stream.of(plan.annealing() - 1, plan.before() - 1).anyMatch(last -> last == step);
  }
}
