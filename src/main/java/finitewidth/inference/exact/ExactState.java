package finitewidth.inference.exact;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.State;
import finitewidth.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The exact posterior as named tensors: each source layer's shift and what further rows need. */
final class ExactState {
  private ExactState() {}

  static State of(ExactPosterior posterior) {
    SortedMap<String, Matrix> tensors = new TreeMap<>();
    for (int s = 0; s < posterior.sources().size(); s++) {
      put(tensors, at(s), posterior.sources().get(s));
    }
    return new State(Exact.NAME, new TreeMap<>(), tensors);
  }

  private static void put(
      SortedMap<String, Matrix> tensors, String at, ExactPosterior.Source source) {
    RowTerms forRows = source.forRows();
    tensors.put(at + "shift", source.shift());
    putAll(tensors, at + "variance-shift-", source.varianceShift());
    tensors.put(at + "mean", row(forRows.mean()));
    tensors.put(at + "plain-diagonal", row(forRows.plainDiagonal()));
    tensors.put(at + "squares", forRows.squares());
    putAll(tensors, at + "mixed-", forRows.mixed());
    putAll(tensors, at + "corner-", forRows.corner());
  }

  private static Matrix row(double... numbers) {
    return Matrix.copyOf(new double[][] {numbers});
  }

  private static void putAll(
      SortedMap<String, Matrix> tensors, String prefix, List<Matrix> matrices) {
    for (int x = 0; x < matrices.size(); x++) {
      tensors.put(prefix + x, matrices.get(x));
    }
  }

  /** Says which tensors there are, and of which shapes. */
  static void expect(State.Sizes sizes, State.Expected to) {
    long n = sizes.size();
    int weights = sizes.variance() ? 1 + sizes.outputs() : 1;
    for (int s = 0; s < sizes.sources(); s++) {
      int mixed = s < sizes.sources() - 1 ? weights : 0;
      String at = at(s);
      to.tensor(at + "shift", n, n);
      squares(at + "variance-shift-", weights - 1, n, to);
      to.tensor(at + "mean", 1, 1);
      to.tensor(at + "plain-diagonal", 1, n);
      to.tensor(at + "squares", n, n);
      squares(at + "mixed-", mixed, n, to);
      squares(at + "corner-", mixed, n, to);
    }
  }

  private static void squares(String prefix, int count, long n, State.Expected to) {
    for (int x = 0; x < count; x++) {
      to.tensor(prefix + x, n, n);
    }
  }

  /** The sources of a posterior that was saved. */
  static List<ExactPosterior.Source> sources(ContractionProblem problem, State state) {
    List<ExactPosterior.Source> sources = new ArrayList<>();
    for (int s = 0; s < problem.sources(); s++) {
      String at = at(s);
      int mixed = problem.mixes(s) ? problem.crossWeights() : 0;
      sources.add(
          new ExactPosterior.Source(
              state.tensor(at + "shift"),
              all(state, at + "variance-shift-", problem.crossWeights() - 1),
              new RowTerms(
                  state.tensor(at + "mean").get(0, 0),
                  state.tensor(at + "plain-diagonal").data(),
                  state.tensor(at + "squares"),
                  all(state, at + "mixed-", mixed),
                  all(state, at + "corner-", mixed))));
    }
    return sources;
  }

  private static List<Matrix> all(State state, String prefix, int count) {
    List<Matrix> matrices = new ArrayList<>();
    for (int x = 0; x < count; x++) {
      matrices.add(state.tensor(prefix + x));
    }
    return matrices;
  }

  private static String at(int s) {
    return "source-" + s + "/";
  }
}
