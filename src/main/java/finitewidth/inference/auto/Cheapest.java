package finitewidth.inference.auto;

import finitewidth.inference.Ask;
import finitewidth.inference.Conditioning;
import finitewidth.inference.ContractionProblem;
import finitewidth.inference.Cost;
import finitewidth.inference.Fitted;
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
import java.util.OptionalDouble;

/**
 * The cheapest of several engines: one that is known to be affordable is taken; otherwise those
 * whose cost only trying tells are tried within what the cheapest known one would take.
 */
public final class Cheapest implements Inference {
  /** As configurations have it. */
  public static final String NAME = "auto";

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
  public OptionalDouble seconds(ContractionProblem on, Ask ask, int cores) {
    return known(able(on.flow().architecture()), on, ask, cores)
        .map(engine -> engine.seconds(on, ask, cores))
        .orElse(OptionalDouble.empty());
  }

  @Override
  public long mostProbeRows(ContractionProblem on) {
    return able(on.flow().architecture()).stream()
        .mapToLong(engine -> engine.mostProbeRows(on))
        .max()
        .orElse(0);
  }

  private static Optional<Inference> known(
      List<Inference> able, ContractionProblem on, Ask ask, int cores) {
    return able.stream()
        .filter(engine -> engine.seconds(on, ask, cores).isPresent())
        .min(Comparator.comparingDouble(e -> e.seconds(on, ask, cores).getAsDouble()));
  }

  @Override
  public Optional<Fitted> conditionWithin(
      double seconds, Conditioning on, Ask ask, Runtime runtime) {
    Architecture architecture = on.problem().flow().architecture();
    List<Inference> able = able(architecture);
    if (able.size() == 1) {
      say(runtime, able.get(0).name() + reason(architecture));
      return able.get(0).conditionWithin(seconds, on, ask, runtime);
    }
    Optional<Inference> known = known(able, on.problem(), ask, runtime.cores());
    double limit =
        known
            .map(engine -> engine.seconds(on.problem(), ask, runtime.cores()).getAsDouble())
            .orElse(Double.POSITIVE_INFINITY);
    if (limit <= Cost.AFFORDABLE_SECONDS) {
      say(
          runtime,
          String.format(
              Locale.ROOT,
              "%s, about %.0f core seconds",
              known.orElseThrow().name(),
              Math.ceil(limit)));
      return known.orElseThrow().conditionWithin(seconds, on, ask, runtime);
    }
    for (Inference engine : able) {
      if (engine.seconds(on.problem(), ask, runtime.cores()).isEmpty()) {
        Optional<Fitted> fitted =
            engine.conditionWithin(Math.min(limit, seconds), on, ask, runtime);
        if (fitted.isPresent()) {
          return fitted;
        }
      }
    }
    return known.flatMap(engine -> engine.conditionWithin(seconds, on, ask, runtime));
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
    throw new IllegalArgumentException("no model is of the engine " + NAME);
  }
}
