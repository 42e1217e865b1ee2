package finitewidth.inference.montecarlo;

import finitewidth.linalg.Accumulate;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import java.util.ArrayList;
import java.util.List;

/**
 * Batches of rows' cumulants in a layer with others above it. With x̃ = x − w·R the form q = H_x̃x̃
 * is H_xx − 2 (Hw)_x + wᵀHw, whose last part has weights of the row's own for all pairs of training
 * samples: a triangular product over P × P for each draw and row.
 *
 * <p>κ₃ takes one output for each draw in turn.
 */
final class InnerCumulantWorker extends BatchWorker {
  /**
   * What does not change from draw to draw of a block.
   *
   * @param rows whose it is
   * @param pw P_xa w_a, B × P
   * @param squares weights of f_a² − F_aa, B × P
   * @param qw Σ_a Q_xa w_a
   * @param constant what the means of the products f_af_b leave, wᵀ(P∘F)w among it
   */
  private record Prepared(
      SourceRows rows, Matrix pw, Matrix squares, double[] qw, double[] constant) {}

  private final InnerLayer layer;
  private final OutputForms forms;
  private final Matrix half;
  private final CumulantSums sums = new CumulantSums();
  private final List<Prepared> prepared = new ArrayList<>();
  private long drawn;
  private long[] drawnByOutput = new long[0];
  private Matrix square = Matrix.zeros(0, 0);
  private Matrix scaled = Matrix.zeros(0, 0);
  private Matrix product = Matrix.zeros(0, 0);
  private double[] own = new double[0];
  private Matrix linear = Matrix.zeros(0, 0);
  private Matrix constant = Matrix.zeros(0, 0);

  InnerCumulantWorker(SampledProblem problem, InnerLayer layer) {
    super(problem, layer, false);
    this.layer = layer;
    forms = new OutputForms(layer);
    half = Forms.half(layer.activations().p());
  }

  @Override
  int quantities(int rows) {
    return CumulantSums.quantities(rows, outputs);
  }

  @Override
  void shapeChunk(int size) {
    forms.shape(size);
    square = Matrix.zeros(n, size);
    scaled = Matrix.zeros(n, size);
    product = Matrix.zeros(n, size);
    own = new double[size];
  }

  @Override
  void begin(long batch, List<SourceRows> blocks) {
    sums.clear(blocks, outputs);
    drawn = 0;
    drawnByOutput = new long[outputs];
    boolean known = prepared.size() == blocks.size();
    for (int b = 0; known && b < blocks.size(); b++) {
      known = prepared.get(b).rows() == blocks.get(b);
    }
    if (!known) {
      prepared.clear();
      blocks.forEach(block -> prepared.add(prepare(block)));
    }
  }

  private Prepared prepare(SourceRows rows) {
    Matrix w = rows.weights();
    SourceRows.Inner inner = rows.innerPart();
    Matrix wq = Products.timesTranspose(w, layer.activations().q());
    Matrix meanField = Products.times(w, layer.meanField());
    Matrix pw = w.copy();
    Matrix squares = w.copy();
    for (int i = 0; i < w.data().length; i++) {
      pw.data()[i] *= inner.dressing().p().data()[i];
      // 2 w_a (Qw)_a of wᵀHw, and −2 w_a Q_ax of −2 (Hw)_x.
      squares.data()[i] *= 2 * (wq.data()[i] - inner.dressing().qr().data()[i]);
    }
    double[] qw = Forms.rowDots(w, inner.dressing().qx());
    double[] cross = Forms.rowDots(w, inner.meanField());
    double[] constants = Forms.rowDots(w, meanField);
    for (int r = 0; r < constants.length; r++) {
      constants[r] = 2 * cross[r] - constants[r];
    }
    return new Prepared(rows, pw, squares, qw, constants);
  }

  @Override
  void training(int chunk) {
    int size = f.cols();
    forms.training(f, drawn);
    for (int d = 0; d < size; d++) {
      drawnByOutput[forms.output(d)]++;
    }
    drawn += size;
    double[] fs = f.data();
    for (int a = 0, at = 0; a < n; a++) {
      double mean = layer.moment().get(a, a);
      for (int d = 0; d < size; d++, at++) {
        square.data()[at] = fs[at] * fs[at] - mean;
      }
    }
  }

  @Override
  void further(int chunk, int block, SourceRows rows) {
    int size = f.cols();
    if (linear.rows() != rows.size() || linear.cols() != size) {
      linear = Matrix.zeros(rows.size(), size);
      constant = Matrix.zeros(rows.size(), size);
    }
    Prepared of = prepared.get(block);
    Accumulate.times(1, of.pw(), f, 0, linear);
    Accumulate.times(1, of.squares(), square, 0, constant);
    forms.rows(rows);
    for (int r = 0; r < rows.size() && wanted(block, r); r++) {
      ownForm(rows.weights(), r);
      add(block, r, rows, of);
    }
  }

  /** wᵀ(P∘ffᵀ)w of row r in each draw. */
  private void ownForm(Matrix weights, int r) {
    int size = f.cols();
    double[] fs = f.data();
    double[] to = scaled.data();
    for (int a = 0, at = 0; a < n; a++) {
      double w = weights.get(r, a);
      for (int d = 0; d < size; d++, at++) {
        to[at] = w * fs[at];
      }
    }
    System.arraycopy(to, 0, product.data(), 0, to.length);
    Accumulate.lowerTimes(half, product);
    Forms.columnDots(scaled, product, own);
  }

  private void add(int block, int r, SourceRows rows, Prepared of) {
    int size = f.cols();
    double mean = rows.innerPart().points()[r];
    // H_xx = P_xx (f_x² − F_xx), of which 2 (Hw)_x has Σ_a Q_xa w_a beside.
    double onSquare = rows.innerPart().dressing().pxx()[r] - 2 * of.qw()[r];
    double known = of.constant()[r];
    double squares = 0;
    double[] third = sums.third[block].data();
    for (int d = 0, at = r * size; d < size; d++, at++) {
      double a = plus.data()[at];
      double b = minus.data()[at];
      double l = -2 * linear.data()[at];
      double c = constant.data()[at] + own[d] + known;
      double one = onSquare * (a * a - mean) + a * l + c;
      double other = onSquare * (b * b - mean) + b * l + c;
      squares += 0.5 * (one * one + other * other);
      third[r * outputs + forms.output(d)] +=
          0.5 * (one * forms.at(rows, r, d, a) + other * forms.at(rows, r, d, b));
    }
    sums.fourth[block][r] += squares;
  }

  @Override
  void finish(List<SourceRows> blocks, double[] result) {
    sums.write(result, drawn, drawnByOutput);
  }
}
