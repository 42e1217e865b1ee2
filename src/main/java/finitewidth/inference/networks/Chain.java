package finitewidth.inference.networks;

import finitewidth.inference.networks.ChainRandom.Kernel;
import java.io.Serializable;
import java.util.List;

/**
 * Takes a chain through a stretch of its life, on one thread. Where it ends and what is seen on the
 * way depend on the state that it began with and on nothing else: every kernel has its own stream
 * of deviates, and begins with a factor made anew.
 */
final class Chain {
  private final NetworkShape shape;
  private final Schedule schedule;
  private final Plan plan;
  private final long seed;
  private final Probe probe;
  private final CollapsedLikelihood likelihood;
  private final Kernels kernels;

  /**
   * What chains of all widths do alike.
   *
   * @param seed of the user
   * @param adapting steps of a stretch of that phase
   * @param kept states of each chain that are kept at least
   */
  record Plan(long seed, int adapting, int kept) implements Serializable {}

  /**
   * What became of a stretch.
   *
   * @param state where it ended
   * @param trace L after each step
   */
  record Done(ChainState state, double[] trace) implements Serializable {}

  Chain(NetworkProblem problem, NetworkShape shape, Schedule schedule, Plan plan, ProbeRows rows) {
    this.shape = shape;
    this.schedule = schedule;
    this.plan = plan;
    seed = plan.seed();
    likelihood = new CollapsedLikelihood(problem, shape);
    kernels = new Kernels(problem, likelihood);
    probe = new Probe(problem, shape, rows, likelihood);
  }

  /** A chain before its first step: a draw of the prior. */
  ChainState start(int number) {
    double[] u = new double[shape.coordinates()];
    double value = drawPrior(u, new ChainRandom(seed, shape.widths(), number), 0);
    Adaptation adaptation = Adaptation.start(kernels.openShape());
    return new ChainState(
        number,
        u,
        value,
        new int[Phase.PILOT.ordinal()],
        0,
        0,
        adaptation,
        adaptation.settled(),
        0,
        new BatchMeans(probe.values()).state(),
        KeptStates.atLeast(plan.kept()));
  }

  private double drawPrior(double[] u, ChainRandom random, int pass) {
    random.of(Phase.ANNEALING, Kernel.START, 0, pass).fill(u);
    double value = likelihood.value(u);
    if (!Double.isFinite(value)) {
      throw likelihood.noNumber(u);
    }
    return value;
  }

  /** Goes on. */
  Done advance(ChainState from, Stretch stretch) {
    Walk walk = new Walk(from, stretch);
    for (int k = 0; k < stretch.steps(); k++) {
      walk.step(k);
    }
    return walk.done();
  }

  /** One stretch. */
  private final class Walk {
    private final ChainState from;
    private final Stretch stretch;
    private final ChainRandom random;
    private final double[] u;
    private final double[] trace;
    private final BatchMeans monitored;
    private double value;
    private double forward;
    private double backward;
    private double acceptance;
    private Adaptation adaptation;
    private KeptStates kept;

    Walk(ChainState from, Stretch stretch) {
      this.from = from;
      this.stretch = stretch;
      random = new ChainRandom(seed, shape.widths(), from.chain());
      u = from.weights().clone();
      value = from.logLikelihood();
      forward = from.forward();
      backward = from.backward();
      acceptance = from.acceptance();
      adaptation = from.adaptation();
      monitored = BatchMeans.restore(from.monitored());
      kept = from.kept();
      trace = new double[stretch.steps()];
      if (stretch.pass() > 0 && from.done(stretch.phase()) == 0) {
        beginAgain();
      }
    }

    /** Another pass starts from another draw of the prior, and back from the last state kept. */
    private void beginAgain() {
      if (stretch.phase() == Phase.ANNEALING) {
        value = drawPrior(u, random, stretch.pass());
      } else {
        List<double[]> states = kept.weights();
        System.arraycopy(states.get(states.size() - 1), 0, u, 0, u.length);
      }
    }

    void step(int k) {
      int step = from.done(stretch.phase()) + k;
      switch (stretch.phase()) {
        case ANNEALING -> anneal(step + 1);
        case ADAPTING -> adapt(step);
        case DRAWING -> draw(step);
        case RETURNING -> giveBack(schedule.steps() - step);
        case PILOT -> throw new IllegalArgumentException("a pilot is no chain");
      }
      trace[k] = value;
    }

    private void anneal(int k) {
      forward += gap(k) * value;
      value =
          kernels.anneal(
              u,
              schedule.tau()[k],
              schedule.leap()[k],
              false,
              random,
              Phase.ANNEALING,
              k,
              stretch.pass());
    }

    private void giveBack(int k) {
      value =
          kernels.anneal(
              u,
              schedule.tau()[k],
              schedule.leap()[k],
              true,
              random,
              Phase.RETURNING,
              k,
              stretch.pass());
      backward += gap(k) * value;
    }

    private double gap(int k) {
      return schedule.tau()[k] - schedule.tau()[k - 1];
    }

    private void adapt(int step) {
      kernels.move(u, adaptation.metric(), random, Phase.ADAPTING, step);
      adaptation =
          adaptation.update(
              kernels.openShape(),
              kernels.opened(),
              kernels.trajectory(),
              step % plan.adapting(),
              plan.adapting());
      value = kernels.sweep(u, random, Phase.ADAPTING, step);
    }

    private void draw(int step) {
      kernels.move(u, from.metric(), random, Phase.DRAWING, step);
      acceptance += kernels.trajectory().acceptance();
      if (stretch.mix().hasSweep(step)) {
        kernels.sweep(u, random, Phase.DRAWING, step);
      }
      monitored.add(probe.look(u));
      value = probe.logLikelihood();
      kept = kept.add(u);
    }

    Done done() {
      int[] steps = from.steps().clone();
      steps[stretch.phase().ordinal()] += stretch.steps();
      return new Done(
          new ChainState(
              from.chain(),
              u,
              value,
              steps,
              forward,
              backward,
              adaptation,
              stretch.phase() == Phase.ADAPTING ? adaptation.settled() : from.metric(),
              acceptance,
              monitored.state(),
              kept),
          trace);
    }
  }
}
