package finitewidth.inference.networks;

import finitewidth.inference.networks.ChainWork.Place;
import finitewidth.inference.work.Checkpoint;
import finitewidth.inference.work.Counted;
import finitewidth.inference.work.Progress;
import finitewidth.inference.work.Runtime;
import finitewidth.inference.work.Shared;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes the chains of all networks through their lives, round by round: a chain is a task, and what
 * all chains of a network have seen decides on the next round. Rounds that the runtime's checkpoint
 * has are not done again.
 */
final class ChainRounds {
  private final Runtime runtime;
  private final Chains settings;
  private final List<WatchedNetwork> networks;
  private final Chain.Plan[] plans;
  private final Progress progress;
  private final Budget budget;

  /** Of the budget, before the round that comes next. */
  private double spent;

  private ChainRounds(Runtime runtime, List<WatchedNetwork> networks, Chains settings) {
    this.runtime = runtime;
    this.networks = networks;
    this.settings = settings;
    budget = new Budget(settings.seconds());
    plans =
        networks.stream()
            .map(
                network ->
                    new Chain.Plan(
                        settings.seed(), NetworkRun.ADAPTING, settings.statesEach(network.shape())))
            .toArray(Chain.Plan[]::new);
    long all = (long) networks.size() * settings.chains() * settings.iterations();
    progress = new Progress(runtime.messages().progress(), "chains of networks", all, "iterations");
  }

  /** One chain's next stretch, from its start if there is no state; goes to where it is done. */
  private record Going(
      Place place,
      int problem,
      int[] widths,
      Schedule schedule,
      Chain.Plan plan,
      Stretch stretch,
      @Nullable ChainState state)
      implements Serializable {
    Done go(WatchedRows[] problems) {
      WatchedRows rows = problems[problem];
      Chain chain =
          new Chain(rows.problem(), rows.problem().shape(widths), schedule, plan, rows.probe());
      ChainState from = state == null ? chain.start(place.chain()) : state;
      return new Done(place, chain.advance(from, stretch));
    }
  }

  private record Done(Place place, Chain.Done done) implements Serializable {}

  /**
   * Runs chains until they agree, or have made all their iterations.
   *
   * @param networks those of a problem next to one another, problems numbered from 0
   * @param settings whose widths are not looked at
   * @return one run for each of the networks, in their order
   */
  static List<NetworkRun> run(Runtime runtime, List<WatchedNetwork> networks, Chains settings) {
    return new ChainRounds(runtime, networks, settings).all();
  }

  private List<NetworkRun> all() {
    ChainWork work = new ChainWork(settings, networks);
    Checkpoint.Keeping keeping = runtime.checkpoint().open(work);
    WatchedRows[] problems =
        IntStream.rangeClosed(0, networks.get(networks.size() - 1).problem())
            .mapToObj(this::problem)
            .toArray(WatchedRows[]::new);
    try (Shared<WatchedRows[]> shared = runtime.share(problems)) {
      List<NetworkRun> runs = start(work, shared);
      int round = 0;
      while (advance(runs, round, work, shared)) {
        round++;
      }
      return runs;
    } finally {
      keeping.close();
    }
  }

  private WatchedRows problem(int number) {
    return networks.stream()
        .filter(network -> network.problem() == number)
        .findFirst()
        .orElseThrow()
        .rows();
  }

  private List<NetworkRun> start(ChainWork work, Shared<WatchedRows[]> shared) {
    work.spent(0).ifPresent(budget::resume);
    pilot(work, shared);
    spent = work.spent(0).orElseGet(budget::spent);
    List<NetworkRun> runs = new ArrayList<>();
    for (int i = 0; i < networks.size(); i++) {
      WatchedNetwork network = networks.get(i);
      runs.add(
          new NetworkRun(
              network.costs(),
              network.shape(),
              network.rows().problem().space(),
              work.schedule(i).orElseThrow(),
              settings,
              budget,
              spent));
    }
    return runs;
  }

  /** Sends pilots ahead, where it is not known what they find. */
  private void pilot(ChainWork work, Shared<WatchedRows[]> shared) {
    int most = settings.annealing();
    List<Ahead> ahead = new ArrayList<>();
    for (int i = 0; i < networks.size(); i++) {
      if (work.schedule(i).isEmpty()) {
        WatchedNetwork network = networks.get(i);
        ahead.add(new Ahead(i, network.problem(), network.shape().widths()));
      }
    }
    if (ahead.isEmpty()) {
      return;
    }
    long seed = settings.seed();
    runtime.run(
        new Runtime.Name(
            "pilots of " + Counted.of(ahead.size(), "network", "networks"), "networks"),
        ahead,
        ahead.size(),
        pieces -> {
          ArrayList<Found> found = new ArrayList<>();
          pieces.forEachRemaining(one -> found.add(one.go(shared.value(), seed, most)));
          return found;
        },
        found -> found.forEach(one -> work.add(one.network(), one.schedule(), budget.spent())));
  }

  /** A network whose pilot goes ahead. */
  private record Ahead(int network, int problem, int[] widths) implements Serializable {
    Found go(WatchedRows[] problems, long seed, int most) {
      NetworkProblem own = problems[problem].problem();
      return new Found(network, new Pilot(own, own.shape(widths), seed).run(most));
    }
  }

  private record Found(int network, Schedule schedule) implements Serializable {}

  /** One round of all networks that are not through yet; whether there were any. */
  private boolean advance(
      List<NetworkRun> runs, int round, ChainWork work, Shared<WatchedRows[]> shared) {
    List<Going> going = new ArrayList<>();
    List<Integer> active = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Optional<Stretch> next = runs.get(i).next();
      if (next.isPresent()) {
        active.add(i);
        going.addAll(missing(runs.get(i), i, round, next.get(), work));
      }
    }
    go(going, work, shared);
    // Where the next round was kept, so was the time by which it was decided on.
    work.spent(round + 1).ifPresent(budget::resume);
    spent = work.spent(round + 1).orElseGet(budget::spent);
    for (int i : active) {
      NetworkRun run = runs.get(i);
      int drawn = run.draws();
      List<Chain.Done> done = new ArrayList<>();
      for (int chain = 0; chain < settings.chains(); chain++) {
        done.add(work.get(new Place(i, round, chain)).orElseThrow());
      }
      run.take(done, spent);
      work.forget(i, round);
      if (run.draws() > drawn) {
        progress.add((long) (run.draws() - drawn) * settings.chains());
        if (Integer.bitCount(run.draws() / NetworkRun.ROUND) == 1 || run.isDrawn()) {
          runtime.messages().say(run.standing());
        }
      }
    }
    return !active.isEmpty();
  }

  private List<Going> missing(
      NetworkRun run, int network, int round, Stretch stretch, ChainWork work) {
    List<Going> missing = new ArrayList<>();
    for (int chain = 0; chain < settings.chains(); chain++) {
      Place place = new Place(network, round, chain);
      if (work.get(place).filter(done -> run.isNext(stretch, done)).isEmpty()) {
        missing.add(
            new Going(
                place,
                networks.get(network).problem(),
                run.shape().widths(),
                run.schedule(),
                plans[network],
                stretch,
                run.state(chain).orElse(null)));
      }
    }
    return missing;
  }

  /** As many at once as may come home together. */
  private void go(List<Going> going, ChainWork work, Shared<WatchedRows[]> shared) {
    int together =
        (int) Math.max(1, Math.min(going.size(), runtime.resultBytes() / work.largestPiece()));
    for (int from = 0; from < going.size(); from += together) {
      List<Going> some = going.subList(from, Math.min(going.size(), from + together));
      runtime.run(
          name(some),
          new ArrayList<>(some),
          some.size(),
          pieces -> {
            ArrayList<Done> done = new ArrayList<>();
            pieces.forEachRemaining(piece -> done.add(piece.go(shared.value())));
            return done;
          },
          done -> done.forEach(one -> work.add(one.place(), one.done(), spent)));
    }
  }

  private static Runtime.Name name(List<Going> going) {
    return new Runtime.Name(
        "exact posterior of finite networks, "
            + Counted.of(going.size(), "chain", "chains")
            + ", round "
            + (going.get(0).place().round() + 1),
        "chains of networks");
  }
}
