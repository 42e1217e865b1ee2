package finitewidth.gaussian;

import finitewidth.linalg.Matrix;

/**
 * Four-point moments of the error function (THEORY section 3).
 *
 * <p>With ρ_ij = 2K_ij / √((1 + 2K_ii)(1 + 2K_jj)) off the diagonal of a correlation matrix, and
 * the four links between the pairs (12) and (34) multiplied by t,
 *
 * <pre>
 * ⟨σσσσ⟩ = (4/π²) [asin ρ_12 asin ρ_34 + ∫_0^1 Σ_{i∈{1,2}, j∈{3,4}} ρ_ij φ_ij(t) / √d_ij(t) dt],
 * </pre>
 *
 * d_ij = 1 − t²ρ_ij², φ_ij the arcsine of the partial correlation of the other two given i and j.
 * THEORY's integral in terms of correlations: Σ_kl and C + ½ there are Schur complements and minors
 * of the matrix 1 + 2K. The integrand is t times a function of w = t², which is the variable taken.
 *
 * <p>The matrix 1 + 2K is at least 1 for any kernel, so coinciding points need no care: {@link
 * #paired} is the same integral. Large variances bring the correlations of such points near 1, so
 * everything is formed from 1 − ρ_ij, after points have been reflected to make the correlations
 * with the first positive (the moment is odd in each point). This loses about K ulp.
 */
final class ErfFourPoint implements FourPoint {
  private static final double SCALE = 4 / (Math.PI * Math.PI);

  private final double[] kernel;
  private final int n;

  /** √2 / √(1 + 2K_aa). */
  private final double[] inverseSize;

  private final LinkNodes nodes;

  ErfFourPoint(Matrix kernel, double tolerance) {
    this.kernel = kernel.data();
    this.n = kernel.rows();
    this.inverseSize = new double[n];
    for (int i = 0; i < n; i++) {
      inverseSize[i] = Math.sqrt(2 / (1 + 2 * kernel.get(i, i)));
    }
    this.nodes = new LinkNodes(tolerance);
  }

  @Override
  public void distinct(int a, int b, int c, int from, int to, double[] out) {
    double abSigned = correlation(a, b);
    double acSigned = correlation(a, c);
    double signB = abSigned < 0 ? -1 : 1;
    double signC = acSigned < 0 ? -1 : 1;
    double ab = signB * abSigned;
    double ac = signC * acSigned;
    double bc = signB * signC * correlation(b, c);
    double abArc = arc(ab);
    double acArc = arc(ac);
    double bcArc = arc(bc);
    for (int d = from; d < to; d++) {
      double adSigned = correlation(a, d);
      double signD = adSigned < 0 ? -1 : 1;
      double ad = signD * adSigned;
      double bd = signB * signD * correlation(b, d);
      double cd = signC * signD * correlation(c, d);
      // The pairing with the strongest links inside has the weakest ones across.
      double withAb = ab * ab + cd * cd;
      double withAc = ac * ac + bd * bd;
      double withBc = bc * bc + ad * ad;
      double moment;
      if (withAb >= withAc && withAb >= withBc) {
        moment = abArc * arc(cd) + cross(ab, cd, ac, ad, bc, bd);
      } else if (withAc >= withBc) {
        moment = acArc * arc(bd) + cross(ac, bd, ab, ad, bc, cd);
      } else {
        moment = bcArc * arc(ad) + cross(bc, ad, ab, bd, ac, cd);
      }
      out[d - from] = SCALE * signB * signC * signD * moment;
    }
  }

  @Override
  public void paired(int a, int c, int from, int to, double[] out) {
    distinct(a, a, c, from, to, out);
  }

  /** ½ ∫_0^1 Σ ρ_ij φ_ij / (t √d_ij) dw over the four links between (12) and (34). */
  private double cross(double r12, double r34, double r13, double r14, double r23, double r24) {
    double e12 = 1 - r12;
    double e34 = 1 - r34;
    double e13 = 1 - r13;
    double e14 = 1 - r14;
    double e23 = 1 - r23;
    double e24 = 1 - r24;

    // The covariances of z1 ± z2 with z3 ± z4, over their deviations; z1 + z2 and z1 − z2 have
    // none.
    double sum1 = 2 - e12;
    double sum3 = 2 - e34;
    double links = e13 + e14 + e23 + e24;
    double sumSum = (4 - links) * (4 - links) / (4 * sum1 * sum3);
    double diffDiff = e14 + e23 - e13 - e24;
    double sumDiff = e14 + e24 - e13 - e23;
    double diffSum = e23 + e24 - e13 - e14;
    double cross = 4 * sum1 * e34;
    double otherCross = 4 * e12 * sum3;
    // Squares of the four correlations; sumSumRest is 1 − sumSum, which tends to 0 as all merge.
    double sumSumRest =
        (8 * (links - e12 - e34) + 4 * e12 * e34 - links * links) / (4 * sum1 * sum3);
    double diffDiffSquare = diffDiff * diffDiff / (4 * e12 * e34);
    double mixed = sumDiff * sumDiff / cross + diffSum * diffSum / otherCross;
    double mixedProduct = sumDiff * sumDiff / cross * (diffSum * diffSum / otherCross);
    double cycle = (4 - links) * diffDiff * sumDiff * diffSum / (16 * sum1 * sum3 * e12 * e34);
    double trace = sumSum + diffDiffSquare + mixed;
    double square = sumSum * diffDiffSquare + mixedProduct - 2 * cycle;
    double within = e12 * sum1 * e34 * sum3;

    // Numerators of tan φ_ij, over t: what they are at w = 1, and (1 − w) ρ_ij (± minor). Small
    // correlations, of small variances, would lose as much in 1 − ρ as large ones lose in ρ.
    double minor;
    double last13;
    double last24;
    double last14;
    double last23;
    if (r12 + r34 > 1) {
      minor = e14 + e23 - e13 - e24 + e13 * e24 - e14 * e23;
      last13 = closeNumerator(e13, e24, e12, e34, e14, e23);
      last24 = closeNumerator(e24, e13, e12, e34, e23, e14);
      last14 = closeNumerator(e14, e23, e12, e34, e13, e24);
      last23 = closeNumerator(e23, e14, e12, e34, e24, e13);
    } else {
      minor = r13 * r24 - r14 * r23;
      last13 = numerator(r13, r24, r12, r34, r14, r23);
      last24 = numerator(r24, r13, r12, r34, r23, r14);
      last14 = numerator(r14, r23, r12, r34, r13, r24);
      last23 = numerator(r23, r14, r12, r34, r24, r13);
    }

    // det/within = 1 − trace w + square w² vanishes at w*.
    double root = Math.sqrt(Math.max(trace * trace - 4 * square, 0));
    double excess = (2 - trace - root) / Math.max(trace + root, Double.MIN_NORMAL);
    int rung = LinkNodes.rung(excess);
    int to = nodes.to(rung);
    double sum = 0;
    for (int i = nodes.from(rung); i < to; i++) {
      double rest = nodes.rest(i);
      double t = nodes.root(i);
      double w = 1 - rest;
      double det =
          Math.sqrt(
              within
                  * ((sumSumRest + rest * sumSum) * (1 - w * diffDiffSquare)
                      + w * (w * (mixedProduct - 2 * cycle) - mixed)));
      double turn = rest * minor;
      sum +=
          nodes.weight(i)
              / t
              * (link(r13, e13, rest, t, last13 + turn * r13, det)
                  + link(r24, e24, rest, t, last24 + turn * r24, det)
                  + link(r14, e14, rest, t, last14 - turn * r14, det)
                  + link(r23, e23, rest, t, last23 - turn * r23, det));
    }
    return 0.5 * sum;
  }

  /** ρ φ / √d, d = 1 − wρ² from 1 − w and 1 − ρ. */
  private static double link(
      double r, double e, double rest, double t, double numerator, double det) {
    double cos = Math.sqrt(e * (1 + r) + rest * r * r);
    return r / cos * FastAtan.ratio(t * numerator, cos * det);
  }

  /** (1 − ρ_ij²)ρ_kl − ρ_ikρ_il − ρ_jkρ_jl + ρ_ij(ρ_ikρ_jl + ρ_ilρ_jk). */
  private static double numerator(
      double ij, double kl, double ik, double jl, double il, double jk) {
    return (1 - ij * ij) * kl - ik * il - jl * jk + ij * (ik * jl + il * jk);
  }

  /** The same from 1 − ρ instead of ρ: all terms of order zero and one have cancelled. */
  private static double closeNumerator(
      double ij, double kl, double ik, double jl, double il, double jk) {
    double products = ik * jl + il * jk;
    return ij * (ik + jl + il + jk - ij - 2 * kl)
        + products
        - ik * il
        - jl * jk
        + ij * (ij * kl - products);
  }

  private static double arc(double r) {
    return FastAtan.arcsine(r, Math.sqrt((1 - r) * (1 + r)));
  }

  private double correlation(int i, int j) {
    return kernel[i * n + j] * inverseSize[i] * inverseSize[j];
  }
}
