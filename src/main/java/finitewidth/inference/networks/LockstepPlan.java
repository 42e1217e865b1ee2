package finitewidth.inference.networks;

/**
 * What chains in lockstep do at each of their steps, all of them the same: first they see ever more
 * rows, then they adapt, then they draw.
 *
 * @param levels of thinning before all rows are seen
 * @param each steps at each of them
 * @param adapting steps of adaptation
 * @param least draws before it is asked whether chains have converged
 * @param most draws
 * @param length of trajectories with all rows
 */
record LockstepPlan(
    int levels, int each, int adapting, int least, int most, Trajectory.Length length) {
  /** Steps at a level of thinning: together they cost as many steps with all rows at most. */
  private static final int MOST_EACH = 10;

  private static final int LEAST_ADAPTING = 25;

  /** Of the draws; a step costs the same as one of them. */
  private static final int PART = 4;

  /** Of a trajectory while rows come in. */
  static final Trajectory.Length SHORT = new Trajectory.Length(1e9, 5);

  /** That the softest direction turns by in a trajectory with all rows, before jitter. */
  private static final double ANGLE = 1.2;

  /**
   * As the settings and the number of rows have it.
   *
   * @param leaps of a trajectory with all rows at most: every one is two passes over them
   */
  static LockstepPlan of(Chains settings, int leaps, long rows) {
    int levels = Thinning.levels(rows);
    return new LockstepPlan(
        levels,
        levels == 0 ? 0 : Math.max(1, Math.min(MOST_EACH, settings.annealing() / levels)),
        Math.min(NetworkRun.ADAPTING, Math.max(LEAST_ADAPTING, settings.iterations() / PART)),
        settings.least(),
        settings.iterations(),
        new Trajectory.Length(ANGLE, leaps));
  }

  /** Steps before chains adapt. */
  int annealing() {
    return levels * each;
  }

  /** Steps before chains draw. */
  int before() {
    return annealing() + adapting;
  }

  Phase phase(int step) {
    if (step < annealing()) {
      return Phase.ANNEALING;
    }
    return step < before() ? Phase.ADAPTING : Phase.DRAWING;
  }

  /** Which rows are seen. */
  Thinning thinning(int step) {
    return step < annealing() ? new Thinning(levels - step / each) : Thinning.NONE;
  }

  /** Whether a step is the last with its rows, more of which come in then. */
  boolean isLastOfLevel(int step) {
    return step < annealing() && (step + 1) % each == 0;
  }

  /** Counted within the phase. */
  int within(int step) {
    return switch (phase(step)) {
      case ANNEALING -> step;
      case ADAPTING -> step - annealing();
      default -> step - before();
    };
  }

  Trajectory.Length length(int step) {
    return phase(step) == Phase.ANNEALING ? SHORT : length;
  }

  /**
   * Gradients over all rows of a chain that ends after so many draws; steps with fewer rows count
   * as the part of a gradient that they are.
   */
  double gradients(int draws) {
    double thinned = 0;
    for (int level = 1; level <= levels; level++) {
      thinned += each * SHORT.mostLeaps() * Math.scalb(1.0, -level);
    }
    return thinned + (double) length.mostLeaps() * (adapting + draws);
  }
}
