package finitewidth.model;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.FittedPosterior;
import finitewidth.inference.exact.CorrectedPosterior;
import finitewidth.inference.exact.RowTerms;
import finitewidth.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;

/** Which tensors a saved model has, and their shapes. */
final class ModelTensors {
  static final String FEATURES = "features/parameters";
  static final String TARGETS = "targets/parameters";
  static final String INPUTS = "inputs";
  static final String PHI = "phi";
  static final String INVERSE = "inverse";
  static final String CHOLESKY = "cholesky";
  static final String DATA_FIT = "data-fit";
  static final String EVIDENCE = "log-evidence/nngp";
  static final String COEFFICIENTS = "log-evidence/coefficients";
  static final String ERRORS = "log-evidence/errors";

  private ModelTensors() {}

  /** The tensors of a model to write. */
  static Tensors of(FiniteWidthModel model) {
    Tensors tensors = new Tensors();
    FittedPosterior posterior = model.posterior();
    ContractionProblem problem = posterior.problem();
    tensors.put(FEATURES, model.preprocessing().features().parameters());
    tensors.put(TARGETS, model.preprocessing().targets().parameters());
    tensors.put(INPUTS, problem.flow().inputs());
    tensors.put(PHI, problem.phi());
    tensors.put(INVERSE, problem.inverse());
    tensors.put(CHOLESKY, posterior.nngp().cholesky().factor());
    tensors.put(DATA_FIT, new double[] {posterior.nngp().dataFit()});
    tensors.put(EVIDENCE, new double[] {posterior.logEvidence().nngp()});
    tensors.put(COEFFICIENTS, posterior.logEvidence().coefficients());
    tensors.put(ERRORS, posterior.logEvidence().errors());
    if (posterior instanceof CorrectedPosterior corrected) {
      for (int s = 0; s < corrected.sources().size(); s++) {
        putSource(tensors, at(s), corrected.sources().get(s));
      }
    }
    return tensors;
  }

  private static void putSource(Tensors tensors, String at, CorrectedPosterior.Source source) {
    RowTerms forRows = source.forRows();
    tensors.put(at + "shift", source.shift());
    putAll(tensors, at + "variance-shift-", source.varianceShift());
    tensors.put(at + "mean", new double[] {forRows.mean()});
    tensors.put(at + "plain-diagonal", forRows.plainDiagonal());
    tensors.put(at + "squares", forRows.squares());
    putAll(tensors, at + "mixed-", forRows.mixed());
    putAll(tensors, at + "corner-", forRows.corner());
  }

  private static void putAll(Tensors tensors, String prefix, List<Matrix> matrices) {
    for (int x = 0; x < matrices.size(); x++) {
      tensors.put(prefix + x, matrices.get(x));
    }
  }

  /** What the metadata promise. */
  static Shapes shapes(ModelMetadata metadata) {
    int n = metadata.trainingRows();
    int outputs = metadata.outputNames().size();
    int features = metadata.featureNames().size();
    int sources = metadata.hiddenWidths().size();
    boolean standardized = metadata.featureScaling().equals("standardize");
    Shapes shapes = new Shapes();
    shapes.put(FEATURES, standardized ? 2 : 1, standardized ? features : 0);
    shapes.put(TARGETS, 2, outputs);
    shapes.put(INPUTS, n, features - metadata.ignoredFeatures());
    shapes.put(PHI, n, outputs);
    shapes.put(INVERSE, n, n);
    shapes.put(CHOLESKY, n, n);
    shapes.put(DATA_FIT, 1, 1);
    shapes.put(EVIDENCE, 1, 1);
    shapes.put(COEFFICIENTS, 1, sources);
    shapes.put(ERRORS, 1, sources);
    if (metadata.sampling().isEmpty()) {
      int weights = metadata.variance() ? 1 + outputs : 1;
      for (int s = 0; s < sources; s++) {
        boolean mixes = s < sources - 1;
        String at = at(s);
        shapes.put(at + "shift", n, n);
        shapes.putAll(at + "variance-shift-", weights - 1, n);
        shapes.put(at + "mean", 1, 1);
        shapes.put(at + "plain-diagonal", 1, n);
        shapes.put(at + "squares", n, n);
        shapes.putAll(at + "mixed-", mixes ? weights : 0, n);
        shapes.putAll(at + "corner-", mixes ? weights : 0, n);
      }
    }
    return shapes;
  }

  /** The share of one source layer. */
  static CorrectedPosterior.Source source(Tensors tensors, ContractionProblem problem, int s) {
    String at = at(s);
    int mixed = problem.mixes(s) ? problem.crossWeights() : 0;
    return new CorrectedPosterior.Source(
        tensors.get(at + "shift"),
        all(tensors, at + "variance-shift-", problem.crossWeights() - 1),
        new RowTerms(
            tensors.get(at + "mean").get(0, 0),
            tensors.get(at + "plain-diagonal").data(),
            tensors.get(at + "squares"),
            all(tensors, at + "mixed-", mixed),
            all(tensors, at + "corner-", mixed)));
  }

  private static List<Matrix> all(Tensors tensors, String prefix, int count) {
    List<Matrix> matrices = new ArrayList<>();
    for (int x = 0; x < count; x++) {
      matrices.add(tensors.get(prefix + x));
    }
    return matrices;
  }

  private static String at(int s) {
    return "source-" + s + "/";
  }
}
