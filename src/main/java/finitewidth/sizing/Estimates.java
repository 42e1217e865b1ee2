package finitewidth.sizing;

import finitewidth.inference.Cost;
import finitewidth.inference.Order;
import finitewidth.inference.exact.ExactCost;
import finitewidth.sizing.Phase.Compute;
import finitewidth.sizing.Phase.Heap;
import finitewidth.sizing.Phase.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the verbs cost. */
public final class Estimates {
  /** Rows that share the draws of a model, in a task. */
  private static final double DRAWN_TOGETHER = 4096;

  private Estimates() {}

  /** A fit. */
  public static Estimate fit(FitWork work, Resources resources) {
    Conditioned on = work.conditioned();
    List<Phase> phases = new ArrayList<>(before(work, on));
    if (on.size() > Conditioned.LARGEST) {
      return new Estimate(phases, resources, Optional.of(tooMany(on)));
    }
    phases.add(FitPhases.conditioning(on));
    Optional<String> obstacle = contraction(work, on, resources, phases);
    if (work.testRows() > work.corrected()) {
      phases.add(FitPhases.uncorrected(on, work.testRows() - work.corrected()));
    }
    return new Estimate(phases, resources, obstacle);
  }

  private static List<Phase> before(FitWork work, Conditioned on) {
    long rows = work.trainingRows();
    List<Phase> phases = new ArrayList<>();
    if (work.points().isEmpty()) {
      phases.add(FitPhases.reading(rows, work.features(), work.outputs()));
    }
    work.points()
        .ifPresent(
            points ->
                phases.addAll(FitPhases.points(on, rows, points.sampleRows(), points.clusters())));
    work.search()
        .ifPresent(
            search -> {
              boolean through = search.rows().isEmpty() && work.points().isPresent();
              long seen = Math.min(rows, search.rows().orElse(rows));
              phases.add(
                  through
                      ? FitPhases.evidenceThroughPoints(on, rows, search.searches())
                      : FitPhases.evidence(on, seen, search.searches()));
            });
    return phases;
  }

  private static String tooMany(Conditioned on) {
    return "a kernel of "
        + on.size()
        + " × "
        + on.size()
        + " numbers is more than a Java array holds, which is "
        + Conditioned.LARGEST
        + " × "
        + Conditioned.LARGEST;
  }

  /** Adds what the engine does, and says what no memory would help with. */
  private static Optional<String> contraction(
      FitWork work, Conditioned on, Resources resources, List<Phase> phases) {
    ExactPhases exact = new ExactPhases(on, resources);
    if (work.engine() == FitWork.Engine.EXACT || isCheap(work, resources)) {
      phases.addAll(exact.of(work.corrected(), work.beyond()));
      return exact.obstacle();
    }
    List<Phase> sampled = new SampledPhases(on).of(work.corrected(), work.maxDraws());
    if (work.engine() == FitWork.Engine.SAMPLED) {
      phases.addAll(sampled);
      return Optional.empty();
    }
    // The first round shows what is cheaper; the dearer one then is not run.
    Phase further = sampled.get(sampled.size() - 1);
    phases.addAll(sampled.subList(0, sampled.size() - 1));
    if (exactSeconds(work, resources) < further.compute().parallel()) {
      exact.of(work.corrected(), work.beyond()).forEach(phase -> phases.add(phase.perhaps()));
      return exact.obstacle();
    }
    phases.add(further);
    return Optional.empty();
  }

  private static boolean isCheap(FitWork work, Resources resources) {
    return work.engine() == FitWork.Engine.AUTO
        && exactSeconds(work, resources) <= Cost.AFFORDABLE_SECONDS;
  }

  private static double exactSeconds(FitWork work, Resources resources) {
    Conditioned on = work.conditioned();
    double seconds =
        ExactCost.seconds(
            on.activation(), on.trainingMoments() + work.corrected() * on.rowMoments());
    return work.beyond().cumulants()
        ? seconds + new ExactPhases(on, resources).cumulantSeconds(work.corrected())
        : seconds;
  }

  /**
   * A comparison with the exact posterior of finite networks.
   *
   * @param work the corrected posterior
   * @param by how the exact one is had
   */
  public static Estimate validate(FitWork work, TruthWork by, Resources resources) {
    Estimate corrected = fit(work, resources);
    Conditioned on = work.conditioned();
    Phase draws =
        EnsemblePhase.of(on, work.testRows(), by.widths(), by.draws(), by.hiddenKernels());
    Phase chains = ChainPhase.of(on, work.testRows(), by.chains());
    return switch (by.way()) {
      case DRAWS -> corrected.and(draws);
      case CHAINS -> corrected.and(chains);
      case EITHER -> corrected.andEither(draws, chains);
    };
  }

  /** Predictions with a saved model. */
  public static Estimate predict(ModelWork work, Resources resources) {
    Conditioned on = work.conditioned();
    List<Phase> phases = new ArrayList<>();
    phases.add(FitPhases.conditioning(on));
    if (work.order() == Order.NNGP) {
      phases.add(FitPhases.uncorrected(on, work.rows()));
    } else if (work.draws().isPresent()) {
      double groups = Math.ceil(work.rows() / DRAWN_TOGETHER);
      long together = (long) Math.min(work.rows(), DRAWN_TOGETHER);
      Phase one = new SampledPhases(on).again(together, work.draws().getAsDouble());
      Compute each = one.compute();
      phases.add(
          new Phase(
              one.name(),
              true,
              new Compute(0, groups * each.draws(), groups * each.parallel(), 0),
              one.heap(),
              one.traffic()));
    } else {
      ExactPhases exact = new ExactPhases(on, resources);
      phases.add(
          work.order() == Order.CUMULANTS ? exact.cumulants(work.rows()) : exact.rows(work.rows()));
    }
    return new Estimate(phases, resources, Optional.empty());
  }

  /**
   * The prior's flow.
   *
   * @param tensors whether V is written element by element
   */
  public static Estimate flow(
      long rows, int features, int layers, boolean tensors, Resources resources) {
    double elements = tensors ? layers * Math.pow(rows, 4) : 0;
    return new Estimate(
        List.of(
            FitPhases.reading(rows, features, 0),
            new Phase(
                "the flow of every input",
                true,
                new Compute(elements / 8, 0, rows * layers * 1e-5, elements * 1e-6),
                new Heap(rows * RowBytes.collected(features, 0) + 2 * 8.0 * elements, 0, 0),
                new Traffic(0, 0, rows * layers * RowBytes.packed(4, 0)))),
        resources,
        Optional.empty());
  }
}
