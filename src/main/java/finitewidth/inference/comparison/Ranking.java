package finitewidth.inference.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which of several posteriors is nearest to the exact one in one quantity, and which cannot be told
 * from that.
 *
 * <p>Two are compared by the difference of their mean squares, whose noise is less than that of
 * either, as both are held against the same exact posterior.
 *
 * @param distances of all of them, in their order, in the units of {@link Comparison}
 * @param nearest the place of the one whose mean square is least; −1 where none is a number
 * @param behind for each, the difference of its mean square and that of the nearest
 */
public record Ranking(
    Comparison.Quantity quantity, List<Distance> distances, int nearest, List<Distance> behind) {
  public Ranking {
    distances = List.copyOf(distances);
    behind = List.copyOf(behind);
  }

  /**
   * Ranks them.
   *
   * @param nngp whose variance is the unit of distances
   * @param judged with errors of their own where they were sampled
   */
  public static Ranking of(
      Truth exact,
      Comparison.Quantity quantity,
      WeightedMoments nngp,
      List<WeightedMoments> judged) {
    double[] scale = quantity.scale(nngp);
    int count = judged.size();
    List<OwnNoise> own =
        judged.stream().map(one -> OwnNoise.of(exact, quantity, scale, one)).toList();
    Jackknife squares =
        exact.functions(
            quantity,
            truth ->
                judged.stream()
                    .mapToDouble(one -> meanSquare(quantity, truth, one, scale))
                    .toArray());
    List<Distance> distances = new ArrayList<>();
    for (int m = 0; m < count; m++) {
      distances.add(
          new Distance(
              squares.unbiased()[m] - own.get(m).square(),
              Math.hypot(squares.error()[m], own.get(m).error()),
              exact.significant()));
    }
    int nearest =
        IntStream.range(0, count)
            .filter(m -> Double.isFinite(distances.get(m).square()))
            .reduce((a, b) -> distances.get(b).square() < distances.get(a).square() ? b : a)
            .orElse(-1);
    return new Ranking(
        quantity,
        distances,
        nearest,
        nearest < 0 ? List.of() : behind(exact, quantity, scale, judged, own, nearest));
  }

  private static List<Distance> behind(
      Truth exact,
      Comparison.Quantity quantity,
      double[] scale,
      List<WeightedMoments> judged,
      List<OwnNoise> own,
      int nearest) {
    Jackknife differences =
        exact.functions(
            quantity,
            truth -> {
              double least = meanSquare(quantity, truth, judged.get(nearest), scale);
              return judged.stream()
                  .mapToDouble(one -> meanSquare(quantity, truth, one, scale) - least)
                  .toArray();
            });
    List<Distance> behind = new ArrayList<>();
    for (int m = 0; m < judged.size(); m++) {
      boolean same = m == nearest;
      double noise = same ? 0 : Math.hypot(own.get(m).error(), own.get(nearest).error());
      behind.add(
          new Distance(
              differences.unbiased()[m] - own.get(m).square() + own.get(nearest).square(),
              Math.hypot(differences.error()[m], noise),
              exact.significant()));
    }
    return behind;
  }

  private static double meanSquare(
      Comparison.Quantity quantity, double[] truth, WeightedMoments one, double[] scale) {
    return Comparison.meanSquare(truth, quantity.of(one), scale);
  }

  /** The places of those that may be the nearest, that one among them; empty where none is. */
  public List<Integer> nearestOrTied() {
    return IntStream.range(0, behind.size())
        .filter(m -> !(behind.get(m).isResolved() || Double.isNaN(behind.get(m).square())))
        .boxed()
        .toList();
  }
}
