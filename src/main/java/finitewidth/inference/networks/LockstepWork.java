package finitewidth.inference.networks;

import finitewidth.inference.Cost;
import finitewidth.inference.ProblemFingerprint;
import finitewidth.inference.work.Fingerprint;
import finitewidth.inference.work.Work;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Steps of chains in lockstep. A piece is a step of all chains of one network: which (network and
 * step, 4 bytes each), the seconds that were spent before it, then for each chain where it ended
 * and what was seen. What chains make of these is made anew.
 */
final class LockstepWork implements Work {
  private static final int HEAD = 2 * Integer.BYTES + Double.BYTES;

  /** How pieces are written. */
  private static final long FORMAT = 4;

  /** L and the probability of acceptance, beside weights and what was seen. */
  private static final int OWN = 2;

  /** Fields up to which an activation is known by its values. */
  private static final double VALUES = 4;

  private final LockstepProblem problem;
  private final InputSums sums;
  private final ProbeRows probe;
  private final LockstepPlan plan;
  private final Chains settings;
  private final long rows;
  private final List<LockstepRun> runs;
  private final boolean keeps;
  private final Map<Place, List<StepOfChain>> known = new HashMap<>();

  /** Seconds before a step, as they were kept. */
  private final Map<Integer, Double> spent = new HashMap<>();

  private List<Fresh> fresh = new ArrayList<>();
  private double restoredSeconds;

  private record Place(int network, int step) {}

  /** What is to be kept. */
  private record Fresh(Place place, double spent, List<StepOfChain> steps) {}

  /**
   * @param rows P
   * @param keeps whether there is a checkpoint that will ask for what is done
   */
  LockstepWork(
      LockstepProblem problem,
      InputSums sums,
      ProbeRows probe,
      LockstepPlan plan,
      Chains settings,
      long rows,
      List<LockstepRun> runs,
      boolean keeps) {
    this.problem = problem;
    this.sums = sums;
    this.probe = probe;
    this.plan = plan;
    this.settings = settings;
    this.rows = rows;
    this.runs = runs;
    this.keeps = keeps;
  }

  @Override
  public String name() {
    return "chains of networks in lockstep";
  }

  @Override
  public Fingerprint fingerprint() {
    Fingerprint.Builder all = Fingerprint.of(name()).add(FORMAT);
    ProblemFingerprint.add(all, problem.architecture());
    // A user's activation is more than its name.
    for (double z = -VALUES; z <= VALUES; z += 0.5) {
      all.add(problem.architecture().activation().value(z));
    }
    all.add(problem.noise()).add(sums.all()).add(probe.inputs()).add(rows);
    all.add((long) problem.outputs());
    all.add((long) settings.chains()).add((long) settings.states()).add(settings.seed());
    all.add((long) plan.levels()).add((long) plan.each()).add((long) plan.adapting());
    all.add((long) plan.length().mostLeaps());
    all.add((long) plan.least()).add((long) plan.most());
    all.add(settings.seconds().orElse(0));
    settings.hyperparameters().ifPresent(prior -> prior.addTo(all));
    for (LockstepRun run : runs) {
      all.add((long) run.shape().layers());
      for (int width : run.shape().widths()) {
        all.add((long) width);
      }
    }
    return all.done();
  }

  @Override
  public long largestPiece() {
    return runs.stream()
        .mapToLong(run -> bytes(run, Math.max(run.monitored(), run.shape().coordinates())))
        .max()
        .orElse(0);
  }

  private long bytes(LockstepRun run, int seen) {
    long numbers = (long) settings.chains() * (OWN + run.shape().coordinates() + seen);
    return HEAD + Double.BYTES * numbers;
  }

  @Override
  public synchronized void restore(ByteBuffer piece) {
    if (piece.remaining() < HEAD) {
      throw new IllegalArgumentException("it is too short for a step of chains");
    }
    long length = piece.remaining();
    Place place = new Place(piece.getInt(), piece.getInt());
    double before = piece.getDouble();
    if (place.network() < 0
        || place.network() >= runs.size()
        || place.step() < 0
        || !(before >= 0)) {
      throw new IllegalArgumentException("there is no such step of chains: " + place);
    }
    LockstepRun run = runs.get(place.network());
    int seen = run.seen(place.step());
    if (length != bytes(run, seen)) {
      throw new IllegalArgumentException("it has another size than " + place);
    }
    List<StepOfChain> steps = new ArrayList<>();
    for (int c = 0; c < settings.chains(); c++) {
      double value = piece.getDouble();
      double acceptance = piece.getDouble();
      steps.add(
          new StepOfChain(
              numbers(piece, run.shape().coordinates()), value, acceptance, numbers(piece, seen)));
    }
    spent.merge(place.step(), before, Math::max);
    if (known.putIfAbsent(place, steps) == null) {
      restoredSeconds += seconds(run, place.step());
    }
  }

  private static double[] numbers(ByteBuffer from, int count) {
    double[] numbers = new double[count];
    from.asDoubleBuffer().get(numbers);
    from.position(from.position() + Double.BYTES * count);
    return numbers;
  }

  private double seconds(LockstepRun run, int step) {
    double gradient = new Costs(rows, problem.outputs(), run.shape()).gradient();
    double part = Math.scalb(1.0, -plan.thinning(step).level());
    return Cost.products(settings.chains() * part * plan.length(step).mostLeaps() * gradient);
  }

  @Override
  public synchronized String found() {
    return known.size() + " steps of chains";
  }

  @Override
  public synchronized double restoredSeconds() {
    return restoredSeconds;
  }

  @Override
  public double coreSeconds() {
    return runs.stream()
        .mapToDouble(
            run ->
                Cost.products(
                    settings.chains()
                        * plan.gradients(plan.most())
                        * new Costs(rows, problem.outputs(), run.shape()).gradient()))
        .sum();
  }

  /** A step of some networks, if it was kept of all of them; is not asked for again. */
  synchronized Optional<List<List<StepOfChain>>> take(List<Integer> networks, int step) {
    List<List<StepOfChain>> all = new ArrayList<>();
    for (int network : networks) {
      List<StepOfChain> one = known.remove(new Place(network, step));
      if (one != null) {
        all.add(one);
      }
    }
    return all.size() == networks.size() ? Optional.of(all) : Optional.empty();
  }

  /** Seconds that were spent before a step, if it was kept. */
  synchronized OptionalDouble spent(int step) {
    Double seconds = spent.get(step);
    return seconds == null ? OptionalDouble.empty() : OptionalDouble.of(seconds);
  }

  /**
   * Takes in what was done, in the order of the networks.
   *
   * @param before seconds that were spent before the step
   */
  synchronized void add(
      List<Integer> networks, int step, List<List<StepOfChain>> steps, double before) {
    for (int i = 0; keeps && i < networks.size(); i++) {
      fresh.add(new Fresh(new Place(networks.get(i), step), before, steps.get(i)));
    }
  }

  @Override
  public void save(Pieces to) throws IOException {
    for (Fresh done : takeFresh()) {
      Place place = done.place();
      LockstepRun run = runs.get(place.network());
      ByteBuffer piece =
          ByteBuffer.allocate(Math.toIntExact(bytes(run, run.seen(place.step()))))
              .order(ByteOrder.LITTLE_ENDIAN);
      piece.putInt(place.network()).putInt(place.step()).putDouble(done.spent());
      for (StepOfChain step : done.steps()) {
        piece.putDouble(step.value()).putDouble(step.acceptance());
        for (double number : step.u()) {
          piece.putDouble(number);
        }
        for (double number : step.seen()) {
          piece.putDouble(number);
        }
      }
      to.put(piece.flip());
    }
  }

  private synchronized List<Fresh> takeFresh() {
    List<Fresh> taken = fresh;
    fresh = new ArrayList<>();
    return taken;
  }
}
