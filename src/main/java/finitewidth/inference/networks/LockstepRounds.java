package finitewidth.inference.networks;

import finitewidth.inducing.TrainingPasses;
import finitewidth.inference.work.Checkpoint;
import finitewidth.inference.work.Progress;
import finitewidth.inference.work.Runtime;
import finitewidth.inference.work.Stopwatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Takes the chains of all networks through their lives side by side: a leap of all of them is two
 * passes over the rows. A chain whose trajectory is over waits for the others. Steps that the
 * runtime's checkpoint has are not made again.
 */
final class LockstepRounds {
  /** Between two lines on a step that is not told of anyway. */
  private static final double SECONDS_TOLD = 60;

  private final LockstepLikelihood likelihood;
  private final LockstepPlan plan;
  private final List<LockstepRun> runs;
  private final LockstepWork work;
  private final Runtime runtime;
  private final Progress progress;
  private final Budget budget;
  private final Stopwatch sinceTold = new Stopwatch();

  /** Of the budget, before the step that comes next. */
  private double spent;

  private double silent;

  private LockstepRounds(
      LockstepLikelihood likelihood,
      LockstepPlan plan,
      List<LockstepRun> runs,
      LockstepWork work,
      Runtime runtime,
      Chains settings,
      Budget budget) {
    this.budget = budget;
    this.likelihood = likelihood;
    this.plan = plan;
    this.runs = runs;
    this.work = work;
    this.runtime = runtime;
    long all = (long) runs.size() * settings.chains() * (plan.before() + settings.iterations());
    progress =
        new Progress(runtime.messages().progress(), "chains in lockstep", all, "steps of chains");
  }

  /**
   * Runs chains until they agree, or have made all their iterations.
   *
   * @param sums over these rows
   * @param probe rows that are watched
   * @param plan of their steps
   * @return one run for each of the widths, in their order
   */
  static List<LockstepRun> run(
      Runtime runtime,
      TrainingPasses rows,
      LockstepProblem problem,
      InputSums sums,
      ProbeRows probe,
      Chains settings,
      LockstepPlan plan) {
    Budget budget = new Budget(settings.seconds());
    List<LockstepRun> runs =
        settings.widths().stream()
            .map(
                widths ->
                    new LockstepRun(
                        problem, problem.shape(widths.whole()), plan, probe, settings, budget))
            .toList();
    LockstepWork work =
        new LockstepWork(
            problem, sums, probe, plan, settings, rows.rows(), runs, runtime.checkpoint().keeps());
    LockstepLikelihood likelihood = new LockstepLikelihood(rows, problem);
    Checkpoint.Keeping keeping = runtime.checkpoint().open(work);
    try {
      new LockstepRounds(likelihood, plan, runs, work, runtime, settings, budget).all();
      return runs;
    } finally {
      keeping.close();
    }
  }

  private void all() {
    int step = 0;
    List<Integer> active = active();
    work.spent(0).ifPresent(budget::resume);
    spent = work.spent(0).orElseGet(budget::spent);
    while (!active.isEmpty()) {
      Optional<List<List<StepOfChain>>> kept = work.take(active, step);
      if (kept.isPresent()) {
        double after = after(step);
        for (int i = 0; i < active.size(); i++) {
          runs.get(active.get(i)).take(step, kept.get().get(i), after);
          progress.found(kept.get().get(i).size());
        }
        spent = after;
      } else {
        make(active, step);
      }
      step++;
      active = active();
    }
  }

  /** What is spent after a step: where the next one was kept, what it was decided on by. */
  private double after(int step) {
    work.spent(step + 1).ifPresent(budget::resume);
    return work.spent(step + 1).orElseGet(budget::spent);
  }

  private List<Integer> active() {
    return IntStream.range(0, runs.size()).filter(i -> !runs.get(i).isDone()).boxed().toList();
  }

  private void make(List<Integer> active, int step) {
    Stopwatch watch = new Stopwatch();
    active.forEach(i -> runs.get(i).sweep(step));
    orient(active, step);
    List<List<Flight>> flights = active.stream().map(i -> runs.get(i).set(step)).toList();
    fly(flights.stream().flatMap(List::stream).toList(), step);
    double after = after(step);
    List<List<StepOfChain>> steps = new ArrayList<>();
    int chains = 0;
    for (int i = 0; i < active.size(); i++) {
      LockstepRun run = runs.get(active.get(i));
      steps.add(run.landed(step, flights.get(i)));
      run.take(step, steps.get(i), after);
      run.know(step, flights.get(i));
      chains += run.chains().size();
    }
    work.add(active, step, steps, spent);
    spent = after;
    progress.add(chains);
    tell(active, step, watch.lap());
  }

  /** Finds out the likelihood where chains begin, and where more rows have come in. */
  private void orient(List<Integer> active, int step) {
    List<LockstepChain> unknown = new ArrayList<>();
    for (int i : active) {
      runs.get(i).chains().stream().filter(LockstepChain::isUnknown).forEach(unknown::add);
    }
    if (unknown.isEmpty()) {
      return;
    }
    List<Point> points =
        likelihood.points(
            unknown.stream().map(LockstepChain::position).toList(), plan.thinning(step));
    for (int c = 0; c < points.size(); c++) {
      unknown.get(c).know(points.get(c));
    }
    if (points.stream().anyMatch(point -> !point.isFinite())) {
      throw runs.get(active.get(0)).noNumber();
    }
  }

  private void fly(List<Flight> flights, int step) {
    List<Flight> flying = flights.stream().filter(Flight::isFlying).toList();
    while (!flying.isEmpty()) {
      List<Point> points =
          likelihood.points(flying.stream().map(Flight::leap).toList(), plan.thinning(step));
      for (int c = 0; c < points.size(); c++) {
        flying.get(c).arrive(points.get(c));
      }
      flying = flying.stream().filter(Flight::isFlying).toList();
    }
  }

  private void tell(List<Integer> active, int step, double seconds) {
    silent += sinceTold.lap();
    boolean late = silent > SECONDS_TOLD;
    for (int i : active) {
      if (late || runs.get(i).isTold(step)) {
        runtime.messages().say(runs.get(i).standing(step, seconds));
        silent = 0;
      }
    }
  }
}
