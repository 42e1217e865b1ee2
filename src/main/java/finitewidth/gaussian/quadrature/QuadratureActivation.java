package finitewidth.gaussian.quadrature;

import finitewidth.gaussian.Activation;
import finitewidth.gaussian.ActivationFunction;
import finitewidth.gaussian.Derivative;
import finitewidth.gaussian.OnePoint;
import finitewidth.gaussian.PairMoments;
import finitewidth.gaussian.TwoPointRow;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.NumericsException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An activation of which only σ is known. Its expectations are those of Hermite series: with a_n(k)
 * = ⟨σ(√k h) He_n(h)⟩/√n! and ρ = K12/√(K11 K22),
 *
 * <pre>
 * ⟨σ1σ2⟩ = Σ_n a_n(K11) a_n(K22) ρ^n,   ∂F/∂K12 = ⟨σ1'σ2'⟩,   ∂F/∂K11 = ½⟨σ1''σ2⟩,
 * </pre>
 *
 * and so on, where derivatives of σ are weights on the coefficients and are never taken. The
 * coefficients depend on one variance each, so N numbers per sample and layer make every pair's
 * expectations at some nanoseconds a term ({@link MehlerSum}); a one-dimensional quadrature makes
 * them, refined until they hold the tolerance ({@link SeriesBuilder}), kinks of σ counted off in
 * closed form ({@link TruncatedPowers}). Three- and four-point moments of different points are not
 * to be had this way.
 */
public final class QuadratureActivation implements Activation {
  private static final long serialVersionUID = 1L;

  /** A distance that is less than this part of ⟨σ1²⟩ + ⟨σ2²⟩ is summed up on its own. */
  private static final double CANCELLED = 1e-4;

  private final String name;
  private final ActivationFunction function;

  /** Made where it is first needed, once for all threads there. */
  private transient volatile @Nullable SeriesCache series;

  public QuadratureActivation(String name, ActivationFunction function) {
    this.name = name;
    this.function = function;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double value(double z) {
    return function.value(z);
  }

  @Override
  public void values(double[] z, double[] out, int count) {
    function.values(z, out, count);
  }

  @Override
  public Optional<Derivative> derivative() {
    return function.derivative();
  }

  /**
   * {@inheritDoc}
   *
   * @throws NumericsException if σ is not finite where such fields are, or grows too fast
   */
  @Override
  public void onePoint(double k, OnePoint out) {
    VarianceSeries own = at(k);
    out.mean = own.mean();
    out.first = own.first();
    out.second = own.second();
  }

  /**
   * {@inheritDoc}
   *
   * @throws NumericsException if σ is not finite where such fields are, or grows too fast
   */
  @Override
  public void twoPoint(TwoPointRow row, int count) {
    SeriesCache known = series();
    MehlerSum sum = new MehlerSum();
    VarianceSeries one = known.at(row.k11);
    VarianceSeries two = one;
    for (int i = 0; i < count; i++) {
      if (row.k22[i] != two.variance()) {
        two = known.at(row.k22[i]);
      }
      pair(sum, one, two, row, i);
    }
  }

  private static void pair(
      MehlerSum sum, VarianceSeries one, VarianceSeries two, TwoPointRow row, int i) {
    if (one.variance() == 0 || two.variance() == 0) {
      apart(one, two, row, i);
      return;
    }
    // The smaller variance first, so that a pair has the same bits from either side.
    boolean turned = one.variance() > two.variance();
    VarianceSeries low = turned ? two : one;
    VarianceSeries high = turned ? one : two;
    double size = low.root() * high.root();
    double skew = (high.variance() - low.variance()) / (high.root() + low.root());
    double gap = Math.min(2, Math.max(0, (row.separation[i] - skew * skew) / (2 * size)));
    double covariance = Math.min(size, Math.max(-size, row.k12[i]));
    double r = gap < 0.5 ? 1 - gap : covariance / size;
    double toOpposite = gap < 0.5 ? 2 - gap : (size + covariance) / size;
    double s = Math.sqrt((gap < 0.5 ? gap : (size - covariance) / size) * toOpposite);
    sum.set(low.sigma(), high.sigma(), r, gap < 0.5 ? gap : 1 - r, s, row.curvature());
    boolean same = low.variance() == high.variance();
    double d1 = sum.s20 / (2 * low.variance());
    double d2 = same ? d1 : sum.s02 / (2 * high.variance());
    row.mean[i] = sum.mean;
    double both = low.mean() + high.mean();
    double distance = both - 2 * sum.mean;
    row.distance[i] = MehlerSum.near(r) && distance < CANCELLED * both ? sum.distance : distance;
    row.dc[i] = sum.s11 / size;
    row.d1[i] = turned ? d2 : d1;
    row.d2[i] = turned ? d1 : d2;
    if (row.curvature()) {
      double d1c = sum.s31 / (2 * low.variance() * size);
      double d2c = same ? d1c : sum.s13 / (2 * high.variance() * size);
      double d11 = sum.s40 / (4 * low.variance() * low.variance());
      double d22 = same ? d11 : sum.s04 / (4 * high.variance() * high.variance());
      row.dcc[i] = sum.s22 / (size * size);
      row.d12[i] = 0.25 * row.dcc[i];
      row.d1c[i] = turned ? d2c : d1c;
      row.d2c[i] = turned ? d1c : d2c;
      row.d11[i] = turned ? d22 : d11;
      row.d22[i] = turned ? d11 : d22;
    }
  }

  /** A point without variance is independent of any other. */
  private static void apart(VarianceSeries one, VarianceSeries two, TwoPointRow row, int i) {
    double[] f = one.derivatives();
    double[] g = two.derivatives();
    row.mean[i] = f[0] * g[0];
    row.distance[i] =
        row.separation[i] == 0 ? 0 : Math.max(0, one.mean() + two.mean() - 2 * row.mean[i]);
    row.dc[i] = f[1] * g[1];
    row.d1[i] = 0.5 * f[2] * g[0];
    row.d2[i] = 0.5 * f[0] * g[2];
    if (row.curvature()) {
      row.dcc[i] = f[2] * g[2];
      row.d12[i] = 0.25 * row.dcc[i];
      row.d1c[i] = 0.5 * f[3] * g[1];
      row.d2c[i] = 0.5 * f[1] * g[3];
      row.d11[i] = 0.25 * f[4] * g[0];
      row.d22[i] = 0.25 * f[0] * g[4];
    }
  }

  @Override
  public PairMoments pairMoments(Matrix kernel, double tolerance) {
    return new SeriesMoments(kernel);
  }

  @Override
  public double relativeError(double variance) {
    return at(variance).error();
  }

  private VarianceSeries at(double variance) {
    return series().at(variance);
  }

  private SeriesCache series() {
    SeriesCache known = series;
    return known == null ? makeSeries() : known;
  }

  private synchronized SeriesCache makeSeries() {
    SeriesCache known = series;
    if (known == null) {
      known = new SeriesCache(new SeriesBuilder(function, name)::at);
      series = known;
    }
    return known;
  }

  /** ⟨σ_a³σ_d⟩ and ⟨σ_a²σ_d²⟩ from the series of the powers of σ. */
  private final class SeriesMoments implements PairMoments {
    private final Matrix kernel;
    private final MehlerSum sum = new MehlerSum();

    SeriesMoments(Matrix kernel) {
      this.kernel = kernel;
    }

    @Override
    public void cubes(int a, int from, int to, double[] out) {
      pairs(a, from, to, 3, 1, out);
    }

    @Override
    public void squares(int a, int from, int to, double[] out) {
      pairs(a, from, to, 2, 2, out);
    }

    private void pairs(int a, int from, int to, int power, int other, double[] out) {
      VarianceSeries one = at(kernel.get(a, a));
      for (int d = from; d < to; d++) {
        VarianceSeries two = at(kernel.get(d, d));
        double size = one.root() * two.root();
        double r = d == a ? 1 : size == 0 ? 0 : kernel.get(a, d) / size;
        out[d - from] =
            sum.mean(
                one.powers()[power - 1], two.powers()[other - 1], Math.min(1, Math.max(-1, r)));
      }
    }
  }
}
