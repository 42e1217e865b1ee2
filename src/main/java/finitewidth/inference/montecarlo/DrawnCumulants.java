package finitewidth.inference.montecarlo;

import finitewidth.posterior.Cumulants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Third and fourth cumulants of rows from the draws of a fit, made anew from the seed. Belongs to
 * one thread. Rows come in blocks that are filled up, so a row has the same bits in any block.
 */
public final class DrawnCumulants {
  /**
   * Batches of a layer at most. Cumulants are quoted to a few per cent, which needs no more, and
   * every draw costs a row O(P²).
   */
  static final int MOST_BATCHES = 64;

  private final SampledContraction contraction;
  private final int[] batches;
  private final DrawnAssembly.Preparation preparation;
  private final List<SampledContraction.Batches> workers = new ArrayList<>();

  DrawnCumulants(DrawnPosterior drawn) {
    contraction = drawn.sampled().contraction();
    batches = batches(drawn);
    preparation = drawn.sampled().preparation();
    for (int s = 0; s < batches.length; s++) {
      workers.add(contraction.cumulantBatches(s));
    }
  }

  /** How many batches of each layer are drawn: those of the fit, or the first of them. */
  private static int[] batches(DrawnPosterior drawn) {
    return Arrays.stream(drawn.batches()).map(count -> Math.min(count, MOST_BATCHES)).toArray();
  }

  /**
   * The cumulants of rows in their order.
   *
   * @param features preprocessed, one array for each of at most {@link RowBlock#ROWS} rows
   */
  public List<Cumulants> of(double[][] features) {
    RowBlock block = preparation.prepare(features).block();
    List<Moments> moments = new ArrayList<>();
    for (int s = 0; s < batches.length; s++) {
      SampledContraction.Batches worker = workers.get(s);
      Moments all = worker.none();
      for (int from = 0; from < batches[s]; from += StoppingRule.RUN) {
        int to = Math.min(batches[s], from + StoppingRule.RUN);
        all.add(worker.compute(from, to, List.of(block), features.length));
      }
      moments.add(all);
    }
    int outputs = contraction.problem().outputs();
    CumulantEstimates estimates = new CumulantEstimates(RowBlock.ROWS, outputs, moments);
    List<Cumulants> cumulants = new ArrayList<>();
    for (int x = 0; x < features.length; x++) {
      cumulants.add(cumulants(estimates, x));
    }
    return cumulants;
  }

  private static Cumulants cumulants(CumulantEstimates estimates, int x) {
    int sources = estimates.moments().size();
    double[][][] third = new double[2][sources][estimates.outputs()];
    double[][] fourth = new double[2][sources];
    for (int s = 0; s < sources; s++) {
      fourth[0][s] = estimates.fourth(s, x);
      fourth[1][s] = estimates.fourthError(s, x);
      for (int i = 0; i < estimates.outputs(); i++) {
        third[0][s][i] = estimates.third(s, x, i);
        third[1][s][i] = estimates.thirdError(s, x, i);
      }
    }
    return new Cumulants(third[0], fourth[0], third[1], fourth[1]);
  }
}
