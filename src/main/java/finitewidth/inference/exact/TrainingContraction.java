package finitewidth.inference.exact;

import finitewidth.inference.ContractionProblem;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.prior.SampleFlow;
import java.util.ArrayList;
import java.util.List;

/**
 * The finished contractions over the training samples, dressed to the output: coefficients of 1/n_s
 * for each source layer s. All matrices are P × P.
 *
 * <p>Beside what the posterior wants it keeps what a further row x needs of the training samples,
 * see {@link RowTerms}.
 */
public final class TrainingContraction {
  /**
   * What the posterior wants of one source layer, dressed to the output.
   *
   * @param selfEnergy S_ab
   * @param plain G1_ab = Σ_cd V_(ab)(cd) B_cd
   * @param undressed C_W² Σ_cd Cov(ab, cd) B^s_cd, of which T^s makes G1; the dressing up to a
   *     lower layer makes of it what B says of that layer's kernel
   * @param cross G2_ab = Σ_cd V_(ac)(bd) X_cd for each X of the problem
   * @param forRows what further rows need
   */
  public record Source(
      Matrix selfEnergy, Matrix plain, Matrix undressed, List<Matrix> cross, RowTerms forRows) {}

  private final List<Source> sources;

  private TrainingContraction(List<Source> sources) {
    this.sources = sources;
  }

  /**
   * Puts the sums over all leaves and the rows of all apexes, in any order, together. O(P³) matrix
   * products.
   */
  public static TrainingContraction assemble(
      ContractionProblem problem, PairSums sums, List<ApexRow> apexes) {
    List<Source> sources = new ArrayList<>();
    for (int s = 0; s < problem.sources(); s++) {
      sources.add(assemble(problem, s, sums, apexes));
    }
    return new TrainingContraction(sources);
  }

  private static Source assemble(
      ContractionProblem problem, int s, PairSums sums, List<ApexRow> apexes) {
    SampleFlow flow = problem.flow();
    int n = flow.size();
    int weights = problem.crossWeights();
    double weight = flow.architecture().weightVariance(s + 1);
    Matrix squares = Matrix.zeros(n, n);
    Matrix selfEnergy = Matrix.zeros(n, n);
    for (ApexRow row : apexes) {
      int d = row.apex();
      for (int a = 0; a < n; a++) {
        squares.set(a, d, row.squares()[s][a]);
      }
      for (int b = 0; b <= d; b++) {
        selfEnergy.set(d, b, row.selfEnergy()[s][b]);
        selfEnergy.set(b, d, row.selfEnergy()[s][b]);
      }
    }
    double mean = Products.inner(problem.pulledBack(s), flow.moment(s));
    double[] diagonal = new double[n];
    Matrix undressed = sums.matrix(s, 0);
    add(undressed, -mean, flow.moment(s));
    for (int a = 0; a < n; a++) {
      diagonal[a] = undressed.get(a, a);
    }
    Matrix plain = dress(flow, s, undressed);
    scale(plain, weight * weight);
    scale(undressed, weight * weight);
    List<Matrix> cross = new ArrayList<>();
    List<Matrix> mixed = new ArrayList<>();
    List<Matrix> corners = new ArrayList<>();
    Matrix pf = hadamard(flow.p(s), flow.moment(s));
    for (int x = 0; x < weights; x++) {
      Matrix xs = problem.crossWeight(x);
      Matrix g = sums.matrix(s, 1 + x);
      add(g, -1, Products.timesTranspose(Products.times(pf, xs), pf));
      if (problem.mixes(s)) {
        Matrix q = flow.q(s);
        Matrix inner = columns(apexes, row -> row.inner()[s], x, n);
        Matrix outer = columns(apexes, row -> row.outer()[s], x, n);
        Matrix qx = Products.times(q, xs);
        Matrix squaresX = hadamard(xs, squares);
        Matrix below = inner.copy();
        add(below, 1, hadamard(qx, squares));
        Matrix belowQ = Products.times(below, q);
        add(g, 1, outer);
        add(g, 1, outer.transpose());
        add(g, 1, belowQ);
        add(g, 1, belowQ.transpose());
        add(g, 1, hadamard(squares, Products.timesTranspose(qx, q)));
        Matrix squaresXq = Products.times(squaresX, q);
        add(g, 1, Products.transposeTimes(q, squaresXq));
        mixed.add(qx);
        Matrix corner = below.transpose();
        add(corner, 1, squaresXq);
        corners.add(corner);
      }
      scale(g, weight * weight);
      cross.add(g);
    }
    return new Source(
        selfEnergy, plain, undressed, cross, new RowTerms(mean, diagonal, squares, mixed, corners));
  }

  /**
   * T^s[X], from hidden layer s up to the output of a flow.
   *
   * @param x N × N, symmetric
   */
  public static Matrix dress(SampleFlow flow, int s, Matrix x) {
    int n = flow.size();
    Matrix p = flow.p(s);
    Matrix q = flow.q(s);
    Matrix dressed = Matrix.zeros(n, n);
    for (int a = 0; a < n; a++) {
      for (int b = 0; b <= a; b++) {
        double value = p.get(a, b) * x.get(a, b);
        if (a != b) {
          value += q.get(a, b) * x.get(a, a) + q.get(b, a) * x.get(b, b);
        }
        dressed.set(a, b, value);
        dressed.set(b, a, value);
      }
    }
    return dressed;
  }

  /** Which of an apex's vectors to gather. */
  private interface Pick {
    double[][] from(ApexRow row);
  }

  private static Matrix columns(List<ApexRow> apexes, Pick pick, int x, int n) {
    Matrix gathered = Matrix.zeros(n, n);
    for (ApexRow row : apexes) {
      double[] column = pick.from(row)[x];
      for (int a = 0; a < n; a++) {
        gathered.set(a, row.apex(), column[a]);
      }
    }
    return gathered;
  }

  private static Matrix hadamard(Matrix a, Matrix b) {
    Matrix product = a.copy();
    double[] data = product.data();
    for (int i = 0; i < data.length; i++) {
      data[i] *= b.data()[i];
    }
    return product;
  }

  private static void add(Matrix to, double factor, Matrix from) {
    double[] data = to.data();
    for (int i = 0; i < data.length; i++) {
      data[i] += factor * from.data()[i];
    }
  }

  private static void scale(Matrix matrix, double factor) {
    double[] data = matrix.data();
    for (int i = 0; i < data.length; i++) {
      data[i] *= factor;
    }
  }

  /** The source layers, from the first hidden layer on. */
  public List<Source> sources() {
    return sources;
  }

  /** S_ab. */
  public Matrix selfEnergy(int s) {
    return sources.get(s).selfEnergy();
  }

  /** G1_ab = Σ_cd V_(ab)(cd) B_cd. */
  public Matrix plain(int s) {
    return sources.get(s).plain();
  }

  /** G2_ab = Σ_cd V_(ac)(bd) X_cd for X number x of the problem. */
  public Matrix cross(int s, int x) {
    return sources.get(s).cross().get(x);
  }
}
