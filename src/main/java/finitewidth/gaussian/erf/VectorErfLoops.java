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
import static jdk.incubator.vector.DoubleVector.fromArray;

import finitewidth.gaussian.lanes.FastAtan;
import finitewidth.gaussian.lanes.VectorShape;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ErfLoops} with the Vector API.
 *
 * <p>Formulas are written out rather than shared through methods on vectors: beyond a certain
 * amount of code the optimising compiler stops inlining those, and a vector that crosses a call is
 * an object on the heap.
 */
final class VectorErfLoops implements ErfLoops {
  private static final VectorSpecies<Double> S = VectorShape.SPECIES;
  private static final int LANES = S.length();

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
    DoubleVector one = DoubleVector.broadcast(S, 1);
    DoubleVector abs = DoubleVector.broadcast(S, ab);
    DoubleVector acs = DoubleVector.broadcast(S, ac);
    DoubleVector bcs = DoubleVector.broadcast(S, bc);
    double abRest = Math.fma(-ab, ab, 1);
    double acRest = Math.fma(-ac, ac, 1);
    double bcRest = Math.fma(-bc, bc, 1);
    DoubleVector abc = DoubleVector.broadcast(S, ErfLoops.determinant(ab, ac, bc));
    for (int i = 0; i < count; i += LANES) {
      DoubleVector ad = fromArray(S, r, a + i);
      DoubleVector bd = fromArray(S, r, b + i);
      DoubleVector cd = fromArray(S, r, c + i);
      DoubleVector adMinus = ad.neg();
      DoubleVector bdMinus = bd.neg();
      DoubleVector adRest = adMinus.fma(ad, one);
      DoubleVector bdRest = bdMinus.fma(bd, one);
      DoubleVector bdGivenA = adMinus.fma(abs, bd);
      DoubleVector cdGivenA = adMinus.fma(acs, cd);
      DoubleVector cdGivenB = bdMinus.fma(bcs, cd);
      DoubleVector abd = bdGivenA.neg().fma(bdGivenA, adRest.mul(abRest));
      DoubleVector acd = cdGivenA.neg().fma(cdGivenA, adRest.mul(acRest));
      DoubleVector bcd = cdGivenB.neg().fma(cdGivenB, bdRest.mul(bcRest));
      VectorMask<Double> hubC = abd.compare(VectorOperators.LT, abc);
      DoubleVector least = abc.blend(abd, hubC);
      VectorMask<Double> hubB = acd.compare(VectorOperators.LT, least);
      least = least.blend(acd, hubB);
      VectorMask<Double> hubA = bcd.compare(VectorOperators.LT, least);
      int k = at + i;
      ad.blend(acs, hubC).blend(abs, hubB).blend(ad, hubA).intoArray(chunk, SPOKE_1 + k);
      bd.blend(bcs, hubC).blend(bd, hubB).blend(abs, hubA).intoArray(chunk, SPOKE_2 + k);
      cd.blend(bcs, hubB).blend(acs, hubA).intoArray(chunk, SPOKE_3 + k);
      bcs.blend(bd, hubC).blend(cd, hubB).blend(bcs, hubA).intoArray(chunk, RIM_1 + k);
      acs.blend(ad, hubC).blend(acs, hubB).blend(cd, hubA).intoArray(chunk, RIM_2 + k);
      abs.blend(ad, hubB).blend(bd, hubA).intoArray(chunk, RIM_3 + k);
    }
  }

  @Override
  public void condition(double[] chunk, int count) {
    DoubleVector one = DoubleVector.broadcast(S, 1);
    DoubleVector smallest = DoubleVector.broadcast(S, SMALLEST);
    for (int i = 0; i < count; i += LANES) {
      DoubleVector r1 = fromArray(S, chunk, SPOKE_1 + i);
      DoubleVector r2 = fromArray(S, chunk, SPOKE_2 + i);
      DoubleVector r3 = fromArray(S, chunk, SPOKE_3 + i);
      DoubleVector r23 = fromArray(S, chunk, RIM_1 + i);
      DoubleVector r13 = fromArray(S, chunk, RIM_2 + i);
      DoubleVector r12 = fromArray(S, chunk, RIM_3 + i);
      DoubleVector r1Minus = r1.neg();
      DoubleVector r2Minus = r2.neg();
      DoubleVector given1 = r1Minus.fma(r1, one);
      DoubleVector given2 = r2Minus.fma(r2, one);
      DoubleVector given3 = r3.neg().fma(r3, one);
      DoubleVector m23 = r2Minus.fma(r3, r23);
      DoubleVector m13 = r1Minus.fma(r3, r13);
      DoubleVector m12 = r1Minus.fma(r2, r12);
      DoubleVector m12Minus = m12.neg();
      DoubleVector m13Minus = m13.neg();
      DoubleVector product2 = m12.mul(m23);
      DoubleVector product3 = m13.mul(m23);
      DoubleVector square = m23.mul(m23);
      DoubleVector last2 = given2.fma(m13, product2.neg()).add(m12Minus.fma(m23, product2));
      DoubleVector last3 = given3.fma(m12, product3.neg()).add(m13Minus.fma(m23, product3));
      DoubleVector minor = given2.fma(given3, square.neg()).add(m23.neg().fma(m23, square));
      DoubleVector four = m12Minus.fma(last3, m13Minus.fma(last2, given1.mul(minor)));
      DoubleVector r12Minus = r12.neg();
      DoubleVector partial = r12Minus.fma(r13, r23);
      DoubleVector three =
          partial.neg().fma(partial, r12Minus.fma(r12, one).mul(r13.neg().fma(r13, one)));
      DoubleVector root = three.max(smallest).sqrt();
      DoubleVector rootFour = four.max(smallest).sqrt();
      DoubleVector sum = root.add(rootFour);
      DoubleVector inverse = one.div(sum.mul(rootFour));
      DoubleVector gap = rootFour.mul(rootFour.mul(inverse));
      root.intoArray(chunk, ROOT + i);
      gap.add(gap).intoArray(chunk, GAP + i);
      root.sub(rootFour).mul(sum.mul(inverse)).intoArray(chunk, REACH + i);
    }
  }

  @Override
  public void prepare(double[] waiting, int at, int count, double[] parameters) {
    DoubleVector one = DoubleVector.broadcast(S, 1);
    DoubleVector zero = DoubleVector.zero(S);
    for (int i = 0; i < count; i += LANES) {
      DoubleVector r1 = fromArray(S, waiting, at + SPOKE_1 + i);
      DoubleVector r2 = fromArray(S, waiting, at + SPOKE_2 + i);
      DoubleVector r3 = fromArray(S, waiting, at + SPOKE_3 + i);
      DoubleVector r23 = fromArray(S, waiting, at + RIM_1 + i);
      DoubleVector r13 = fromArray(S, waiting, at + RIM_2 + i);
      DoubleVector r12 = fromArray(S, waiting, at + RIM_3 + i);
      DoubleVector r1Minus = r1.neg();
      DoubleVector r2Minus = r2.neg();
      DoubleVector given1 = r1Minus.fma(r1, one);
      DoubleVector given2 = r2Minus.fma(r2, one);
      DoubleVector given3 = r3.neg().fma(r3, one);
      DoubleVector m23 = r2Minus.fma(r3, r23);
      DoubleVector m13 = r1Minus.fma(r3, r13);
      DoubleVector m12 = r1Minus.fma(r2, r12);
      DoubleVector m12Minus = m12.neg();
      DoubleVector r12Minus = r12.neg();
      given1.intoArray(parameters, GIVEN_1 + i);
      given2.intoArray(parameters, GIVEN_2 + i);
      given3.intoArray(parameters, GIVEN_3 + i);
      r12Minus.fma(r13, r23).intoArray(parameters, FIRST_1 + i);
      r12Minus.fma(r23, r13).intoArray(parameters, FIRST_2 + i);
      r13.neg().fma(r23, r12).intoArray(parameters, FIRST_3 + i);
      DoubleVector product1 = m12.mul(m13);
      DoubleVector product2 = m12.mul(m23);
      DoubleVector product3 = m13.mul(m23);
      given1
          .fma(m23, product1.neg())
          .add(m12Minus.fma(m13, product1))
          .intoArray(parameters, LAST_1 + i);
      given2
          .fma(m13, product2.neg())
          .add(m12Minus.fma(m23, product2))
          .intoArray(parameters, LAST_2 + i);
      given3
          .fma(m12, product3.neg())
          .add(m13.neg().fma(m23, product3))
          .intoArray(parameters, LAST_3 + i);
      zero.intoArray(parameters, SUM + i);
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
    DoubleVector one = DoubleVector.broadcast(S, 1);
    DoubleVector two = DoubleVector.broadcast(S, 2);
    DoubleVector squares = DoubleVector.broadcast(S, square);
    DoubleVector rests = DoubleVector.broadcast(S, rest);
    DoubleVector weights = DoubleVector.broadcast(S, weight);
    for (int i = 0; i < count; i += LANES) {
      DoubleVector gap = fromArray(S, waiting, at + GAP + i);
      DoubleVector g = two.sub(gap);
      DoubleVector last = g.mul(g).mul(squares);
      DoubleVector first = gap.mul(g).fma(squares, rests).mul(rests);
      DoubleVector cosine = gap.fma(squares, rests);
      DoubleVector front = cosine.mul(g.mul(weights));
      one.sub(gap).fma(squares, one).intoArray(node, ONE_PLUS + i);
      cosine.mul(fromArray(S, waiting, at + ROOT + i)).intoArray(node, RUN + i);
      fromArray(S, parameters, GIVEN_1 + i).fma(last, first).intoArray(node, COS_1 + i);
      fromArray(S, parameters, GIVEN_2 + i).fma(last, first).intoArray(node, COS_2 + i);
      fromArray(S, parameters, GIVEN_3 + i).fma(last, first).intoArray(node, COS_3 + i);
      fromArray(S, parameters, LAST_1 + i)
          .fma(last, fromArray(S, parameters, FIRST_1 + i).mul(first))
          .intoArray(node, RISE_1 + i);
      fromArray(S, parameters, LAST_2 + i)
          .fma(last, fromArray(S, parameters, FIRST_2 + i).mul(first))
          .intoArray(node, RISE_2 + i);
      fromArray(S, parameters, LAST_3 + i)
          .fma(last, fromArray(S, parameters, FIRST_3 + i).mul(first))
          .intoArray(node, RISE_3 + i);
      fromArray(S, waiting, at + SPOKE_1 + i).mul(front).intoArray(node, FRONT_1 + i);
      fromArray(S, waiting, at + SPOKE_2 + i).mul(front).intoArray(node, FRONT_2 + i);
      fromArray(S, waiting, at + SPOKE_3 + i).mul(front).intoArray(node, FRONT_3 + i);
    }
  }

  @Override
  public void roots(double[] node, int count) {
    DoubleVector one = DoubleVector.broadcast(S, 1);
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector right = DoubleVector.broadcast(S, RIGHT_ANGLE);
    DoubleVector left = right.neg();
    for (int i = 0; i < count; i += LANES) {
      DoubleVector run = fromArray(S, node, RUN + i);
      DoubleVector cos1 = fromArray(S, node, COS_1 + i).sqrt();
      DoubleVector cos2 = fromArray(S, node, COS_2 + i).sqrt();
      DoubleVector cos3 = fromArray(S, node, COS_3 + i).sqrt();
      DoubleVector run1 = cos1.mul(run);
      DoubleVector run2 = cos2.mul(run);
      DoubleVector run3 = cos3.mul(run);
      DoubleVector rise1 = fromArray(S, node, RISE_1 + i);
      DoubleVector rise2 = fromArray(S, node, RISE_2 + i);
      DoubleVector rise3 = fromArray(S, node, RISE_3 + i);
      VectorMask<Double> steep1 = rise1.abs().compare(VectorOperators.GT, run1);
      VectorMask<Double> steep2 = rise2.abs().compare(VectorOperators.GT, run2);
      VectorMask<Double> steep3 = rise3.abs().compare(VectorOperators.GT, run3);
      DoubleVector big1 = run1.blend(rise1, steep1);
      DoubleVector big2 = run2.blend(rise2, steep2);
      DoubleVector big3 = run3.blend(rise3, steep3);
      DoubleVector small1 = rise1.blend(run1.neg(), steep1);
      DoubleVector small2 = rise2.blend(run2.neg(), steep2);
      DoubleVector small3 = rise3.blend(run3.neg(), steep3);
      DoubleVector right1 =
          zero.blend(right.blend(left, rise1.compare(VectorOperators.LT, zero)), steep1);
      DoubleVector right2 =
          zero.blend(right.blend(left, rise2.compare(VectorOperators.LT, zero)), steep2);
      DoubleVector right3 =
          zero.blend(right.blend(left, rise3.compare(VectorOperators.LT, zero)), steep3);
      DoubleVector below1 = cos1.mul(big1);
      DoubleVector below2 = cos2.mul(big2);
      DoubleVector below3 = cos3.mul(big3);
      DoubleVector onePlus = fromArray(S, node, ONE_PLUS + i);
      DoubleVector product12 = below1.mul(below2);
      DoubleVector product3 = below3.mul(onePlus);
      DoubleVector inverse = one.div(product12.mul(product3));
      DoubleVector inverse12 = product3.mul(inverse);
      DoubleVector inverse3 = product12.mul(inverse);
      DoubleVector over1 = below2.mul(inverse12);
      DoubleVector over2 = below1.mul(inverse12);
      DoubleVector over3 = onePlus.mul(inverse3);
      DoubleVector overE = below3.mul(inverse3);
      DoubleVector front1 = fromArray(S, node, FRONT_1 + i).mul(overE).mul(big1.mul(over1));
      DoubleVector front2 = fromArray(S, node, FRONT_2 + i).mul(overE).mul(big2.mul(over2));
      DoubleVector front3 = fromArray(S, node, FRONT_3 + i).mul(overE).mul(big3.mul(over3));
      small1.mul(cos1.mul(over1)).intoArray(node, RISE_1 + i);
      small2.mul(cos2.mul(over2)).intoArray(node, RISE_2 + i);
      small3.mul(cos3.mul(over3)).intoArray(node, RISE_3 + i);
      front1.intoArray(node, FRONT_1 + i);
      front2.intoArray(node, FRONT_2 + i);
      front3.intoArray(node, FRONT_3 + i);
      right3.fma(front3, right2.fma(front2, right1.mul(front1))).intoArray(node, ONE_PLUS + i);
    }
  }

  @Override
  public void angles(double[] node, int count, double[] parameters) {
    DoubleVector a0 = DoubleVector.broadcast(S, FastAtan.P0);
    DoubleVector a1 = DoubleVector.broadcast(S, FastAtan.P1);
    DoubleVector a2 = DoubleVector.broadcast(S, FastAtan.P2);
    DoubleVector a3 = DoubleVector.broadcast(S, FastAtan.P3);
    DoubleVector a4 = DoubleVector.broadcast(S, FastAtan.P4);
    DoubleVector a5 = DoubleVector.broadcast(S, FastAtan.P5);
    DoubleVector b0 = DoubleVector.broadcast(S, FastAtan.Q0);
    DoubleVector b1 = DoubleVector.broadcast(S, FastAtan.Q1);
    DoubleVector b2 = DoubleVector.broadcast(S, FastAtan.Q2);
    DoubleVector b3 = DoubleVector.broadcast(S, FastAtan.Q3);
    DoubleVector b4 = DoubleVector.broadcast(S, FastAtan.Q4);
    DoubleVector b5 = DoubleVector.broadcast(S, FastAtan.Q5);
    for (int i = 0; i < count; i += LANES) {
      DoubleVector u1 = fromArray(S, node, RISE_1 + i);
      DoubleVector u2 = fromArray(S, node, RISE_2 + i);
      DoubleVector u3 = fromArray(S, node, RISE_3 + i);
      DoubleVector z1 = u1.mul(u1);
      DoubleVector z2 = u2.mul(u2);
      DoubleVector z3 = u3.mul(u3);
      DoubleVector q1 = z1.add(b5);
      DoubleVector q2 = z2.add(b5);
      DoubleVector q3 = z3.add(b5);
      DoubleVector p1 = z1.fma(a5, a4);
      DoubleVector p2 = z2.fma(a5, a4);
      DoubleVector p3 = z3.fma(a5, a4);
      q1 = z1.fma(q1, b4);
      q2 = z2.fma(q2, b4);
      q3 = z3.fma(q3, b4);
      p1 = z1.fma(p1, a3);
      p2 = z2.fma(p2, a3);
      p3 = z3.fma(p3, a3);
      q1 = z1.fma(q1, b3);
      q2 = z2.fma(q2, b3);
      q3 = z3.fma(q3, b3);
      p1 = z1.fma(p1, a2);
      p2 = z2.fma(p2, a2);
      p3 = z3.fma(p3, a2);
      q1 = z1.fma(q1, b2);
      q2 = z2.fma(q2, b2);
      q3 = z3.fma(q3, b2);
      p1 = z1.fma(p1, a1);
      p2 = z2.fma(p2, a1);
      p3 = z3.fma(p3, a1);
      q1 = z1.fma(q1, b1);
      q2 = z2.fma(q2, b1);
      q3 = z3.fma(q3, b1);
      p1 = z1.fma(p1, a0);
      p2 = z2.fma(p2, a0);
      p3 = z3.fma(p3, a0);
      q1 = z1.fma(q1, b0);
      q2 = z2.fma(q2, b0);
      q3 = z3.fma(q3, b0);
      DoubleVector share1 = fromArray(S, node, FRONT_1 + i).mul(u1);
      DoubleVector share2 = fromArray(S, node, FRONT_2 + i).mul(u2);
      DoubleVector share3 = fromArray(S, node, FRONT_3 + i).mul(u3);
      p1 = p1.mul(z1.mul(share1));
      p2 = p2.mul(z2.mul(share2));
      p3 = p3.mul(z3.mul(share3));
      DoubleVector q12 = q1.mul(q2);
      DoubleVector p12 = p1.fma(q2, p2.mul(q1));
      DoubleVector all = p12.fma(q3, p3.mul(q12)).div(q12.mul(q3));
      fromArray(S, parameters, SUM + i)
          .add(fromArray(S, node, ONE_PLUS + i).add(share1).add(share2.add(share3)).add(all))
          .intoArray(parameters, SUM + i);
    }
  }
}
