package finitewidth.gaussian.erf;

import finitewidth.gaussian.FourPoint;
import finitewidth.gaussian.lanes.FastAtan;
import finitewidth.linalg.Matrix;

/**
 * Four-point moments of the GELU.
 *
 * <p>With the noise of {@link GeluActivation}, one independent ξ for each factor, ⟨σσσσ⟩ = ⟨Π(ρ_i −
 * δ_i)⟩ at the covariance U = 1 + K. All sixteen terms are elementary but for the orthant
 * probability P4. Added up, with h = Σ over the three pairings of K_ij K_kl, d_ij = U_ii U_jj −
 * K_ij², x_i = 1/U_ii and P_ij = ⟨δ_iδ_jθ_kθ_l⟩ = (¼ + φ_ij/2π) / 2π√d_ij, φ_ij the arcsine of the
 * partial correlation of the other two given u_i and u_j,
 *
 * <pre>
 * ⟨σσσσ⟩ = h P4 + Σ_{i&lt;j} a_ij P_ij + (√det U / 4π²) Σ_{S ⊆ {1,2,3,4}} (−1)^|S| / det U_S,
 * a_ij = K_kl (K_ii K_jj + K_ij² (x_i + x_j − 1)) + K_ik K_il b_ij + K_jk K_jl b_ji
 *        + (K_ik K_jl + K_il K_jk) K_ij (x_i + x_j + 1/d_ij),
 * b_ij = K_jj + (U_ii K_jj − K_ij²) U_jj x_i/d_ij − K_ij² x_i (1 + 2x_i).
 * </pre>
 *
 * <p>Written in K where U would cancel for small variances: every term is of the size of K² or
 * smaller, so the error follows the moment down. The sum over S becomes
 *
 * <pre>
 * Πx · [ΠK_ii + Σ_{ij} m_ij K_kk K_ll − Σ_{ijk} m_ijk K_ll + m_1234],
 * </pre>
 *
 * where 1/det R_S = 1 + Σ_{T ⊆ S} m_T for the correlation matrix R of U. The signs of u are those
 * that make the error function a mean over noise, sgn → erf, so P4 comes from {@link
 * ErfActivation}'s moments at K/2, which keep the tolerance and are at ease with merging points.
 * Where points merge U is still at least 1; it is factorised once, and a large variance costs about
 * K ulp.
 */
final class GeluFourPoint implements FourPoint {
  private static final double TWO_PI = 2 * Math.PI;

  private final double[] kernel;
  private final int n;

  /** ⟨sgn u_a sgn u_b sgn u_c sgn u_d⟩. */
  private final FourPoint signs;

  GeluFourPoint(Matrix kernel, double tolerance) {
    this.kernel = kernel.data();
    this.n = kernel.rows();
    Matrix half = kernel.copy();
    for (int i = 0; i < half.data().length; i++) {
      half.data()[i] *= 0.5;
    }
    signs = new ErfActivation().fourPoint(half, tolerance);
  }

  @Override
  public void distinct(int a, int b, int c, int from, int to, double[] out) {
    signs.distinct(a, b, c, from, to, out);
    complete(a, b, c, from, to, out);
  }

  @Override
  public void paired(int a, int c, int from, int to, double[] out) {
    signs.paired(a, c, from, to, out);
    complete(a, a, c, from, to, out);
  }

  /** From a row of sign products to the moments. */
  private void complete(int a, int b, int c, int from, int to, double[] out) {
    double varA = kernel[a * n + a];
    double varB = kernel[b * n + b];
    double varC = kernel[c * n + c];
    double ab = kernel[a * n + b];
    double ac = kernel[a * n + c];
    double bc = kernel[b * n + c];
    double xA = 1 / (1 + varA);
    double xB = 1 / (1 + varB);
    double xC = 1 / (1 + varC);

    // U of a, b and c is L D Lᵀ; its inverse off the diagonal.
    double lowBa = ab * xA;
    double lowCa = ac * xA;
    double pivotB = 1 + (varB - ab * lowBa);
    double inverseB = 1 / pivotB;
    double lowCb = (bc - ac * lowBa) * inverseB;
    double explainedC = ac * lowCa + lowCb * lowCb * pivotB;
    double inverseC = 1 / (1 + (varC - explainedC));
    double ladder = lowCb * lowBa - lowCa;
    double precisionBc = -lowCb * inverseC;
    double precisionAc = ladder * inverseC;
    double precisionAb = -lowBa * inverseB - ladder * lowCb * inverseC;
    double determinant = pivotB / (xA * inverseC);

    double abMinor = minor(varA, varB, ab);
    double acMinor = minor(varA, varC, ac);
    double bcMinor = minor(varB, varC, bc);
    double abRoot = Math.sqrt(abMinor);
    double acRoot = Math.sqrt(acMinor);
    double bcRoot = Math.sqrt(bcMinor);
    double rowArcs =
        FastAtan.ratio(ab, abRoot) + FastAtan.ratio(ac, acRoot) + FastAtan.ratio(bc, bcRoot);

    // 1/det R of the points but d, and the m_T without d.
    double abRest = abMinor * xA * xB;
    double acRest = acMinor * xA * xC;
    double bcRest = bcMinor * xB * xC;
    double abTerm = ab * ab / abMinor;
    double acTerm = ac * ac / acMinor;
    double bcTerm = bc * bc / bcMinor;
    double rowRest = determinant * xA * xB * xC;
    double abSquare = ab * lowBa * xB;
    double cSquare = explainedC * xC;
    double rowTerm = (abSquare + cSquare - abSquare * cSquare) / rowRest - abTerm - acTerm - bcTerm;

    for (int d = from; d < to; d++) {
      double varD = kernel[d * n + d];
      double ad = kernel[a * n + d];
      double bd = kernel[b * n + d];
      double cd = kernel[c * n + d];
      double xD = 1 / (1 + varD);
      double restB = bd - lowBa * ad;
      double restC = cd - lowCa * ad - lowCb * restB;
      double weightC = restC * inverseC;
      double weightB = restB * inverseB - lowCb * weightC;
      double weightA = ad * xA - lowBa * weightB - lowCa * weightC;
      double explained = ad * ad * xA + restB * restB * inverseB + restC * weightC;
      double pivot = 1 + (varD - explained);
      double inverse = 1 / pivot;
      double root = Math.sqrt(determinant * pivot);
      double adMinor = minor(varA, varD, ad);
      double bdMinor = minor(varB, varD, bd);
      double cdMinor = minor(varC, varD, cd);
      double adRoot = Math.sqrt(adMinor);
      double bdRoot = Math.sqrt(bdMinor);
      double cdRoot = Math.sqrt(cdMinor);

      double arcs =
          rowArcs
              + (FastAtan.ratio(ad, adRoot)
                  + FastAtan.ratio(bd, bdRoot)
                  + FastAtan.ratio(cd, cdRoot));
      double orthant = (1 + 2 / Math.PI * arcs + out[d - from]) / 16;

      // tan φ_ij = −(U⁻¹)_kl √(det U / d_ij).
      double lift = root * inverse;
      double pairs =
          weight(varA, varB, ab, xA, xB, abMinor, cd, ac, ad, bc, bd)
                  * density(weightC * lift, abRoot)
              + weight(varA, varC, ac, xA, xC, acMinor, bd, ab, ad, bc, cd)
                  * density(weightB * lift, acRoot)
              + weight(varB, varC, bc, xB, xC, bcMinor, ad, ab, bd, ac, cd)
                  * density(weightA * lift, bcRoot)
              + weight(varA, varD, ad, xA, xD, adMinor, bc, ab, ac, bd, cd)
                  * density(-(precisionBc * root + weightB * weightC * lift), adRoot)
              + weight(varB, varD, bd, xB, xD, bdMinor, ac, ab, bc, ad, cd)
                  * density(-(precisionAc * root + weightA * weightC * lift), bdRoot)
              + weight(varC, varD, cd, xC, xD, cdMinor, ab, ac, bc, ad, bd)
                  * density(-(precisionAb * root + weightA * weightB * lift), cdRoot);

      // m_T with d, from differences that vanish with its covariances.
      double adTerm = ad * ad / adMinor;
      double bdTerm = bd * bd / bdMinor;
      double cdTerm = cd * cd / cdMinor;
      double abdExcess = excess(ab, ad, bd, xA, xB, xD, abRest);
      double acdExcess = excess(ac, ad, cd, xA, xC, xD, acRest);
      double bcdExcess = excess(bc, bd, cd, xB, xC, xD, bcRest);
      double allExcess = explained * inverse / rowRest;
      double subsets =
          varA * varB * varC * varD
              + (abTerm * varC * varD + acTerm * varB * varD + bcTerm * varA * varD)
              + (adTerm * varB * varC + bdTerm * varA * varC + cdTerm * varA * varB)
              - rowTerm * varD
              - (abdExcess - adTerm - bdTerm) * varC
              - (acdExcess - adTerm - cdTerm) * varB
              - (bcdExcess - bdTerm - cdTerm) * varA
              + (allExcess - (abdExcess + acdExcess + bcdExcess) + (adTerm + bdTerm + cdTerm));
      double product = xA * xB * xC * xD;

      double pairings = ab * cd + ac * bd + bc * ad;
      out[d - from] = pairings * orthant + pairs + root * product * subsets / (TWO_PI * TWO_PI);
    }
  }

  /** d_ij, at least 1. */
  private static double minor(double varI, double varJ, double ij) {
    return 1 + varI + varJ + (varI * varJ - ij * ij);
  }

  /** P_ij for tan φ = y / root, root = √d_ij. */
  private static double density(double y, double root) {
    return (0.25 + FastAtan.ratio(y, root) / TWO_PI) / (TWO_PI * root);
  }

  /** a_ij. */
  private static double weight(
      double varI,
      double varJ,
      double ij,
      double xI,
      double xJ,
      double minor,
      double kl,
      double ik,
      double il,
      double jk,
      double jl) {
    double square = ij * ij;
    double inverse = 1 / minor;
    double byI = (varJ + varI * varJ - square) * (1 + varJ) * xI * inverse;
    double byJ = (varI + varI * varJ - square) * (1 + varI) * xJ * inverse;
    return kl * (varI * varJ + square * (xI + xJ - 1))
        + ik * il * (varJ + byI - square * xI * (1 + 2 * xI))
        + jk * jl * (varI + byJ - square * xJ * (1 + 2 * xJ))
        + (ik * jl + il * jk) * ij * (xI + xJ + inverse);
  }

  /**
   * 1/det R_ijd − 1/det R_ij = (r_id² + r_jd² − 2 r_ij r_id r_jd) / (det R_ij det R_ijd).
   *
   * @param rest det R_ij
   */
  private static double excess(
      double ij, double id, double jd, double xI, double xJ, double xD, double rest) {
    double gain = xD * (id * id * xI + jd * jd * xJ - 2 * ij * id * jd * xI * xJ);
    return gain / (rest * (rest - gain));
  }
}
