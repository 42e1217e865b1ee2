package finitewidth.model;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.Posterior;
import finitewidth.inference.State;
import finitewidth.inference.auto.Engines;

/** Which tensors a saved model has, and their shapes. */
final class ModelTensors {
  static final String FEATURES = "features/parameters";
  static final String TARGETS = "targets/parameters";
  static final String INPUTS = "inputs";
  static final String PHI = "phi";
  static final String INVERSE = "inverse";
  static final String CHOLESKY = "cholesky";
  static final String DATA_FIT = "data-fit";

  private ModelTensors() {}

  /** The tensors of a model to write. */
  static Tensors of(FiniteWidthModel model) {
    Tensors tensors = new Tensors();
    Posterior posterior = model.posterior();
    ContractionProblem problem = posterior.problem();
    tensors.put(FEATURES, model.preprocessing().features().parameters());
    tensors.put(TARGETS, model.preprocessing().targets().parameters());
    tensors.put(INPUTS, problem.flow().inputs());
    tensors.put(PHI, problem.phi());
    if (Engines.contracts(posterior.state().engine())) {
      tensors.put(INVERSE, problem.inverse());
    }
    tensors.put(CHOLESKY, posterior.nngp().cholesky().factor());
    tensors.put(DATA_FIT, new double[] {posterior.nngp().dataFit()});
    ModelEvidence.put(posterior.logEvidence(), tensors);
    posterior.state().tensors().forEach(tensors::put);
    return tensors;
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
    if (Engines.contracts(metadata.engine())) {
      shapes.put(INVERSE, n, n);
    }
    shapes.put(CHOLESKY, n, n);
    shapes.put(DATA_FIT, 1, 1);
    ModelEvidence.expect(metadata.evidenceWidths(), sources, shapes);
    ModelContent.engine(metadata).expect(sizes(metadata), shapes::put);
    return shapes;
  }

  /** What the shapes of an engine's own tensors follow from. */
  static State.Sizes sizes(ModelMetadata metadata) {
    return new State.Sizes(
        metadata.trainingRows(),
        metadata.featureNames().size() - metadata.ignoredFeatures(),
        metadata.outputNames().size(),
        metadata.hiddenWidths().size(),
        metadata.variance(),
        metadata.sortedNumbers());
  }
}
