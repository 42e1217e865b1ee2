package finitewidth.inference.networks;

import finitewidth.inference.Cost;
import finitewidth.inference.ProblemFingerprint;
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

/**
 * Stretches of chains. A piece is one of them: which (network, round and chain, 4 bytes each), then
 * where it ended and what was seen. What comes before chains is done anew.
 */
final class ChainWork implements Work {
  private static final int HEAD = 3 * Integer.BYTES;

  /** Fields up to which an activation is known by its values. */
  private static final double VALUES = 4;

  private final Chains settings;
  private final List<WatchedNetwork> networks;
  private final Map<Place, Chain.Done> known = new HashMap<>();
  private double restoredSeconds;
  private double coreSeconds;
  private List<Map.Entry<Place, Chain.Done>> fresh = new ArrayList<>();

  /** One stretch of one chain of one network. */
  record Place(int network, int round, int chain) implements Serializable {}

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
    Fingerprint.Builder all = Fingerprint.of(name());
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
    return HEAD
        + networks.stream()
            .mapToLong(
                network ->
                    ChainNumbers.bytes(
                        network.shape(),
                        network.rows().monitored(),
                        NetworkRun.LONGEST,
                        KeptStates.most(settings.statesEach(network.shape()))))
            .max()
            .orElse(0);
  }

  @Override
  public synchronized void restore(ByteBuffer piece) {
    if (piece.remaining() < HEAD) {
      throw new IllegalArgumentException("it is too short for a stretch of a chain");
    }
    Place place = new Place(piece.getInt(), piece.getInt(), piece.getInt());
    boolean fits =
        place.network() >= 0
            && place.network() < networks.size()
            && place.round() >= 0
            && place.chain() >= 0
            && place.chain() < settings.chains();
    if (!fits) {
      throw new IllegalArgumentException("there is no such stretch of a chain: " + place);
    }
    Chain.Done done = numbers(place).read(piece);
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
    return known.size() + " stretches of chains";
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

  /** A stretch, if it was kept or is done. */
  synchronized Optional<Chain.Done> get(Place place) {
    return Optional.ofNullable(known.get(place));
  }

  /** Takes in what a task has done. */
  synchronized void add(Place place, Chain.Done done) {
    known.put(place, done);
    coreSeconds += seconds(place.network(), done);
    fresh.add(Map.entry(place, done));
  }

  /** Forgets a round that all chains of a network have gone beyond. */
  synchronized void forget(int network, int round) {
    known.keySet().removeIf(place -> place.network() == network && place.round() == round);
  }

  @Override
  public void save(Pieces to) throws IOException {
    for (Map.Entry<Place, Chain.Done> done : takeFresh()) {
      Place place = done.getKey();
      ByteBuffer piece =
          ByteBuffer.allocate(Math.toIntExact(largestPiece())).order(ByteOrder.LITTLE_ENDIAN);
      piece.putInt(place.network()).putInt(place.round()).putInt(place.chain());
      numbers(place).write(done.getValue(), piece);
      to.put(piece.flip());
    }
  }

  private synchronized List<Map.Entry<Place, Chain.Done>> takeFresh() {
    List<Map.Entry<Place, Chain.Done>> taken = fresh;
    fresh = new ArrayList<>();
    return taken;
  }
}
