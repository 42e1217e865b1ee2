package finitewidth.gaussian.relu;

import finitewidth.gaussian.lanes.GaussLegendre;

/**
 * ⟨ρρρρ⟩ of four standardised points by the older route of docs/theory.md#relu: Stein's recursion
 * down to the orthant probability, that by an integral over all four links between two pairs.
 * Shares nothing with {@link ReluLoops} but the quadrature library.
 */
final class TheoryReluMoment {
  private final GaussLegendre rule;
  private final double[][] r = new double[4][4];

  TheoryReluMoment(int nodes) {
    rule = GaussLegendre.of(nodes);
  }

  double of(double r01, double r02, double r03, double r12, double r13, double r23) {
    set(0, 1, r01);
    set(0, 2, r02);
    set(0, 3, r03);
    set(1, 2, r12);
    set(1, 3, r13);
    set(2, 3, r23);
    double orthant = orthant();
    double deltas = deltaDelta();
    double sum = (1 - r01 * r01) * deltas;
    sum += schur(1, 2, 0) * deltaRamp(0, 1, 2, 3) + schur(1, 3, 0) * deltaRamp(0, 1, 3, 2);
    sum += r01 * stepRamps(0, 1, 2, 3, orthant);
    sum += r02 * stepRamps(0, 2, 1, 3, orthant);
    sum += r03 * stepRamps(0, 3, 1, 2, orthant);
    return sum;
  }

  private void set(int i, int j, double value) {
    r[i][j] = value;
    r[j][i] = value;
    r[i][i] = 1;
    r[j][j] = 1;
  }

  /** P4, the pairing with the weakest cross links, t = 1 − v⁴. */
  private double orthant() {
    int[][] pairings = {{0, 1, 2, 3}, {0, 2, 1, 3}, {0, 3, 1, 2}};
    int[] best = pairings[0];
    double least = Double.POSITIVE_INFINITY;
    for (int[] p : pairings) {
      double cross = 0;
      for (int i = 0; i < 2; i++) {
        for (int j = 2; j < 4; j++) {
          cross = Math.max(cross, Math.abs(r[p[i]][p[j]]));
        }
      }
      if (cross < least) {
        least = cross;
        best = p;
      }
    }
    double sum = quadrant(r[best[0]][best[1]]) * quadrant(r[best[2]][best[3]]);
    for (int n = 0; n < rule.nodes().length; n++) {
      double v = rule.nodes()[n];
      double t = 1 - v * v * v * v;
      double slope = 0;
      for (int i = 0; i < 2; i++) {
        for (int j = 2; j < 4; j++) {
          slope += r[best[i]][best[j]] * scaledDelta(best[i], best[j], best[1 - i], best[5 - j], t);
        }
      }
      sum += rule.weights()[n] * 4 * v * v * v * slope;
    }
    return sum;
  }

  /** g_ij with the links between {i, k} and {j, l} multiplied by t. */
  private double scaledDelta(int i, int j, int k, int l, double t) {
    double ij = t * r[i][j];
    double ik = r[i][k];
    double il = t * r[i][l];
    double jk = t * r[j][k];
    double jl = r[j][l];
    double kl = t * r[k][l];
    return delta(ij, ik, il, jk, jl, kl);
  }

  private static double delta(double ij, double ik, double il, double jk, double jl, double kl) {
    double d = 1 - ij * ij;
    double ckk = 1 - (ik * ik + jk * jk - 2 * ij * ik * jk) / d;
    double cll = 1 - (il * il + jl * jl - 2 * ij * il * jl) / d;
    double ckl = kl - (ik * il + jk * jl - ij * (ik * jl + il * jk)) / d;
    return quadrant(ckl / Math.sqrt(ckk * cll)) / (2 * Math.PI * Math.sqrt(d));
  }

  /** g_ij = ⟨δ_iδ_jθ_kθ_l⟩. */
  private double delta(int i, int j) {
    int[] kl = others(i, j);
    int k = kl[0];
    int l = kl[1];
    return delta(r[i][j], r[i][k], r[i][l], r[j][k], r[j][l], r[k][l]);
  }

  private static int[] others(int i, int j) {
    int[] rest = new int[2];
    int at = 0;
    for (int k = 0; k < 4; k++) {
      if (k != i && k != j) {
        rest[at++] = k;
      }
    }
    return rest;
  }

  private double schur(int x, int y, int given) {
    return r[x][y] - r[x][given] * r[y][given];
  }

  /** ⟨δ_iθ_aθ_bρ_c⟩, b being the remaining point. */
  private double deltaRamp(int i, int a, int b, int c) {
    return schur(c, c, i) * delta(i, c)
        + schur(c, a, i) * delta(i, a)
        + schur(c, b, i) * delta(i, b);
  }

  /** ⟨θ_aθ_bρ_cρ_d⟩. */
  private double stepRamps(int a, int b, int c, int d, double orthant) {
    return r[c][d] * orthant
        + deltaRamp(c, a, b, d)
        + r[c][a] * deltaRamp(a, b, c, d)
        + r[c][b] * deltaRamp(b, a, c, d);
  }

  /** ⟨δ_0δ_1ρ_2ρ_3⟩. */
  private double deltaDelta() {
    double d = 1 - r[0][1] * r[0][1];
    double ckk = 1 - (r[0][2] * r[0][2] + r[1][2] * r[1][2] - 2 * r[0][1] * r[0][2] * r[1][2]) / d;
    double cll = 1 - (r[0][3] * r[0][3] + r[1][3] * r[1][3] - 2 * r[0][1] * r[0][3] * r[1][3]) / d;
    double ckl =
        r[2][3]
            - (r[0][2] * r[0][3]
                    + r[1][2] * r[1][3]
                    - r[0][1] * (r[0][2] * r[1][3] + r[0][3] * r[1][2]))
                / d;
    return Math.sqrt(Math.max(ckk * cll - ckl * ckl, 0)) / (4 * Math.PI * Math.PI * Math.sqrt(d))
        + ckl * delta(0, 1);
  }

  private static double quadrant(double r) {
    return 0.25 + Math.asin(Math.min(Math.max(r, -1), 1)) / (2 * Math.PI);
  }
}
