package finitewidth.gaussian.erf;

import static finitewidth.gaussian.erf.ErfSlots.COS_1;
import static finitewidth.gaussian.erf.ErfSlots.COS_2;
import static finitewidth.gaussian.erf.ErfSlots.COS_3;
import static finitewidth.gaussian.erf.ErfSlots.FIRST_1;
import static finitewidth.gaussian.erf.ErfSlots.FIRST_2;
import static finitewidth.gaussian.erf.ErfSlots.FIRST_3;
import static finitewidth.gaussian.erf.ErfSlots.FRONT_1;
import static finitewidth.gaussian.erf.ErfSlots.FRONT_2;
import static finitewidth.gaussian.erf.ErfSlots.FRONT_3;
import static finitewidth.gaussian.erf.ErfSlots.GAP;
import static finitewidth.gaussian.erf.ErfSlots.GIVEN_1;
import static finitewidth.gaussian.erf.ErfSlots.GIVEN_2;
import static finitewidth.gaussian.erf.ErfSlots.GIVEN_3;
import static finitewidth.gaussian.erf.ErfSlots.LAST_1;
import static finitewidth.gaussian.erf.ErfSlots.LAST_2;
import static finitewidth.gaussian.erf.ErfSlots.LAST_3;
import static finitewidth.gaussian.erf.ErfSlots.ONE_PLUS;
import static finitewidth.gaussian.erf.ErfSlots.REACH;
import static finitewidth.gaussian.erf.ErfSlots.RIM_1;
import static finitewidth.gaussian.erf.ErfSlots.RIM_2;
import static finitewidth.gaussian.erf.ErfSlots.RIM_3;
import static finitewidth.gaussian.erf.ErfSlots.RISE_1;
import static finitewidth.gaussian.erf.ErfSlots.RISE_2;
import static finitewidth.gaussian.erf.ErfSlots.RISE_3;
import static finitewidth.gaussian.erf.ErfSlots.ROOT;
import static finitewidth.gaussian.erf.ErfSlots.RUN;
import static finitewidth.gaussian.erf.ErfSlots.SPOKE_1;
import static finitewidth.gaussian.erf.ErfSlots.SPOKE_2;
import static finitewidth.gaussian.erf.ErfSlots.SPOKE_3;
import static finitewidth.gaussian.erf.ErfSlots.SUM;

import finitewidth.gaussian.lanes.FastAtan;

/** {@link ErfLoops} one moment after the other. */
final class ScalarErfLoops implements ErfLoops {
  @Override
  public void select(
      double[] chunk,
      int at,
      int count,
      double[] r,
      int a,
      int b,
      int c,
      double ab,
      double ac,
      double bc) {
    double abRest = Math.fma(-ab, ab, 1);
    double acRest = Math.fma(-ac, ac, 1);
    double bcRest = Math.fma(-bc, bc, 1);
    double abc = ErfLoops.determinant(ab, ac, bc);
    for (int i = 0; i < count; i++) {
      double ad = r[a + i];
      double bd = r[b + i];
      double cd = r[c + i];
      double adRest = Math.fma(-ad, ad, 1);
      double bdRest = Math.fma(-bd, bd, 1);
      double bdGivenA = Math.fma(-ad, ab, bd);
      double cdGivenA = Math.fma(-ad, ac, cd);
      double cdGivenB = Math.fma(-bd, bc, cd);
      double abd = Math.fma(-bdGivenA, bdGivenA, adRest * abRest);
      double acd = Math.fma(-cdGivenA, cdGivenA, adRest * acRest);
      double bcd = Math.fma(-cdGivenB, cdGivenB, bdRest * bcRest);
      boolean hubC = abd < abc;
      double least = hubC ? abd : abc;
      boolean hubB = acd < least;
      least = hubB ? acd : least;
      boolean hubA = bcd < least;
      // The hub and d have changed places.
      int k = at + i;
      chunk[SPOKE_1 + k] = hubA ? ad : hubB ? ab : hubC ? ac : ad;
      chunk[SPOKE_2 + k] = hubA ? ab : hubB ? bd : hubC ? bc : bd;
      chunk[SPOKE_3 + k] = hubA ? ac : hubB ? bc : cd;
      chunk[RIM_1 + k] = hubA ? bc : hubB ? cd : hubC ? bd : bc;
      chunk[RIM_2 + k] = hubA ? cd : hubB ? ac : hubC ? ad : ac;
      chunk[RIM_3 + k] = hubA ? bd : hubB ? ad : ab;
    }
  }

  @Override
  public void condition(double[] chunk, int count) {
    for (int i = 0; i < count; i++) {
      double r1 = chunk[SPOKE_1 + i];
      double r2 = chunk[SPOKE_2 + i];
      double r3 = chunk[SPOKE_3 + i];
      double r23 = chunk[RIM_1 + i];
      double r13 = chunk[RIM_2 + i];
      double r12 = chunk[RIM_3 + i];
      double given1 = Math.fma(-r1, r1, 1);
      double given2 = Math.fma(-r2, r2, 1);
      double given3 = Math.fma(-r3, r3, 1);
      double m23 = Math.fma(-r2, r3, r23);
      double m13 = Math.fma(-r1, r3, r13);
      double m12 = Math.fma(-r1, r2, r12);
      double last2 = difference(given2, m13, m12, m23);
      double last3 = difference(given3, m12, m13, m23);
      double minor = difference(given2, given3, m23, m23);
      double four = Math.fma(-m12, last3, Math.fma(-m13, last2, given1 * minor));
      double partial = Math.fma(-r12, r13, r23);
      double three = Math.fma(-partial, partial, Math.fma(-r12, r12, 1) * Math.fma(-r13, r13, 1));
      double root = Math.sqrt(Math.max(three, SMALLEST));
      double rootFour = Math.sqrt(Math.max(four, SMALLEST));
      double sum = root + rootFour;
      double inverse = 1 / (sum * rootFour);
      double gap = rootFour * (rootFour * inverse);
      chunk[ROOT + i] = root;
      chunk[GAP + i] = gap + gap;
      chunk[REACH + i] = (root - rootFour) * (sum * inverse);
    }
  }

  @Override
  public void prepare(double[] waiting, int at, int count, double[] parameters) {
    for (int i = 0; i < count; i++) {
      double r1 = waiting[at + SPOKE_1 + i];
      double r2 = waiting[at + SPOKE_2 + i];
      double r3 = waiting[at + SPOKE_3 + i];
      double r23 = waiting[at + RIM_1 + i];
      double r13 = waiting[at + RIM_2 + i];
      double r12 = waiting[at + RIM_3 + i];
      double given1 = Math.fma(-r1, r1, 1);
      double given2 = Math.fma(-r2, r2, 1);
      double given3 = Math.fma(-r3, r3, 1);
      double m23 = Math.fma(-r2, r3, r23);
      double m13 = Math.fma(-r1, r3, r13);
      double m12 = Math.fma(-r1, r2, r12);
      parameters[GIVEN_1 + i] = given1;
      parameters[GIVEN_2 + i] = given2;
      parameters[GIVEN_3 + i] = given3;
      parameters[FIRST_1 + i] = Math.fma(-r12, r13, r23);
      parameters[FIRST_2 + i] = Math.fma(-r12, r23, r13);
      parameters[FIRST_3 + i] = Math.fma(-r13, r23, r12);
      parameters[LAST_1 + i] = difference(given1, m23, m12, m13);
      parameters[LAST_2 + i] = difference(given2, m13, m12, m23);
      parameters[LAST_3 + i] = difference(given3, m12, m13, m23);
      parameters[SUM + i] = 0;
    }
  }

  @Override
  public void integrand(
      double[] waiting,
      int at,
      double[] parameters,
      int count,
      double square,
      double rest,
      double weight,
      double[] node) {
    for (int i = 0; i < count; i++) {
      double gap = waiting[at + GAP + i];
      double g = 2 - gap;
      double last = g * g * square;
      double first = Math.fma(gap * g, square, rest) * rest;
      double cosine = Math.fma(gap, square, rest);
      double front = cosine * (g * weight);
      node[ONE_PLUS + i] = Math.fma(1 - gap, square, 1);
      node[RUN + i] = cosine * waiting[at + ROOT + i];
      node[COS_1 + i] = Math.fma(parameters[GIVEN_1 + i], last, first);
      node[COS_2 + i] = Math.fma(parameters[GIVEN_2 + i], last, first);
      node[COS_3 + i] = Math.fma(parameters[GIVEN_3 + i], last, first);
      node[RISE_1 + i] = Math.fma(parameters[LAST_1 + i], last, parameters[FIRST_1 + i] * first);
      node[RISE_2 + i] = Math.fma(parameters[LAST_2 + i], last, parameters[FIRST_2 + i] * first);
      node[RISE_3 + i] = Math.fma(parameters[LAST_3 + i], last, parameters[FIRST_3 + i] * first);
      node[FRONT_1 + i] = waiting[at + SPOKE_1 + i] * front;
      node[FRONT_2 + i] = waiting[at + SPOKE_2 + i] * front;
      node[FRONT_3 + i] = waiting[at + SPOKE_3 + i] * front;
    }
  }

  @Override
  public void roots(double[] node, int count) {
    for (int i = 0; i < count; i++) {
      double run = node[RUN + i];
      double cos1 = Math.sqrt(node[COS_1 + i]);
      double cos2 = Math.sqrt(node[COS_2 + i]);
      double cos3 = Math.sqrt(node[COS_3 + i]);
      double run1 = cos1 * run;
      double run2 = cos2 * run;
      double run3 = cos3 * run;
      double rise1 = node[RISE_1 + i];
      double rise2 = node[RISE_2 + i];
      double rise3 = node[RISE_3 + i];
      boolean steep1 = Math.abs(rise1) > run1;
      boolean steep2 = Math.abs(rise2) > run2;
      boolean steep3 = Math.abs(rise3) > run3;
      double big1 = steep1 ? rise1 : run1;
      double big2 = steep2 ? rise2 : run2;
      double big3 = steep3 ? rise3 : run3;
      double small1 = steep1 ? -run1 : rise1;
      double small2 = steep2 ? -run2 : rise2;
      double small3 = steep3 ? -run3 : rise3;
      double below1 = cos1 * big1;
      double below2 = cos2 * big2;
      double below3 = cos3 * big3;
      double onePlus = node[ONE_PLUS + i];
      double product12 = below1 * below2;
      double product3 = below3 * onePlus;
      double inverse = 1 / (product12 * product3);
      double inverse12 = product3 * inverse;
      double inverse3 = product12 * inverse;
      double over1 = below2 * inverse12;
      double over2 = below1 * inverse12;
      double over3 = onePlus * inverse3;
      double overE = below3 * inverse3;
      double front1 = node[FRONT_1 + i] * overE * (big1 * over1);
      double front2 = node[FRONT_2 + i] * overE * (big2 * over2);
      double front3 = node[FRONT_3 + i] * overE * (big3 * over3);
      double right1 = steep1 ? rise1 < 0 ? -RIGHT_ANGLE : RIGHT_ANGLE : 0;
      double right2 = steep2 ? rise2 < 0 ? -RIGHT_ANGLE : RIGHT_ANGLE : 0;
      double right3 = steep3 ? rise3 < 0 ? -RIGHT_ANGLE : RIGHT_ANGLE : 0;
      node[RISE_1 + i] = small1 * (cos1 * over1);
      node[RISE_2 + i] = small2 * (cos2 * over2);
      node[RISE_3 + i] = small3 * (cos3 * over3);
      node[FRONT_1 + i] = front1;
      node[FRONT_2 + i] = front2;
      node[FRONT_3 + i] = front3;
      node[ONE_PLUS + i] = Math.fma(right3, front3, Math.fma(right2, front2, right1 * front1));
    }
  }

  @Override
  public void angles(double[] node, int count, double[] parameters) {
    for (int i = 0; i < count; i++) {
      double u1 = node[RISE_1 + i];
      double u2 = node[RISE_2 + i];
      double u3 = node[RISE_3 + i];
      double z1 = u1 * u1;
      double z2 = u2 * u2;
      double z3 = u3 * u3;
      double q1 = q(z1);
      double q2 = q(z2);
      double q3 = q(z3);
      double share1 = node[FRONT_1 + i] * u1;
      double share2 = node[FRONT_2 + i] * u2;
      double share3 = node[FRONT_3 + i] * u3;
      double p1 = p(z1) * (z1 * share1);
      double p2 = p(z2) * (z2 * share2);
      double p3 = p(z3) * (z3 * share3);
      double q12 = q1 * q2;
      double p12 = Math.fma(p1, q2, p2 * q1);
      double all = Math.fma(p12, q3, p3 * q12) / (q12 * q3);
      parameters[SUM + i] =
          parameters[SUM + i] + (node[ONE_PLUS + i] + share1 + (share2 + share3) + all);
    }
  }

  /** ab − cd to two ulp, by W. Kahan. */
  private static double difference(double a, double b, double c, double d) {
    double cd = c * d;
    return Math.fma(a, b, -cd) + Math.fma(-c, d, cd);
  }

  private static double p(double z) {
    double p = Math.fma(z, FastAtan.P5, FastAtan.P4);
    p = Math.fma(z, p, FastAtan.P3);
    p = Math.fma(z, p, FastAtan.P2);
    p = Math.fma(z, p, FastAtan.P1);
    return Math.fma(z, p, FastAtan.P0);
  }

  private static double q(double z) {
    double q = z + FastAtan.Q5;
    q = Math.fma(z, q, FastAtan.Q4);
    q = Math.fma(z, q, FastAtan.Q3);
    q = Math.fma(z, q, FastAtan.Q2);
    q = Math.fma(z, q, FastAtan.Q1);
    return Math.fma(z, q, FastAtan.Q0);
  }
}
