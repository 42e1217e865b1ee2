package finitewidth.inference.networks;

import dev.ludovic.netlib.blas.BLAS;

/**
 * One neuron after another by K⁻¹ and Φ over the rows: with v = K⁻¹f and d = 1 − fᵀv, K₋⁻¹ = K⁻¹ +
 * vvᵀ/d and Φ₋ = Φ + v(fᵀΦ)/d; what a neuron adds is taken off likewise.
 *
 * <p>K⁻¹ stays as it was at the beginning of a block. What the block's neurons have changed is kept
 * as pairs of columns, x = v/√d and y = v'/√(1 + κ') of a neuron that has moved from f to f', so
 * that K⁻¹ is the old one plus Σ(xxᵀ − yyᵀ), and is added up when the block ends.
 */
final class DenseNeuron implements OneNeuron {
  private static final BLAS BLAS_CALLS = BLAS.getInstance();

  private final int rows;
  private final int outputs;
  private final double[] features;

  /** K⁻¹ when the block began, lower triangle; column-major. */
  private final double[] inverse;

  private final double[] phi;
  private final double[] h;
  private final double[] g;

  /** x and y of the neurons that have moved, by turns. */
  private double[] pairs = new double[0];

  private double[] parts = new double[0];
  private int moved;

  /** K⁻¹ times what the block began with: its neurons' own features, and likely ones. */
  private double[] owns = new double[0];

  private double[] others = new double[0];
  private double[] likely = new double[0];
  private final double[] unlikely;
  private int first;

  private int neuron;
  private double rest;
  private double kappa;

  /** Where v of the neuron that is out stands among {@link #owns}. */
  private int out;

  /** The features that were asked for last, and K⁻¹ times them. */
  private double[] asked = new double[0];

  private int askedAt;
  private double[] product = new double[0];

  DenseNeuron(int rows, int outputs, double[] features, double[] inverse, double[] phi) {
    this.rows = rows;
    this.outputs = outputs;
    this.features = features;
    this.inverse = inverse;
    this.phi = phi;
    unlikely = new double[rows];
    h = new double[outputs];
    g = new double[outputs];
  }

  @Override
  public void begin(int from, int count, double[] places, int made) {
    first = from;
    likely = places;
    moved = 0;
    if (owns.length < count * rows || others.length < made * rows) {
      owns = new double[count * rows];
      others = new double[made * rows];
      // A column more, for BLAS to stride by two from the second on.
      pairs = new double[(2 * count + 1) * rows];
      parts = new double[2 * count];
    }
    BLAS_CALLS.dsymm(
        "L",
        "L",
        rows,
        count,
        1.0,
        inverse,
        0,
        rows,
        features,
        from * rows,
        rows,
        0.0,
        owns,
        0,
        rows);
    BLAS_CALLS.dsymm(
        "L", "L", rows, made, 1.0, inverse, 0, rows, places, 0, rows, 0.0, others, 0, rows);
  }

  /** Adds what the neurons that have moved add to K⁻¹f. */
  private void addMoved(double[] f, int at, double[] to, int toAt) {
    if (moved == 0) {
      return;
    }
    BLAS_CALLS.dgemv("T", rows, 2 * moved, 1.0, pairs, 0, rows, f, at, 1, 0.0, parts, 0, 1);
    for (int k = 1; k < 2 * moved; k += 2) {
      parts[k] = -parts[k];
    }
    BLAS_CALLS.dgemv("N", rows, 2 * moved, 1.0, pairs, 0, rows, parts, 0, 1, 1.0, to, toAt, 1);
  }

  @Override
  public double remove(int one) {
    neuron = one;
    int own = one * rows;
    out = (one - first) * rows;
    addMoved(features, own, owns, out);
    double inside = BLAS_CALLS.ddot(rows, features, own, 1, owns, out, 1);
    rest = 1 - inside;
    BLAS_CALLS.dgemv("T", rows, outputs, 1.0, phi, 0, rows, features, own, 1, 0.0, h, 0, 1);
    for (int i = 0; i < outputs; i++) {
      g[i] = h[i] / rest;
    }
    return OneNeuron.gain(inside / rest, g);
  }

  @Override
  public double atPlace(int place) {
    asked = likely;
    askedAt = place * rows;
    product = others;
    return atAsked();
  }

  @Override
  public double at(double[] f) {
    BLAS_CALLS.dsymv("L", rows, 1.0, inverse, rows, f, 1, 0.0, unlikely, 1);
    asked = f;
    askedAt = 0;
    product = unlikely;
    return atAsked();
  }

  private double atAsked() {
    addMoved(asked, askedAt, product, askedAt);
    double across = BLAS_CALLS.ddot(rows, asked, askedAt, 1, owns, out, 1);
    kappa = BLAS_CALLS.ddot(rows, asked, askedAt, 1, product, askedAt, 1) + across * across / rest;
    BLAS_CALLS.daxpy(rows, across / rest, owns, out, 1, product, askedAt, 1);
    BLAS_CALLS.dgemv("T", rows, outputs, 1.0, phi, 0, rows, asked, askedAt, 1, 0.0, g, 0, 1);
    for (int i = 0; i < outputs; i++) {
      g[i] += across * h[i] / rest;
    }
    return OneNeuron.gain(kappa, g);
  }

  @Override
  public void insert(Places later) {
    for (int i = 0; i < outputs; i++) {
      BLAS_CALLS.daxpy(rows, h[i] / rest, owns, out, 1, phi, i * rows, 1);
      BLAS_CALLS.daxpy(rows, -g[i] / (1 + kappa), product, askedAt, 1, phi, i * rows, 1);
    }
    double before = 1 / Math.sqrt(rest);
    double after = 1 / Math.sqrt(1 + kappa);
    int x = 2 * moved * rows;
    int y = x + rows;
    for (int a = 0; a < rows; a++) {
      pairs[x + a] = before * owns[out + a];
      pairs[y + a] = after * product[askedAt + a];
    }
    moved++;
    System.arraycopy(asked, askedAt, features, neuron * rows, rows);
  }

  /** It was taken out in words only. */
  @Override
  public void putBack() {}

  @Override
  public void end() {
    BLAS_CALLS.dsyrk("L", "N", rows, moved, 1.0, pairs, 0, 2 * rows, 1.0, inverse, 0, rows);
    BLAS_CALLS.dsyrk("L", "N", rows, moved, -1.0, pairs, rows, 2 * rows, 1.0, inverse, 0, rows);
  }
}
