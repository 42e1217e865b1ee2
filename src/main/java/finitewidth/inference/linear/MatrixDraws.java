package finitewidth.inference.linear;

import finitewidth.inference.scale.MatrixPrior;
import finitewidth.inference.work.RandomStream;
import finitewidth.inference.work.Runtime;
import finitewidth.inference.work.Shared;
import finitewidth.prior.Widths;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The posterior of the matrix of scales by weighted draws of {@linkplain MatrixPrior Bartlett
 * factors}. Where draws of the prior would carry too uneven weights, the likelihood is raised from
 * power 0 to 1 in steps, each of which tells where to draw next; the last draws are from there, and
 * weigh what they must.
 *
 * @param likelihood of the data
 * @param draws of each choice of widths
 * @param seed of them
 */
record MatrixDraws(MatrixLikelihood likelihood, long draws, long seed) implements Serializable {
  /** Groups of draws, whose scatter gives errors. */
  static final int GROUPS = 16;

  /** Matrices of each group that predict. */
  private static final int KEPT = 64;

  /** Draws of a step for each coordinate, and at least. */
  private static final int STEP_DRAWS = 40;

  private static final int FEWEST_STEP_DRAWS = 2000;

  /** Effective share of the draws that a step leaves. */
  private static final double EFFECTIVE = 0.3;

  private static final int MOST_STEPS = 100;

  /** Tells the streams of this from others. */
  private static final long PURPOSE = 0x4c494e;

  /** A group's draws, of which some are kept. */
  private record Group(double logSum, double logSquares, double[][] vectors, double[][] scales)
      implements Serializable {}

  /** A choice of widths, by number, and its group. */
  private record Piece(int choice, int group) implements Serializable {}

  /**
   * Draws for all choices of widths.
   *
   * @param at1 log p(Y) at Ω = 1
   */
  List<MatrixNodes> run(List<Widths> choices, double at1, Runtime runtime) {
    List<MatrixPrior> priors =
        choices.stream()
            .map(widths -> new MatrixPrior(widths.toArray(), 0, likelihood.outputs()))
            .toList();
    ArrayList<Proposal> proposals = new ArrayList<>();
    List<Piece> pieces = new ArrayList<>();
    for (int c = 0; c < choices.size(); c++) {
      proposals.add(proposal(priors.get(c), c));
      for (int g = 0; g < GROUPS; g++) {
        pieces.add(new Piece(c, g));
      }
    }
    ArrayList<MatrixPrior> shared = new ArrayList<>(priors);
    List<Group> groups;
    try (Shared<MatrixDraws> self = runtime.share(this)) {
      groups =
          runtime.map(
              new Runtime.Name("matrices of scales", "groups of draws"),
              pieces,
              piece ->
                  self.value()
                      .group(
                          shared.get(piece.choice()),
                          proposals.get(piece.choice()),
                          piece.choice(),
                          piece.group()));
    }
    List<MatrixNodes> nodes = new ArrayList<>();
    for (int c = 0; c < choices.size(); c++) {
      nodes.add(nodes(choices.get(c), groups.subList(c * GROUPS, (c + 1) * GROUPS), at1));
    }
    return nodes;
  }

  private long perGroup() {
    return Math.max(KEPT, (draws + GROUPS - 1) / GROUPS);
  }

  private Group group(MatrixPrior prior, Proposal proposal, int choice, int number) {
    RandomStream random = new RandomStream(seed, choice, 0, number + 1, PURPOSE);
    int m = likelihood.outputs();
    int count = Math.toIntExact(perGroup());
    MatrixPrior.Axes axes = prior.axes();
    double[] at = new double[prior.size()];
    double[] logs = new double[count];
    double[][] vectors = new double[count][m * m];
    double[][] scales = new double[count][m];
    for (int k = 0; k < count; k++) {
      logs[k] = weigh(prior, axes, proposal, random, at, vectors[k], scales[k]);
    }
    double top = largest(logs);
    double sum = 0;
    double squares = 0;
    for (double log : logs) {
      double weight = Math.exp(log - top);
      sum += weight;
      squares += weight * weight;
    }
    double[][] keptVectors = new double[KEPT][];
    double[][] keptScales = new double[KEPT][];
    double offset = random.uniform();
    double passed = 0;
    int from = 0;
    for (int k = 0; k < count; k++) {
      passed += Math.exp(logs[k] - top) / sum * KEPT;
      while (from < KEPT && from + offset < passed) {
        keptVectors[from] = vectors[k];
        keptScales[from] = scales[k];
        from++;
      }
    }
    while (from < KEPT) {
      // By rounding alone.
      keptVectors[from] = vectors[count - 1];
      keptScales[from] = scales[count - 1];
      from++;
    }
    return new Group(top + Math.log(sum), 2 * top + Math.log(squares), keptVectors, keptScales);
  }

  /** Draws, and says log weight: likelihood times prior over proposal. */
  private double weigh(
      MatrixPrior prior,
      MatrixPrior.Axes axes,
      Proposal proposal,
      RandomStream random,
      double[] at,
      double[] vectors,
      double[] scales) {
    proposal.draw(random, at);
    double logPrior = prior.logDensity(at);
    axes.of(at, scales, vectors);
    return likelihood.at(vectors, scales) + logPrior - proposal.logDensity(at, logPrior);
  }

  private static double largest(double[] logs) {
    double top = Double.NEGATIVE_INFINITY;
    for (double log : logs) {
      top = Math.max(top, log);
    }
    return top;
  }

  private MatrixNodes nodes(Widths widths, List<Group> groups, double at1) {
    double[] sums = groups.stream().mapToDouble(Group::logSum).toArray();
    double top = largest(sums);
    double total = 0;
    double squares = 0;
    for (int g = 0; g < GROUPS; g++) {
      total += Math.exp(sums[g] - top);
      squares += Math.exp(groups.get(g).logSquares() - 2 * top);
    }
    double count = (double) GROUPS * perGroup();
    double effective = total * total / squares;
    double[][] vectors = new double[GROUPS * KEPT][];
    double[][] scales = new double[GROUPS * KEPT][];
    double[] weights = new double[GROUPS * KEPT];
    for (int g = 0; g < GROUPS; g++) {
      for (int k = 0; k < KEPT; k++) {
        vectors[g * KEPT + k] = groups.get(g).vectors()[k];
        scales[g * KEPT + k] = groups.get(g).scales()[k];
        weights[g * KEPT + k] = Math.exp(sums[g] - top) / total / KEPT;
      }
    }
    return new MatrixNodes(
        widths,
        vectors,
        scales,
        weights,
        GROUPS,
        effective,
        at1 + top + Math.log(total / count),
        Math.sqrt(Math.max(0, 1 / effective - 1 / count)));
  }

  /** Where to draw. */
  private Proposal proposal(MatrixPrior prior, int choice) {
    int m = likelihood.outputs();
    int count = Math.max(FEWEST_STEP_DRAWS, STEP_DRAWS * prior.size());
    RandomStream random = new RandomStream(seed, choice, 1, 0, PURPOSE);
    MatrixPrior.Axes axes = prior.axes();
    double[] vectors = new double[m * m];
    double[] scales = new double[m];
    Proposal proposal = Proposal.of(prior);
    double power = 0;
    for (int step = 0; step < MOST_STEPS; step++) {
      double[][] at = new double[count][prior.size()];
      double[] likelihoods = new double[count];
      double[] rest = new double[count];
      for (int k = 0; k < count; k++) {
        proposal.draw(random, at[k]);
        double logPrior = prior.logDensity(at[k]);
        axes.of(at[k], scales, vectors);
        likelihoods[k] = likelihood.at(vectors, scales);
        rest[k] = logPrior - proposal.logDensity(at[k], logPrior);
      }
      double next = next(power, likelihoods, rest);
      if (next == 1 && effective(weights(1, likelihoods, rest)) >= EFFECTIVE * count) {
        return proposal;
      }
      power = next;
      proposal = Proposal.about(prior, at, weights(power, likelihoods, rest));
      if (power == 1) {
        return proposal;
      }
    }
    return proposal;
  }

  /** The largest power that leaves enough effective draws; at least a little more than before. */
  private static double next(double power, double[] likelihoods, double[] rest) {
    double wanted = EFFECTIVE * likelihoods.length;
    if (effective(weights(1, likelihoods, rest)) >= wanted) {
      return 1;
    }
    double low = power;
    double high = 1;
    for (int k = 0; k < 40; k++) {
      double middle = 0.5 * (low + high);
      if (effective(weights(middle, likelihoods, rest)) >= wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.min(1, Math.max(low, power + 1.0 / MOST_STEPS));
  }

  private static double[] weights(double power, double[] likelihoods, double[] rest) {
    double[] logs =
        IntStream.range(0, rest.length)
            .mapToDouble(k -> power == 0 ? rest[k] : power * likelihoods[k] + rest[k])
            .toArray();
    double top = largest(logs);
    double sum = 0;
    for (int k = 0; k < logs.length; k++) {
      logs[k] = Math.exp(logs[k] - top);
      sum += logs[k];
    }
    for (int k = 0; k < logs.length; k++) {
      logs[k] /= sum;
    }
    return logs;
  }

  private static double effective(double[] weights) {
    double squares = 0;
    for (double weight : weights) {
      squares += weight * weight;
    }
    return 1 / squares;
  }
}
