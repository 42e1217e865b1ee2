package finitewidth.gaussian;

/**
 * Fourth moments of pairs of points of one layer's field, which are all that the self-energy needs,
 * a row at a time. An evaluator may hold scratch space and belongs to one thread.
 */
public interface PairMoments {

  /** out[d − from] = ⟨σ_a³σ_d⟩ for d in [from, to), a among them or not. */
  void cubes(int a, int from, int to, double[] out);

  /** out[d − from] = ⟨σ_a²σ_d²⟩ for d in [from, to), a among them or not. */
  void squares(int a, int from, int to, double[] out);
}
