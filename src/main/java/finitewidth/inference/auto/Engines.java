package finitewidth.inference.auto;

import finitewidth.inference.Inference;
import finitewidth.inference.adaptive.Adaptive;
import finitewidth.inference.adaptive.DeepKernel;
import finitewidth.inference.ensemble.Drawing;
import finitewidth.inference.ensemble.Ensemble;
import finitewidth.inference.exact.Exact;
import finitewidth.inference.linear.Linear;
import finitewidth.inference.montecarlo.Sampled;
import finitewidth.inference.montecarlo.Sampling;
import finitewidth.inference.networks.Chains;
import finitewidth.inference.networks.NetworkChains;
import finitewidth.inference.nngp.Nngp;
import finitewidth.inference.proportional.Proportional;
import finitewidth.inference.renormalised.Renormalised;
import finitewidth.inference.renormalised.Renormalising;
import finitewidth.inference.scale.Scaling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All engines by name. */
public final class Engines {
  /** Restoring needs no settings. */
  private static final Engines SAVED =
      new Engines(
          Sampling.standard(1),
          Drawing.of(List.of()),
          Chains.of(List.of()),
          new Renormalising(List.of(), Cheapest.NAME, 1),
          Scaling.of(List.of()));

  /** Draws that are enough for what guards hold back, of each of many networks. */
  private static final long FEW_DRAWS = 1 << 16;

  /**
   * To first order, whose predictions hold at every width: alternatives to one another. Saved
   * models of others that stand on them have their numbers here.
   */
  private final List<Inference> firstOrder;

  private final List<Inference> all;

  /**
   * @param sampling of the engine that draws fields
   * @param drawing of the engine that draws networks
   * @param chains of the engine that has chains of networks
   * @param renormalising of the engines that go on from first order, or have it of what they leave
   * @param scaling of engines that integrate a scale at each choice of widths
   */
  public Engines(
      Sampling sampling,
      Drawing drawing,
      Chains chains,
      Renormalising renormalising,
      Scaling scaling) {
    firstOrder = List.of(new Exact(), new Sampled(sampling));
    all = new ArrayList<>(firstOrder);
    all.add(new Ensemble(drawing));
    all.add(new NetworkChains(chains));
    all.add(new Nngp());
    all.add(
        new Renormalised(
            renormalising.widths(),
            renormalising.passes(),
            renormalising.guarding(),
            ofFirstOrder(renormalising.contraction()),
            firstOrder));
    all.add(new Linear(scaling));
    all.add(new Proportional(scaling));
    all.add(
        new Adaptive(
            renormalising.widths(),
            named(renormalising.contraction()).map(List::of).orElseGet(() -> quick(sampling)),
            firstOrder));
    all.add(new DeepKernel(renormalising.widths()));
  }

  /** The engine of this name for models that were saved, which hold all that it needs. */
  public static Optional<Inference> saved(String name) {
    return SAVED.of(name);
  }

  /**
   * Whether a method contracts with A⁻¹.
   *
   * @param method the name of an engine, or of several that contract
   */
  public static boolean contracts(String method) {
    return saved(method).map(Inference::contracts).orElse(true);
  }

  /** The names of all engines, without the choice among them. */
  public static List<String> savedNames() {
    return SAVED.all.stream().map(Inference::name).toList();
  }

  /** Those that a configuration may name, the choice among them first. */
  public List<String> names() {
    List<String> names = new ArrayList<>(List.of(Cheapest.NAME));
    all.forEach(engine -> names.add(engine.name()));
    return names;
  }

  private Inference ofFirstOrder(String name) {
    return named(name).orElseGet(() -> new Cheapest(firstOrder));
  }

  /** All moments where they are few, and so many draws otherwise. */
  private static List<Inference> quick(Sampling sampling) {
    Sampling few =
        new Sampling(
            sampling.widths(),
            sampling.tolerance(),
            sampling.seed(),
            Math.min(sampling.maxDraws(), FEW_DRAWS),
            false);
    return List.of(new Exact(), new Sampled(few));
  }

  private Optional<Inference> named(String name) {
    return firstOrder.stream().filter(engine -> engine.name().equals(name)).findFirst();
  }

  /** The engine of this name, or the choice among those to first order. */
  public Optional<Inference> of(String name) {
    if (name.equals(Cheapest.NAME)) {
      return Optional.of(new Cheapest(firstOrder));
    }
    return all.stream().filter(engine -> engine.name().equals(name)).findFirst();
  }
}
