package finitewidth.inference.networks;

import finitewidth.inference.Cost;
import finitewidth.inference.ProblemFingerprint;
import finitewidth.inference.work.Counted;
import finitewidth.inference.work.Fingerprint;
import finitewidth.inference.work.Work;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Pilots and stretches of chains. A piece is one of them: which (network, round and chain, 4 bytes
 * each), the seconds that were spent before its round, then where a stretch ended and what was
 * seen; or, with a round of −1, the schedule that a pilot has found and the seconds spent by then.
 */
final class ChainWork implements Work {
  private static final int HEAD = 3 * Integer.BYTES + Double.BYTES;

  /** Of a pilot. */
  private static final int BEFORE = -1;

  /** How pieces are written. */
  private static final long FORMAT = 4;

  /** Fields up to which an activation is known by its values. */
  private static final double VALUES = 4;

  private final Chains settings;
  private final List<WatchedNetwork> networks;
  private final Map<Place, Chain.Done> known = new HashMap<>();
  private final Map<Integer, Schedule> schedules = new HashMap<>();

  /** Seconds before a round, as they were kept. */
  private final Map<Integer, Double> spent = new HashMap<>();

  private double restoredSeconds;
  private double coreSeconds;
  private List<Fresh> fresh = new ArrayList<>();

  /** One stretch of one chain of one network. */
  record Place(int network, int round, int chain) implements Serializable {}

  /** What is to be kept; a schedule or a stretch. */
  private record Fresh(
      Place place, double spent, @Nullable Schedule schedule, Chain.@Nullable Done done) {}

  ChainWork(Chains settings, List<WatchedNetwork> networks) {
    this.settings = settings;
    this.networks = networks;
  }

  @Override
  public String name() {
    return "chains of networks";
  }

  @Override
  public Fingerprint fingerprint() {
    Fingerprint.Builder all = Fingerprint.of(name()).add(FORMAT);
    int known = -1;
    for (WatchedNetwork network : networks) {
      if (network.problem() > known) {
        known = network.problem();
        add(all, network.rows());
      }
      NetworkShape shape = network.shape();
      all.add((long) known).add((long) shape.layers());
      for (int width : shape.widths()) {
        all.add((long) width);
      }
    }
    all.add((long) settings.chains()).add((long) settings.least());
    all.add((long) settings.iterations());
    all.add((long) settings.states()).add((long) settings.annealing()).add(settings.seed());
    all.add(settings.seconds().orElse(0));
    settings.hyperparameters().ifPresent(prior -> prior.addTo(all));
    return all.done();
  }

  private static void add(Fingerprint.Builder all, WatchedRows rows) {
    NetworkProblem problem = rows.problem();
    ProblemFingerprint.add(all, problem.architecture());
    // A user's activation is more than its name.
    for (double z = -VALUES; z <= VALUES; z += 0.5) {
      all.add(problem.architecture().activation().value(z));
    }
    all.add(problem.noise()).add(problem.inputs()).add(problem.targets());
    all.add((long) problem.rows()).add((long) problem.outputs());
    all.add(rows.probe().inputs());
  }

  @Override
  public long largestPiece() {
    long schedule = (3L + 2 * (settings.annealing() + 1L)) * Double.BYTES;
    return HEAD
        + networks.stream()
            .mapToLong(
                network ->
                    ChainNumbers.bytes(
                        network.shape(),
                        network.rows().monitored(),
                        NetworkRun.LONGEST,
                        KeptStates.most(settings.statesEach(network.shape()))))
            .reduce(schedule, Math::max);
  }

  @Override
  public synchronized void restore(ByteBuffer piece) {
    if (piece.remaining() < HEAD) {
      throw new IllegalArgumentException("it is too short for a stretch of a chain");
    }
    Place place = new Place(piece.getInt(), piece.getInt(), piece.getInt());
    double before = piece.getDouble();
    boolean fits =
        place.network() >= 0
            && place.network() < networks.size()
            && place.round() >= BEFORE
            && before >= 0
            && place.chain() >= 0
            && place.chain() < settings.chains();
    if (!fits) {
      throw new IllegalArgumentException("there is no such stretch of a chain: " + place);
    }
    if (place.round() == BEFORE) {
      Schedule schedule = ChainNumbers.readSchedule(piece);
      spent.merge(0, before, Math::max);
      if (schedules.putIfAbsent(place.network(), schedule) == null) {
        restoredSeconds += seconds(place.network(), schedule);
        coreSeconds += seconds(place.network(), schedule);
      }
      return;
    }
    Chain.Done done = numbers(place).read(piece);
    spent.merge(place.round(), before, Math::max);
    if (known.putIfAbsent(place, done) == null) {
      double seconds = seconds(place.network(), done);
      restoredSeconds += seconds;
      coreSeconds += seconds;
    }
  }

  private ChainNumbers numbers(Place place) {
    WatchedNetwork network = networks.get(place.network());
    return new ChainNumbers(
        network.shape(), network.rows().problem().outputs(), network.rows().monitored());
  }

  @Override
  public synchronized String found() {
    return Counted.of(schedules.size(), "pilot", "pilots")
        + " and "
        + Counted.of(known.size(), "stretch", "stretches")
        + " of chains";
  }

  @Override
  public synchronized double restoredSeconds() {
    return restoredSeconds;
  }

  /** Of what is done so far: nobody knows before when chains will have converged. */
  @Override
  public synchronized double coreSeconds() {
    return coreSeconds;
  }

  private double seconds(int network, Chain.Done done) {
    return Cost.products(
        done.trace().length * networks.get(network).costs().move(Costs.USUAL_LEAPS));
  }

  private double seconds(int network, Schedule schedule) {
    return Cost.products(
        Pilot.PARTICLES * schedule.length() * networks.get(network).costs().anneal());
  }

  /** What a network's pilot has found, if that is known. */
  synchronized Optional<Schedule> schedule(int network) {
    return Optional.ofNullable(schedules.get(network));
  }

  /** Takes in what a pilot has found. */
  synchronized void add(int network, Schedule schedule, double seconds) {
    schedules.put(network, schedule);
    coreSeconds += seconds(network, schedule);
    fresh.add(new Fresh(new Place(network, BEFORE, 0), seconds, schedule, null));
  }

  /** Seconds that were spent before a round, if it was kept. */
  synchronized OptionalDouble spent(int round) {
    Double seconds = spent.get(round);
    return seconds == null ? OptionalDouble.empty() : OptionalDouble.of(seconds);
  }

  /** A stretch, if it was kept or is done. */
  synchronized Optional<Chain.Done> get(Place place) {
    return Optional.ofNullable(known.get(place));
  }

  /**
   * Takes in what a task has done.
   *
   * @param before seconds that were spent before its round
   */
  synchronized void add(Place place, Chain.Done done, double before) {
    known.put(place, done);
    coreSeconds += seconds(place.network(), done);
    fresh.add(new Fresh(place, before, null, done));
  }

  /** Forgets a round that all chains of a network have gone beyond. */
  synchronized void forget(int network, int round) {
    known.keySet().removeIf(place -> place.network() == network && place.round() == round);
  }

  @Override
  public void save(Pieces to) throws IOException {
    for (Fresh one : takeFresh()) {
      Place place = one.place();
      ByteBuffer piece =
          ByteBuffer.allocate(Math.toIntExact(largestPiece())).order(ByteOrder.LITTLE_ENDIAN);
      piece.putInt(place.network()).putInt(place.round()).putInt(place.chain());
      piece.putDouble(one.spent());
      if (one.schedule() != null) {
        ChainNumbers.write(one.schedule(), piece);
      }
      if (one.done() != null) {
        numbers(place).write(one.done(), piece);
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
