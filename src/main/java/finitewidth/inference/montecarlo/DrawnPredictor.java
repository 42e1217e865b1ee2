package finitewidth.inference.montecarlo;

import finitewidth.inference.FirstOrder;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.ByCoefficients;
import finitewidth.posterior.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sampled correction of further rows with the very draws of the fit, made anew from the seed:
 * O(P²) for a draw and block, O(P) for a draw and row. Batches meet in the order and in the runs of
 * the fit, so a row that the fit has seen gets the same bits.
 */
final class DrawnPredictor implements BlockPredictor, FirstOrder.Along {
  /** Numbers that prepared rows may take together: a quarter of a gigabyte of doubles. */
  private static final long NUMBERS = 1L << 25;

  private final DrawnPosterior drawn;
  private final DrawnAssembly assembly;
  private final SampledContraction contraction;
  private final DrawnAssembly.Preparation preparation;
  private final List<SampledContraction.Batches> workers = new ArrayList<>();

  DrawnPredictor(DrawnPosterior drawn) {
    this(drawn, drawn.sampled());
  }

  /**
   * @param assembly the posterior's, or that with further directions
   */
  DrawnPredictor(DrawnPosterior drawn, DrawnAssembly assembly) {
    this.drawn = drawn;
    this.assembly = assembly;
    contraction = assembly.contraction();
    preparation = assembly.preparation();
    for (int s = 0; s < contraction.problem().sources(); s++) {
      workers.add(contraction.batches(s));
    }
  }

  @Override
  public int blockRows() {
    return blockRows(contraction.problem().size(), contraction.problem().sources());
  }

  /** The same of P training samples and H layers. */
  static int blockRows(long size, int sources) {
    long rows = SampledJob.together(size, sources, NUMBERS);
    return (int) Math.max(1, Math.min(64, rows / RowBlock.ROWS)) * RowBlock.ROWS;
  }

  @Override
  public List<Prediction> predict(double[][] features) {
    Drawn made = draw(features);
    return new ArrayList<>(assembly.predictions(made.rows(), made.estimates()));
  }

  @Override
  public List<FirstOrder.Row> contract(double[][] features) {
    Drawn made = draw(features);
    List<ByCoefficients> predictions = assembly.predictions(made.rows(), made.estimates());
    int directions = contraction.problem().directions().cols();
    List<FirstOrder.Row> found = new ArrayList<>();
    for (int x = 0; x < features.length; x++) {
      double[][] along = new double[contraction.problem().sources()][directions];
      for (int s = 0; s < along.length; s++) {
        for (int k = 0; k < directions; k++) {
          along[s][k] = made.estimates().along(s, x, k);
        }
      }
      found.add(new FirstOrder.Row(predictions.get(x), along));
    }
    return found;
  }

  /** Rows, and what all draws of the fit say of them. */
  private record Drawn(List<DrawnAssembly.Rows> rows, Estimates estimates) {}

  private Drawn draw(double[][] features) {
    List<DrawnAssembly.Rows> rows = new ArrayList<>();
    for (int from = 0; from < features.length; from += RowBlock.ROWS) {
      int to = Math.min(features.length, from + RowBlock.ROWS);
      rows.add(preparation.prepare(Arrays.copyOfRange(features, from, to)));
    }
    List<RowBlock> blocks = rows.stream().map(DrawnAssembly.Rows::block).toList();
    List<Moments> moments = new ArrayList<>();
    for (int s = 0; s < workers.size(); s++) {
      Moments all = SampledContraction.noBatches(contraction.problem(), blocks.size());
      int batches = drawn.batches()[s];
      for (int from = 0; from < batches; from += StoppingRule.RUN) {
        int to = Math.min(batches, from + StoppingRule.RUN);
        all.add(workers.get(s).compute(from, to, blocks));
      }
      moments.add(all);
    }
    return new Drawn(rows, new Estimates(contraction, blocks, moments));
  }
}
