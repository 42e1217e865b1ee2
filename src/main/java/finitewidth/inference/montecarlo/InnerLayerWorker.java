package finitewidth.inference.montecarlo;

import finitewidth.linalg.Accumulate;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Batches of a layer with others above it.
 *
 * <p>E[t ffᵀ] is summed as a matrix and dressed once a batch. Every second chunk carries test
 * vectors, which cost as much as the rest and are the smaller noise; the variance's data part takes
 * one output for each draw in turn. The kernel's shift is E[½ t H − XXᵀ].
 */
final class InnerLayerWorker extends BatchWorker {
  /** A block's sums over a batch. */
  private static final class Sums {
    final Matrix weighted;
    final double[] points;
    final Matrix mean;
    final double[] vectors;
    final Matrix data;
    final Matrix along;

    Sums(int rows, int n, int outputs, int directions) {
      weighted = Matrix.zeros(rows, n);
      points = new double[rows];
      mean = Matrix.zeros(rows, outputs);
      vectors = new double[rows];
      data = Matrix.zeros(rows, outputs);
      along = Matrix.zeros(rows, directions);
    }

    void clear() {
      Arrays.fill(weighted.data(), 0);
      Arrays.fill(points, 0);
      Arrays.fill(mean.data(), 0);
      Arrays.fill(vectors, 0);
      Arrays.fill(data.data(), 0);
      Arrays.fill(along.data(), 0);
    }
  }

  private final InnerLayer layer;
  private final Matrix phiRows;
  private final Matrix directionRows;
  private final OutputForms forms;
  private final TestVectors vectors;
  private final Matrix weighted;

  /** The form of φᵀHφ, all outputs together, and its mean: for shifts of several outputs. */
  private final Matrix data;

  private final double dataMean;
  private final Matrix crossed;

  /** Of the batch that is under way. */
  private Normals vectorNormals;

  private List<Sums> sums = new ArrayList<>();
  private long tested;
  private long[] testedByOutput = new long[0];
  private double squares;
  private double fourth;
  private double vectorEvidence;

  private double[] tau = new double[0];
  private Matrix square = Matrix.zeros(0, 0);
  private Matrix scratch = Matrix.zeros(0, 0);
  private Matrix weightedF = Matrix.zeros(0, 0);
  private Matrix x = Matrix.zeros(0, 0);
  private Matrix alongPhi = Matrix.zeros(0, 0);
  private Matrix alongDirections = Matrix.zeros(0, 0);
  private Matrix linear = Matrix.zeros(0, 0);
  private Matrix quadratic = Matrix.zeros(0, 0);
  private Matrix constant = Matrix.zeros(0, 0);

  InnerLayerWorker(SampledProblem problem, InnerLayer layer, boolean shifts) {
    super(problem, layer, shifts);
    this.layer = layer;
    phiRows = layer.phi().transpose();
    directionRows = layer.directions().transpose();
    vectors = new TestVectors(layer);
    forms = new OutputForms(layer);
    weighted = Matrix.zeros(n, n);
    crossed = shifts ? Matrix.zeros(n, n) : Matrix.zeros(0, 0);
    if (shifts && !ofOneOutput()) {
      Matrix outer = Products.timesTranspose(layer.phi(), layer.phi());
      Matrix pulled = layer.activations().pullBack(outer);
      data = Forms.half(pulled);
      dataMean = Products.inner(pulled, layer.moment());
    } else {
      data = Matrix.zeros(0, 0);
      dataMean = 0;
    }
    vectorNormals = normals(0, Normals.Purpose.TEST_VECTORS);
  }

  @Override
  void shapeChunk(int size) {
    tau = new double[size];
    square = Matrix.zeros(1, size);
    scratch = Matrix.zeros(n, size);
    weightedF = Matrix.zeros(n, size);
    vectors.shape(size);
    alongPhi = Matrix.zeros(outputs, size);
    alongDirections = Matrix.zeros(directionRows.rows(), size);
    forms.shape(size);
  }

  @Override
  void begin(long batch, List<SourceRows> blocks) {
    vectorNormals = normals(batch, Normals.Purpose.TEST_VECTORS);
    Arrays.fill(weighted.data(), 0);
    Arrays.fill(crossed.data(), 0);
    fourth = 0;
    tested = 0;
    testedByOutput = new long[outputs];
    squares = 0;
    vectorEvidence = 0;
    boolean fits = sums.size() == blocks.size();
    for (int b = 0; fits && b < sums.size(); b++) {
      fits = sums.get(b).points.length == blocks.get(b).size();
    }
    if (fits) {
      sums.forEach(Sums::clear);
    } else {
      sums = new ArrayList<>();
      blocks.forEach(block -> sums.add(new Sums(block.size(), n, outputs, directionRows.rows())));
    }
  }

  private boolean hasVectors(int chunk) {
    return chunk % problem.reductions().vectorsEvery() == 0;
  }

  @Override
  void training(int chunk) {
    int size = f.cols();
    Forms.quadratic(f, layer.formHalf(), layer.formMean(), scratch, tau);
    control(tau);
    for (int d = 0; d < size; d++) {
      squares += tau[d] * tau[d];
    }
    Forms.addOuter(f, tau, weightedF, weighted);
    if (hasVectors(chunk)) {
      testVectors(size);
    }
  }

  private void testVectors(int size) {
    x = vectors.draw(vectorNormals, f);
    Accumulate.times(1, phiRows, x, 0, alongPhi);
    if (directionRows.rows() > 0) {
      Accumulate.times(1, directionRows, x, 0, alongDirections);
    }
    System.arraycopy(x.data(), 0, scratch.data(), 0, x.data().length);
    Accumulate.lowerTimes(layer.inverseFactor(), scratch);
    for (double along : alongPhi.data()) {
      vectorEvidence -= 4 * along * along;
    }
    double whitened = 0;
    for (double value : scratch.data()) {
      whitened += value * value;
    }
    vectorEvidence += 2 * outputs * whitened;
    if (variance) {
      forms.training(f, tested);
      for (int d = 0; d < size; d++) {
        testedByOutput[forms.output(d)]++;
      }
    }
    if (shifts) {
      addShifts(size);
    }
    tested += size;
  }

  /** Whether Hφ is at hand where test vectors are. */
  private boolean ofOneOutput() {
    return variance && outputs == 1;
  }

  /** XXᵀ, and the square of φᵀHφ, which of one output is at hand. */
  private void addShifts(int size) {
    Accumulate.lowerGram(1, x, size, crossed);
    if (ofOneOutput()) {
      Accumulate.times(1, phiRows, forms.training(), 0, square);
    } else {
      Forms.quadratic(f, data, dataMean, scratch, square.data());
    }
    for (double each : square.data()) {
      fourth += each * each;
    }
  }

  @Override
  void further(int chunk, int block, SourceRows rows) {
    Sums to = sums.get(block);
    if (hasVectors(chunk)) {
      furtherVectors(rows, to);
      if (variance) {
        furtherData(rows, to);
      }
    }
    int size = f.cols();
    double[] up = plus.data();
    double[] down = minus.data();
    for (int r = 0, at = 0; r < rows.size(); r++) {
      double sum = 0;
      for (int d = 0; d < size; d++, at++) {
        double a = up[at];
        double b = down[at];
        up[at] = 0.5 * (a + b);
        sum += tau[d] * (a * a + b * b);
      }
      to.points[r] += 0.5 * sum;
    }
    Accumulate.timesTranspose(1, plus, weightedF, 1, to.weighted);
  }

  private void shapeBlock(int rows) {
    if (linear.rows() != rows || linear.cols() != f.cols()) {
      linear = Matrix.zeros(rows, f.cols());
      quadratic = Matrix.zeros(rows, f.cols());
      constant = Matrix.zeros(rows, f.cols());
    }
  }

  /** X_x̃ a_i and X_x̃². */
  private void furtherVectors(SourceRows rows, Sums to) {
    int size = f.cols();
    shapeBlock(rows.size());
    SourceRows.Inner inner = rows.innerPart();
    RowFlows.RowDressing dressing = inner.dressing();
    Accumulate.times(1, dressing.p(), vectors.fOmega, 0, linear);
    Accumulate.times(1, dressing.qx(), vectors.omega, 0, quadratic);
    Accumulate.times(1, dressing.qr(), vectors.squareOmega, 0, constant);
    Accumulate.times(-1, inner.meanField(), vectors.omega, 1, constant);
    Accumulate.times(-1, rows.weights(), x, 1, constant);
    for (int r = 0, at = 0; r < rows.size(); r++) {
      double mean = inner.points()[r];
      double sum = 0;
      for (int d = 0; d < size; d++, at++) {
        double a = plus.data()[at];
        double b = minus.data()[at];
        double l = linear.data()[at];
        double k = quadratic.data()[at];
        double c = constant.data()[at];
        double one = a * l + (a * a - mean) * k + c;
        double other = b * l + (b * b - mean) * k + c;
        linear.data()[at] = 0.5 * (one + other);
        sum += one * one + other * other;
      }
      to.vectors[r] += 0.5 * sum;
    }
    Accumulate.timesTranspose(1, linear, alongPhi, 1, to.mean);
    if (directionRows.rows() > 0) {
      Accumulate.timesTranspose(1, linear, alongDirections, 1, to.along);
    }
  }

  /** (x̃ᵀHφ_i)². */
  private void furtherData(SourceRows rows, Sums to) {
    forms.rows(rows);
    int size = f.cols();
    for (int r = 0, at = 0; r < rows.size(); r++) {
      for (int d = 0; d < size; d++, at++) {
        double one = forms.at(rows, r, d, plus.data()[at]);
        double other = forms.at(rows, r, d, minus.data()[at]);
        to.data.data()[r * outputs + forms.output(d)] += 0.5 * (one * one + other * other);
      }
    }
  }

  @Override
  void finish(List<SourceRows> blocks, double[] result) {
    double scale = 1.0 / problem.drawsPerBatch();
    double vectorScale = 1.0 / tested;
    result[0] = (squares * scale + vectorEvidence * vectorScale) / 8;
    Matrix shift = trainingShift(scale);
    double[] diagonal = new double[n];
    for (int a = 0; a < n; a++) {
      diagonal[a] = weighted.get(a, a);
    }
    int all = blocks.stream().mapToInt(SourceRows::size).sum();
    Quantities layout = layout(all);
    int means = layout.mean(0, 0);
    int variances = layout.variance(0, 0);
    int directions = layout.along(0, 0);
    for (int b = 0; b < blocks.size(); b++) {
      SourceRows rows = blocks.get(b);
      Sums of = sums.get(b);
      double[] points = of.points;
      Matrix pairs = rowShift(rows, of, scale, diagonal);
      ExactRows contracted = new ExactRows(rows.weights(), layer.phi(), layer.directions());
      for (int r = 0; r < points.length; r++) {
        points[r] *= rows.innerPart().dressing().pxx()[r];
      }
      contracted.addShift(0.5, pairs, points, shift);
      for (int i = 0; i < of.mean.data().length; i++) {
        result[means++] = contracted.mean().data()[i] - of.mean.data()[i] * vectorScale;
      }
      if (variance) {
        for (int i = 0; i < of.data.data().length; i++) {
          result[variances++] =
              contracted.variance().data()[i]
                  - of.vectors[i / outputs] * vectorScale
                  + of.data.data()[i] / testedByOutput[i % outputs];
        }
      }
      for (int i = 0; i < of.along.data().length; i++) {
        result[directions++] = contracted.along().data()[i] - of.along.data()[i] * vectorScale;
      }
    }
    if (shifts) {
      int at = layout.shifts();
      result[at++] = fourth * vectorScale;
      for (int a = 0; a < n; a++) {
        for (int b = 0; b <= a; b++) {
          result[at++] = 0.5 * shift.get(a, b) - crossed.get(a, b) * vectorScale;
        }
      }
    }
  }

  /** The batch's E[t H] over the training samples; leaves the undressed one in its place. */
  private Matrix trainingShift(double scale) {
    Forms.symmetrize(0.5 * scale, weighted);
    return layer.activations().apply(weighted);
  }

  /** The same for pairs (x, a); makes of the sums over points those of (x, x), undressed. */
  private Matrix rowShift(SourceRows rows, Sums of, double scale, double[] diagonal) {
    for (int i = 0; i < of.weighted.data().length; i++) {
      of.weighted.data()[i] *= scale;
    }
    for (int r = 0; r < of.points.length; r++) {
      of.points[r] *= scale;
    }
    Matrix dressed = Matrix.zeros(rows.size(), n);
    rows.innerPart().dressing().apply(of.weighted, of.points, diagonal, dressed);
    return dressed;
  }
}
