package finitewidth.inference.auto;

import finitewidth.inference.Inference;
import finitewidth.inference.exact.Exact;
import finitewidth.inference.montecarlo.Sampled;
import finitewidth.inference.montecarlo.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All engines by name. */
public final class Engines {
  /** Restoring needs no settings. */
  private static final List<Inference> SAVED =
      List.of(new Exact(), new Sampled(Sampling.standard(1)));

  private final String setting;
  private final List<Inference> all;

  /**
   * @param setting what the user calls the choice
   * @param sampling of the engine that draws
   */
  public Engines(String setting, Sampling sampling) {
    this.setting = setting;
    all = List.of(new Exact(), new Sampled(sampling));
  }

  /** The engine of this name for models that were saved, which hold all that it needs. */
  public static Optional<Inference> saved(String name) {
    return SAVED.stream().filter(engine -> engine.name().equals(name)).findFirst();
  }

  /** Those that a configuration may name, the choice among them first. */
  public List<String> names() {
    List<String> names = new ArrayList<>(List.of(Cheapest.NAME));
    all.forEach(engine -> names.add(engine.name()));
    return names;
  }

  /** The engine of this name, or the choice among all. */
  public Optional<Inference> of(String name) {
    if (name.equals(Cheapest.NAME)) {
      return Optional.of(new Cheapest(setting, all));
    }
    return all.stream().filter(engine -> engine.name().equals(name)).findFirst();
  }
}
