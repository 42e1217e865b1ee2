package finitewidth.job.predict;

import finitewidth.data.Columns;
import finitewidth.inference.Order;
import finitewidth.job.config.ConfigException;
import finitewidth.job.config.OutputConfig;
import finitewidth.job.config.PredictConfig;
import finitewidth.model.FiniteWidthModel;
import finitewidth.prior.Widths;
import finitewidth.settings.Key;
import java.util.List;
import java.util.Optional;

/**
 * Configuration and saved model together: what the one leaves open the other knows, and where they
 * do not agree that is said.
 */
record ModelUse(PredictConfig config, FiniteWidthModel model) {
  /**
   * Where features and targets stand in the data.
   *
   * @throws ConfigException if a regression is to have a label, or a classification targets
   */
  Columns columns() {
    Columns given = config.data().columns();
    List<String> features =
        given.features().isEmpty() ? model.columns().features() : given.features();
    List<String> targets = model.columns().targets();
    if (!model.isClassification()) {
      if (given.label().isPresent()) {
        throw new ConfigException(
            Key.DATA_LABEL + " is set, but " + config.model() + " is a regression");
      }
      return new Columns(
          features,
          given.targets().named() ? given.targets() : new Columns.Targets(targets, false),
          Optional.empty(),
          given.id());
    }
    if (given.targets().named()) {
      throw new ConfigException(
          Key.DATA_TARGET + " is set, but " + config.model() + " is a classification");
    }
    return new Columns(
        features,
        new Columns.Targets(List.of(), false),
        Optional.of(given.label().orElse(targets.get(0))),
        given.id());
  }

  /** To which order rows are predicted: without correction where the model has none. */
  Order order() {
    return isUncorrected() ? Order.NNGP : config.order();
  }

  /** Whether the model is that of an infinitely wide network. */
  private boolean isUncorrected() {
    return model.posterior().logEvidence().isOrderZero();
  }

  /**
   * Those to predict at; they mean nothing to a model without correction.
   *
   * @throws ConfigException if they are not one for each layer, or the format cannot hold the
   *     outputs
   */
  Widths widths() {
    if (config.output().format() == OutputConfig.Format.CSV && model.outputs() > 1) {
      throw new ConfigException(
          "%s = csv has no arrays, which the %s outputs of %s need; use parquet or json"
              .formatted(Key.OUTPUT_FORMAT, model.outputs(), config.model()));
    }
    if (config.hiddenWidths().isEmpty()) {
      return model.widths();
    }
    if (isUncorrected()) {
      throw new ConfigException(
          """
          %s = %s, but %s is that of an infinitely wide network (posterior.method = %s); leave the \
          key out\
          """
              .formatted(
                  Key.PREDICT_WIDTHS,
                  config.hiddenWidths(),
                  config.model(),
                  model.posterior().engine()));
    }
    if (config.hiddenWidths().size() != model.widths().hiddenLayers()) {
      throw new ConfigException(
          "%s = %s, but %s has %s hidden layers; leave the key out, or name one width for each"
              .formatted(
                  Key.PREDICT_WIDTHS,
                  config.hiddenWidths(),
                  config.model(),
                  model.widths().hiddenLayers()));
    }
    Widths widths =
        Widths.of(config.hiddenWidths().stream().mapToDouble(Long::doubleValue).toArray());
    model
        .posterior()
        .logEvidence()
        .known()
        .filter(known -> !known.contains(widths))
        .ifPresent(
            known -> {
              throw new ConfigException(
                  """
                  %s = %s, but %s (%s) is known at the widths %s only; leave the key out, or name \
                  one of these\
                  """
                      .formatted(
                          Key.PREDICT_WIDTHS,
                          config.hiddenWidths(),
                          config.model(),
                          model.posterior().engine(),
                          known));
            });
    return widths;
  }
}
