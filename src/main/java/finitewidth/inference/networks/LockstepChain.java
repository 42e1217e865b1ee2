package finitewidth.inference.networks;

import finitewidth.inference.networks.ChainRandom.Kernel;
import finitewidth.inference.work.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the chains that go in lockstep. Where it is follows from its steps, so it is brought to
 * where it was by being told these again.
 */
final class LockstepChain {
  private static final double FIRST_LEAP = 0.3;
  private static final double LARGEST_LEAP = 1;
  private static final double ACCEPTANCE = 0.8;

  /** States before frequencies are believed. */
  private static final int FEWEST_STATES = 5;

  private final NetworkShape shape;
  private final LockstepPlan plan;
  private final ChainRandom random;
  private final List<Double> trace = new ArrayList<>();
  private final BatchMeans monitored;
  private double[] u;
  private @Nullable Point point;
  private Metric metric;
  private Curvature curvature;
  private Adaptation adaptation;
  private KeptStates kept;
  private double acceptance;

  /**
   * A draw of the prior.
   *
   * @param monitored numbers that are watched
   * @param kept states at least
   */
  LockstepChain(
      NetworkShape shape, LockstepPlan plan, ChainRandom random, int monitored, int kept) {
    this.shape = shape;
    this.plan = plan;
    this.random = random;
    this.monitored = new BatchMeans(monitored);
    this.kept = KeptStates.atLeast(kept);
    u = new double[shape.coordinates()];
    random.of(Phase.ANNEALING, Kernel.START, 0, 0).fill(u);
    metric = Metric.plain(FIRST_LEAP, shape);
    curvature = Curvature.none(shape);
    adaptation = adapted();
  }

  /** Begins to adapt with what was found while rows came in. */
  private Adaptation adapted() {
    return new Adaptation(
        DualAveraging.from(metric.step()), Curvature.none(shape), metric.frequencies());
  }

  /** Where the likelihood is not known yet though it is needed for the next step. */
  boolean isUnknown() {
    return point == null;
  }

  Position position() {
    return new Position(shape, u);
  }

  /** Is told the likelihood where it is. */
  void know(Point known) {
    point = known;
  }

  /** Moves hyperparameters and weights so that no field changes, before a step. */
  void sweep(VarianceSweep variances, int step) {
    u = u.clone();
    variances.move(u, false, random.of(plan.phase(step), Kernel.VARIANCES, plan.within(step), 0));
    point = null;
  }

  /** Deviates for noise and the output layer's variances, after a step. */
  RandomStream outputs(int step) {
    return random.of(plan.phase(step), Kernel.OUTPUT, plan.within(step), 0);
  }

  /**
   * Sets out.
   *
   * @param leaps that all chains of its network make
   */
  Flight set(int step, double jitter) {
    Phase phase = plan.phase(step);
    Metric now = phase == Phase.ADAPTING ? adaptation.metric() : metric;
    RandomStream deviates = random.of(phase, Kernel.TRAJECTORY, plan.within(step), 0);
    double threshold = deviates.uniform();
    Point start = point;
    if (start == null) {
      throw new IllegalStateException("a chain sets out from where nothing is known");
    }
    return new Flight(
        shape, now, start, threshold, deviates, plan.length(step).leaps(now.step(), jitter));
  }

  /** Takes in a step. */
  void take(int step, StepOfChain done) {
    u = done.u();
    point = null;
    switch (plan.phase(step)) {
      case ANNEALING -> anneal(step, done);
      case ADAPTING -> {
        adaptation =
            adaptation.update(
                shape, u, done.acceptance(), done.seen(), plan.within(step), plan.adapting());
        metric = adaptation.settled();
      }
      default -> {
        trace.add(done.value());
        acceptance += done.acceptance();
        monitored.add(done.seen());
        kept = kept.add(u);
      }
    }
  }

  private void anneal(int step, StepOfChain done) {
    double leap = metric.step() * Math.exp(done.acceptance() - ACCEPTANCE);
    double[] frequencies = metric.frequencies();
    curvature = curvature.add(shape, u, done.seen());
    if (plan.isLastOfLevel(step)) {
      if (curvature.states() >= FEWEST_STATES) {
        frequencies = curvature.frequencies(shape);
      }
      // Twice as many rows are twice as stiff.
      leap *= Math.sqrt(0.5);
      curvature = Curvature.none(shape);
    }
    metric = new Metric(Math.min(LARGEST_LEAP, leap), frequencies);
    adaptation = adapted();
  }

  /** Goes by these from now on. */
  void settle(Metric shared) {
    metric = shared;
  }

  Metric metric() {
    return metric;
  }

  /** L of all draws. */
  double[] likelihoods() {
    return trace.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Share of its trajectories that were accepted while it drew. */
  double acceptance() {
    return acceptance / trace.size();
  }

  int draws() {
    return trace.size();
  }

  /** What it has predicted at the watched rows. */
  BatchMeans monitored() {
    return monitored;
  }

  KeptStates kept() {
    return kept;
  }
}
