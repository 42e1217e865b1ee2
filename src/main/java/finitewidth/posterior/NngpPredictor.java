package finitewidth.posterior;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.linalg.RowPanel;
import finitewidth.prior.KernelRow;
import finitewidth.prior.SampleFlow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Order 0 alone for blocks of rows: with A = L Lᵀ the mean is k_xR φ and the variance k_xx − |L⁻¹
 * k_Rx|². O(P² + P H) for a row; the triangular solve, which is most of it for many training rows,
 * is one BLAS call a block.
 *
 * <p>A block is always a whole {@link RowPanel}, so that BLAS does for a row what it would do for
 * it in any other block.
 */
public final class NngpPredictor implements BlockPredictor {
  private final NngpPosterior nngp;
  private final KernelRow kernels;
  private final int sources;
  private final Matrix block;

  public NngpPredictor(NngpPosterior nngp, SampleFlow flow) {
    this.nngp = nngp;
    kernels = new KernelRow(flow);
    sources = flow.architecture().hiddenLayers();
    block = Matrix.zeros(RowPanel.ROWS, flow.size());
  }

  @Override
  public int blockRows() {
    return RowPanel.ROWS;
  }

  @Override
  public List<Prediction> predict(double[][] features) {
    int n = block.cols();
    double[] own = new double[features.length];
    double[][] mean = new double[features.length][];
    for (int x = 0; x < features.length; x++) {
      own[x] = kernels.follow(features[x], block.data(), x * n);
      mean[x] = Products.times(block.row(x), nngp.phi());
    }
    Arrays.fill(block.data(), features.length * n, RowPanel.ROWS * n, 0);
    nngp.cholesky().solveLowerRows(block);
    List<Prediction> predictions = new ArrayList<>(features.length);
    for (int x = 0; x < features.length; x++) {
      double explained = Products.dot(block.data(), x * n, block.data(), x * n, n);
      predictions.add(Prediction.order0(mean[x], own[x] - explained, sources));
    }
    return predictions;
  }
}
