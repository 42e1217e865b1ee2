package finitewidth.inference.auto;

import finitewidth.inference.Ask;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.ConditioningShape;
import finitewidth.inference.ContractionProblem;
import finitewidth.inference.Cost;
import finitewidth.inference.Inference;
import finitewidth.inference.Posterior;
import finitewidth.inference.State;
import finitewidth.inference.work.Runtime;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The cheapest of several engines: one that is known to be affordable is taken; otherwise those
 * whose cost only trying tells are tried within what the cheapest known one would take.
 */
public final class Cheapest implements Inference {
  /** As configurations have it. */
  public static final String NAME = "auto";

  /** Below this an engine is taken without trying others. */
  private static final double AFFORDABLE_SECONDS = 60;

  private static final String NO_MODEL = "no model is of the engine " + NAME;

  private final List<Inference> engines;

  /**
   * @param engines the one to prefer first
   */
  public Cheapest(List<Inference> engines) {
    this.engines = List.copyOf(engines);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> refusal(Architecture architecture) {
    return able(architecture).isEmpty() ? engines.get(0).refusal(architecture) : Optional.empty();
  }

  private List<Inference> able(Architecture architecture) {
    return engines.stream().filter(engine -> engine.refusal(architecture).isEmpty()).toList();
  }

  @Override
  public List<Inference> alternatives(Architecture architecture) {
    return able(architecture);
  }

  /** {@inheritDoc} What is tried first is certain; then the cheaper way is gone. */
  @Override
  public Cost cost(ConditioningShape on, Ask ask, int cores) {
    List<Priced> priced = priced(able(on.network()), on, ask, cores);
    Optional<Cost> known = known(priced).map(Priced::cost);
    Optional<Cost> tried =
        known.filter(Cheapest::affordable).isPresent()
            ? Optional.empty()
            : priced.stream().map(Priced::cost).filter(Cost::tentative).reduce(Cost::then);
    return tried
        .map(first -> known.map(first::unless).orElse(first))
        .or(() -> known)
        .orElse(Cost.NOTHING);
  }

  @Override
  public Cost predicting(ConditioningShape on, State state, Ask ask, int cores) {
    throw new IllegalArgumentException(NO_MODEL);
  }

  @Override
  public long mostProbeRows(ContractionProblem on) {
    return able(on.flow().architecture()).stream()
        .mapToLong(engine -> engine.mostProbeRows(on))
        .max()
        .orElse(0);
  }

  /** An engine and what it costs here. */
  private record Priced(Inference engine, Cost cost) {}

  private static List<Priced> priced(
      List<Inference> able, ConditioningShape on, Ask ask, int cores) {
    return able.stream().map(engine -> new Priced(engine, engine.cost(on, ask, cores))).toList();
  }

  /** The cheapest of those whose cost shapes tell. */
  private static Optional<Priced> known(List<Priced> priced) {
    return priced.stream()
        .filter(one -> !one.cost().tentative())
        .min(Comparator.comparingDouble(one -> one.cost().seconds()));
  }

  private static boolean affordable(Cost cost) {
    return cost.seconds() <= AFFORDABLE_SECONDS;
  }

  @Override
  public Optional<Conditioned> conditionWithin(
      double seconds, Conditioning on, Ask ask, Runtime runtime) {
    Architecture architecture = on.problem().flow().architecture();
    List<Inference> able = able(architecture);
    if (able.size() == 1) {
      say(runtime, able.get(0).name() + reason(architecture));
      return able.get(0).conditionWithin(seconds, on, ask, runtime);
    }
    List<Priced> priced = priced(able, on.problem().shape(), ask, runtime.cores());
    Optional<Priced> known = known(priced);
    double limit = known.map(one -> one.cost().seconds()).orElse(Double.POSITIVE_INFINITY);
    if (known.map(Priced::cost).filter(Cheapest::affordable).isPresent()) {
      Inference engine = known.orElseThrow().engine();
      String cost = String.format(Locale.ROOT, "about %.0f core seconds", Math.ceil(limit));
      say(runtime, engine.name() + ", " + cost);
      return engine.conditionWithin(seconds, on, ask, runtime);
    }
    for (Priced one : priced) {
      if (one.cost().tentative()) {
        Optional<Conditioned> fitted =
            one.engine().conditionWithin(Math.min(limit, seconds), on, ask, runtime);
        if (fitted.isPresent()) {
          return fitted;
        }
      }
    }
    return known.flatMap(one -> one.engine().conditionWithin(seconds, on, ask, runtime));
  }

  /** Why the others are out. */
  private String reason(Architecture architecture) {
    return engines.stream()
        .flatMap(engine -> engine.refusal(architecture).stream())
        .findFirst()
        .map(why -> ", as " + architecture.activation().name() + " " + why)
        .orElse("");
  }

  private void say(Runtime runtime, String what) {
    runtime.messages().say("{ENGINE} = " + NAME + ": " + what);
  }

  @Override
  public void expect(State.Sizes sizes, State.Expected to) {}

  @Override
  public Posterior restore(
      NngpPosterior nngp, ContractionProblem problem, LogEvidence evidence, State state) {
    throw new IllegalArgumentException(NO_MODEL);
  }
}
