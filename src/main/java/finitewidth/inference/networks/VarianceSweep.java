package finitewidth.inference.networks;

import finitewidth.evidence.Homogeneity;
import finitewidth.gaussian.Activation;
import finitewidth.inference.work.RandomStream;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Moves the variances of hidden layers while all fields Z stay where they are: as a variance grows
 * by r² its whitened weights shrink by r. L does not change, so what is left of π_τ is
 *
 * <pre>−½θ² − ½ Σ_j S_j/r_j² − n Σ_j log r_j</pre>
 *
 * <p>for one coordinate θ, with S_j the sum of squares of column j of n neurons' weights and r_j =
 * d_j(θ')/d_j(θ). Where data know the fields well a trajectory, which holds the weights instead,
 * hardly gets a variance to move; both in turn do (Yu and Meng 2011). Each coordinate moves by a
 * {@link CoordinateSlice}, one after another; from the last to the first it is the reversed kernel.
 * O(n q²) for the first layer's q columns, and nothing of the training rows.
 *
 * <p>Of an activation with σ(cz) = cᵏσ(z) a factor c² on a layer's variances and c^−2k on the next
 * weight variance changes no function at all, whatever the weights: along (1, −k, 1) coordinates
 * have their prior, and are drawn anew from it.
 */
final class VarianceSweep {
  private final NetworkShape shape;
  private final HyperparameterSpace space;
  private final Matrix rotation;
  private final OptionalInt degree;

  /** [layer][column] Σ over neurons of squared weights, in columns that variances act on. */
  private final double[][] squares;

  /** By what the scales of columns have grown. */
  private final double[][] growth;

  VarianceSweep(
      HyperparameterSpace space, Matrix rotation, Activation activation, NetworkShape shape) {
    this.shape = shape;
    this.space = space;
    this.rotation = rotation;
    degree = Homogeneity.degree(activation);
    squares = new double[shape.layers()][];
    growth = new double[shape.layers()][];
    for (int l = 0; l < squares.length; l++) {
      squares[l] = new double[shape.fanIn(l)];
      growth[l] = new double[shape.fanIn(l)];
    }
  }

  /**
   * Moves every variance once.
   *
   * @param u weights and hyperparameters; are overwritten
   * @param reversed whether from the last to the first
   */
  void move(double[] u, boolean reversed, RandomStream random) {
    Matrix first =
        Products.timesTranspose(
            Matrix.wrap(shape.width(0), shape.fanIn(0), Arrays.copyOf(u, shape.offset(1))),
            rotation);
    double[] theta = Arrays.copyOfRange(u, shape.weights(), shape.coordinates());
    if (reversed) {
      slide(theta, true, random);
    }
    look(first, u);
    for (int count = 0; count < theta.length; count++) {
      int k = reversed ? theta.length - 1 - count : count;
      if (space.isOfHiddenLayers(k)) {
        slice(theta, k, random);
      }
    }
    if (!reversed) {
      slide(theta, false, random);
    }
    System.arraycopy(theta, 0, u, shape.weights(), theta.length);
    shrink(first, u);
  }

  /** Draws anew where no function changes. */
  private void slide(double[] theta, boolean reversed, RandomStream random) {
    if (degree.isEmpty()) {
      return;
    }
    for (int count = 0; count < shape.layers(); count++) {
      int[] around = space.around(reversed ? shape.layers() - 1 - count : count);
      if (around.length > 0) {
        double[] along = {1, -degree.getAsInt(), 1};
        double square = 0;
        double own = 0;
        for (int k = 0; k < around.length; k++) {
          square += along[k] * along[k];
          own += along[k] * theta[around[k]];
        }
        double shift = random.normal() / Math.sqrt(square) - own / square;
        for (int k = 0; k < around.length; k++) {
          theta[around[k]] += along[k] * shift;
        }
      }
    }
  }

  private void look(Matrix first, double[] u) {
    for (int l = 0; l < squares.length; l++) {
      Arrays.fill(growth[l], 1);
      Arrays.fill(squares[l], 0);
      double[] weights = l == 0 ? first.data() : u;
      int fanIn = shape.fanIn(l);
      for (int at = shape.offset(l); at < shape.offset(l + 1); at += fanIn) {
        for (int k = 0; k < fanIn; k++) {
          squares[l][k] += weights[at + k] * weights[at + k];
        }
      }
    }
  }

  /** One coordinate. */
  private void slice(double[] theta, int k, RandomStream random) {
    StateVariances now = space.at(theta, 0);
    if (CoordinateSlice.move(
        theta, k, density(now, now), () -> density(now, space.at(theta, 0)), random)) {
      grow(now, space.at(theta, 0));
    }
  }

  /** r² of a column. */
  private double ratio(StateVariances now, StateVariances then, int l, int column) {
    int bias = shape.fanIn(l) - 1;
    if (column == bias) {
      return now.biases()[l] == 0 ? 1 : then.biases()[l] / now.biases()[l];
    }
    double ratio = then.weights()[l] / now.weights()[l];
    return l == 0 && now.scales().length > 0
        ? ratio * (then.scales()[column] / now.scales()[column])
        : ratio;
  }

  private double density(StateVariances now, StateVariances then) {
    double sum = 0;
    for (int l = 0; l < squares.length; l++) {
      for (int j = 0; j < squares[l].length; j++) {
        double ratio = ratio(now, then, l, j);
        sum -= 0.5 * (squares[l][j] / ratio + shape.width(l) * Math.log(ratio));
      }
    }
    return sum;
  }

  private void grow(StateVariances now, StateVariances then) {
    for (int l = 0; l < squares.length; l++) {
      for (int j = 0; j < squares[l].length; j++) {
        double ratio = ratio(now, then, l, j);
        squares[l][j] /= ratio;
        growth[l][j] *= Math.sqrt(ratio);
      }
    }
  }

  /** Takes weights to where their fields are what they were. */
  private void shrink(Matrix first, double[] u) {
    for (int l = 0; l < squares.length; l++) {
      double[] weights = l == 0 ? first.data() : u;
      int fanIn = shape.fanIn(l);
      for (int at = shape.offset(l); at < shape.offset(l + 1); at += fanIn) {
        for (int k = 0; k < fanIn; k++) {
          weights[at + k] /= growth[l][k];
        }
      }
    }
    double[] turned = Products.times(first, rotation).data();
    System.arraycopy(turned, 0, u, 0, turned.length);
  }
}
