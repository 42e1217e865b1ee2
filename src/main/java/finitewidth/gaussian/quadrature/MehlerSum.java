package finitewidth.gaussian.quadrature;

/**
 * ⟨f(√k1 X) g(√k2 Y)⟩ = Σ_n a_n a'_n r^n for standard normals of correlation r (F. G. Mehler, 1866)
 * and the expectations of derivatives of f and g in X and Y, which have the same form with √((n +
 * 1)…(n + j)) a_{n+j} in the place of a_n: no inverse of the kernel, nothing cancels, and r = ±1 is
 * as good as any other.
 *
 * <p>Where |r|^N is not negligible and both functions have kinks, the sum runs over a_n a'_n − κ_n
 * κ'_n, and the expectation of the truncated powers is added in closed form. Reused from pair to
 * pair; belongs to one thread.
 */
final class MehlerSum {
  /** Powers of r below e to the minus this, with the factors of derivatives, are negligible. */
  private static final double NEGLIGIBLE = 45;

  /** Terms that are always taken. */
  private static final int LEAST = 8;

  /**
   * Derivatives at kinks diverge as points merge, while what self-energies make of them vanishes;
   * they are those of points at this sine of their angle where it is less.
   */
  private static final double MERGED_SINE = 1e-4;

  /** 1 − √(1 − s²) of that sine. */
  private static final double REST =
      MERGED_SINE * MERGED_SINE / (1 + Math.sqrt((1 - MERGED_SINE) * (1 + MERGED_SINE)));

  /** From this correlation on distances are summed on their own. */
  private static final double NEAR = 0.9;

  private static final int TERMS = SeriesBuilder.MOST_ORDER + HermiteSeries.PADDING;

  /** √((n + 1)(n + 2)) and √((n + 1)(n + 2)(n + 3)(n + 4)). */
  private static final double[] TWO = new double[TERMS];

  private static final double[] FOUR = new double[TERMS];

  static {
    for (int n = 0; n < TERMS; n++) {
      TWO[n] = Math.sqrt((n + 1.0) * (n + 2.0));
      FOUR[n] = TWO[n] * Math.sqrt((n + 3.0) * (n + 4.0));
    }
  }

  private final TruncatedPowers powers = new TruncatedPowers();

  /** ⟨fg⟩. */
  double mean;

  /** ⟨f'g'⟩, ⟨f''g⟩ and ⟨fg''⟩. */
  double s11;

  double s20;
  double s02;

  /** ⟨f''g''⟩, ⟨f'''g'⟩, ⟨f'g'''⟩, ⟨f''''g⟩ and ⟨fg''''⟩. */
  double s22;

  double s31;
  double s13;
  double s40;
  double s04;

  /** ⟨(f − g)²⟩. */
  double distance;

  /**
   * The mean alone.
   *
   * @param r correlation, within ±1
   */
  double mean(HermiteSeries f, HermiteSeries g, double r) {
    int order = Math.min(f.order(), g.order());
    int cut = cut(r, order);
    double sum = product(f.a(), g.a(), cut, r);
    if (cut == order && !f.smooth() && !g.smooth()) {
      sum -= product(f.kappa(), g.kappa(), cut, r);
      sum += powers(f, g, r, 1 - r, Math.sqrt((1 - r) * (1 + r)));
    }
    return sum;
  }

  /**
   * Everything.
   *
   * @param gap 1 − r without cancellation
   * @param s √(1 − r²), likewise
   * @param curvature whether fourth derivatives are wanted
   */
  void set(HermiteSeries f, HermiteSeries g, double r, double gap, double s, boolean curvature) {
    clear();
    int order = Math.min(f.order(), g.order());
    int cut = cut(r, order);
    boolean kinked = cut == order && !f.smooth() && !g.smooth();
    boolean merged = kinked && s < MERGED_SINE;
    double sine = merged ? MERGED_SINE : s;
    double angle = merged ? Math.copySign(1 - REST, r) : r;
    double between = merged ? r < 0 ? 2 - REST : REST : gap;
    if (merged && (jumps(f) || jumps(g))) {
      addFirst(f, g, cut, angle, between, sine, true);
      mean = product(f.a(), g.a(), cut, r) - product(f.kappa(), g.kappa(), cut, r);
      mean += powers(f, g, r, gap, s);
    } else {
      addFirst(f, g, cut, r, gap, s, kinked);
    }
    if (curvature) {
      addSecond(f, g, cut, angle, between, sine, kinked);
    }
    if (r > NEAR) {
      distance = distance(f.a(), g.a(), r, gap);
      if (kinked) {
        distance -= distance(f.kappa(), g.kappa(), r, gap);
        distance += ownPowers(f) + ownPowers(g) - 2 * powers(f, g, r, gap, s);
        distance = Math.max(0, distance);
      }
    }
  }

  /** Whether {@link #set} made a distance of its own; else it is that of means. */
  static boolean near(double r) {
    return r > NEAR;
  }

  /** ⟨f²⟩ of the truncated powers alone. */
  static double ownPowers(HermiteSeries f) {
    return f.smooth() ? 0 : new MehlerSum().powers(f, f, 1, 0, 0);
  }

  private void clear() {
    mean = 0;
    s11 = 0;
    s20 = 0;
    s02 = 0;
    s22 = 0;
    s31 = 0;
    s13 = 0;
    s40 = 0;
    s04 = 0;
    distance = 0;
  }

  /** So many terms, of {@code order} at most. */
  private static int cut(double r, int order) {
    double terms = LEAST + NEGLIGIBLE / Math.abs(Math.log(Math.abs(r)));
    return terms < order ? (int) terms : order;
  }

  private static double product(double[] a, double[] b, int count, double r) {
    double sum = 0;
    double power = 1;
    for (int n = 0; n < count; n++) {
      sum += a[n] * b[n] * power;
      power *= r;
    }
    return sum;
  }

  private void first(double[] a, double[] b, int count, double r, double sign) {
    double sum = 0;
    double sum11 = 0;
    double sum20 = 0;
    double sum02 = 0;
    double before = 0;
    double power = 1;
    for (int n = 0; n < count; n++) {
      double ab = a[n] * b[n];
      sum += ab * power;
      sum11 += n * ab * before;
      sum20 += TWO[n] * a[n + 2] * b[n] * power;
      sum02 += TWO[n] * b[n + 2] * a[n] * power;
      before = power;
      power *= r;
    }
    mean += sign * sum;
    s11 += sign * sum11;
    s20 += sign * sum20;
    s02 += sign * sum02;
  }

  private void second(double[] a, double[] b, int count, double r, double sign) {
    double sum22 = 0;
    double sum31 = 0;
    double sum13 = 0;
    double sum40 = 0;
    double sum04 = 0;
    double last = 0;
    double before = 0;
    double power = 1;
    for (int n = 0; n < count; n++) {
      double times = n * before;
      sum22 += (n - 1) * (double) n * (a[n] * b[n]) * last;
      sum31 += TWO[n] * a[n + 2] * b[n] * times;
      sum13 += TWO[n] * b[n + 2] * a[n] * times;
      sum40 += FOUR[n] * a[n + 4] * b[n] * power;
      sum04 += FOUR[n] * b[n + 4] * a[n] * power;
      last = before;
      before = power;
      power *= r;
    }
    s22 += sign * sum22;
    s31 += sign * sum31;
    s13 += sign * sum13;
    s40 += sign * sum40;
    s04 += sign * sum04;
  }

  /** Σ (a_n − a'_n)² + 2 Σ a_n a'_n (1 − r^n), in which 1 − r^n = (1 − r)(1 + r + … + r^{n−1}). */
  private static double distance(double[] a, double[] b, double r, double gap) {
    int count = Math.max(a.length, b.length);
    double squares = 0;
    double products = 0;
    double geometric = 0;
    double power = 1;
    for (int n = 0; n < count; n++) {
      double x = n < a.length ? a[n] : 0;
      double y = n < b.length ? b[n] : 0;
      squares += (x - y) * (x - y);
      products += x * y * geometric;
      geometric += power;
      power *= r;
    }
    return squares + 2 * gap * products;
  }

  private double powers(HermiteSeries f, HermiteSeries g, double r, double gap, double s) {
    double sum = 0;
    for (int i = 0; i < f.weights().length; i++) {
      for (int j = 0; j < g.weights().length; j++) {
        fill(f, g, i, j, r, gap, s, 0);
        for (int p = 0; p < Kink.ORDERS; p++) {
          for (int q = 0; q < Kink.ORDERS; q++) {
            sum += f.weights()[i][p] * g.weights()[j][q] * powers.get(p, q);
          }
        }
      }
    }
    return sum;
  }

  private void fill(
      HermiteSeries f, HermiteSeries g, int i, int j, double r, double gap, double s, int lowest) {
    boolean same = f.signs()[i] == g.signs()[j];
    powers.fill(
        f.thresholds()[i], g.thresholds()[j], same ? r : -r, same ? gap : 2 - gap, s, lowest);
  }

  private void addFirst(
      HermiteSeries f, HermiteSeries g, int cut, double r, double gap, double s, boolean kinked) {
    first(f.a(), g.a(), cut, r, 1);
    if (!kinked) {
      return;
    }
    first(f.kappa(), g.kappa(), cut, r, -1);
    for (int i = 0; i < f.weights().length; i++) {
      for (int j = 0; j < g.weights().length; j++) {
        fill(f, g, i, j, r, gap, s, -2);
        double sign = f.signs()[i] * g.signs()[j];
        for (int p = 0; p < Kink.ORDERS; p++) {
          for (int q = 0; q < Kink.ORDERS; q++) {
            double w = f.weights()[i][p] * g.weights()[j][q];
            if (w != 0) {
              mean += w * powers.get(p, q);
              s11 += sign * w * powers.get(p - 1, q - 1);
              s20 += w * powers.get(p - 2, q);
              s02 += w * powers.get(p, q - 2);
            }
          }
        }
      }
    }
  }

  private void addSecond(
      HermiteSeries f, HermiteSeries g, int cut, double r, double gap, double s, boolean kinked) {
    second(f.a(), g.a(), cut, r, 1);
    if (!kinked) {
      return;
    }
    second(f.kappa(), g.kappa(), cut, r, -1);
    for (int i = 0; i < f.weights().length; i++) {
      for (int j = 0; j < g.weights().length; j++) {
        fill(f, g, i, j, r, gap, s, TruncatedPowers.LOWEST);
        double sign = f.signs()[i] * g.signs()[j];
        for (int p = 0; p < Kink.ORDERS; p++) {
          for (int q = 0; q < Kink.ORDERS; q++) {
            double w = f.weights()[i][p] * g.weights()[j][q];
            if (w != 0) {
              s22 += w * powers.get(p - 2, q - 2);
              s31 += sign * w * powers.get(p - 3, q - 1);
              s13 += sign * w * powers.get(p - 1, q - 3);
              s40 += w * powers.get(p - 4, q);
              s04 += w * powers.get(p, q - 4);
            }
          }
        }
      }
    }
  }

  /** Whether the function itself jumps anywhere. */
  private static boolean jumps(HermiteSeries f) {
    for (double[] weights : f.weights()) {
      if (weights[0] != 0) {
        return true;
      }
    }
    return false;
  }
}
