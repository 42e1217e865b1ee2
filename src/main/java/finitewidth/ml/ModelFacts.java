package finitewidth.ml;

import finitewidth.inference.ChainReport;
import finitewidth.model.FiniteWidthModel;
import finitewidth.posterior.LogEvidence;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * What a model knows, as rows of its tables.
 *
 * @param activation its name
 * @param own the widths that it is read at
 * @param others uniform widths to tell the evidence at, besides
 * @param summary how the fit went; empty of a loaded model
 */
record ModelFacts(
    FiniteWidthModel model,
    String activation,
    Widths own,
    List<Double> others,
    Optional<FiniteWidthSummary> summary) {

  /** The rows of a table. */
  List<Row> rows(ModelTable table) {
    return switch (table) {
      case EVIDENCE -> evidence();
      case DIAGNOSTICS -> diagnostics();
      case CHAINS -> chains();
      case PREDICTIONS, REPORT -> throw new IllegalArgumentException(table.word() + " asks rows");
    };
  }

  private List<Row> evidence() {
    LogEvidence evidence = model.posterior().logEvidence();
    List<Row> rows = new ArrayList<>();
    rows.add(row(Widths.uniform(own.hiddenLayers(), Double.POSITIVE_INFINITY), evidence, true));
    if (!evidence.isOrderZero()) {
      rows.add(row(own, evidence, false));
      for (double width : others) {
        rows.add(row(Widths.uniform(own.hiddenLayers(), width), evidence, false));
      }
    }
    return rows;
  }

  private static Row row(Widths widths, LogEvidence evidence, boolean infinite) {
    return RowFactory.create(
        widths.toArray(),
        infinite ? evidence.nngp() : evidence.at(widths),
        infinite ? 0.0 : evidence.delta(widths),
        infinite ? 0.0 : evidence.error(widths));
  }

  private List<Row> chains() {
    List<ChainReport> all = summary.map(fit -> fit.engine().chains()).orElse(List.of());
    return all.stream()
        .map(
            one ->
                RowFactory.create(
                    one.widths().toArray(),
                    one.chains(),
                    one.iterations(),
                    one.end().name().toLowerCase(Locale.ROOT),
                    one.worstRhat(),
                    one.leastDraws(),
                    one.logEvidence(),
                    one.logEvidenceError(),
                    one.allFailures().toArray(String[]::new)))
        .toList();
  }

  private List<Row> diagnostics() {
    LogEvidence evidence = model.posterior().logEvidence();
    boolean points = !model.inducing().isEmpty();
    List<Row> rows = new ArrayList<>();
    rows.add(number("numFeatures", model.features()));
    rows.add(number("numTrainingRows", (double) model.trainingRows()));
    rows.add(number("numInducingPoints", points ? model.posterior().problem().size() : 0));
    model.featureNames().forEach(name -> rows.add(text("featureName", name)));
    model.outputNames().forEach(name -> rows.add(text("outputName", name)));
    rows.add(text("activation", activation));
    rows.add(text("hiddenWidths", own.toString()));
    rows.add(number("noiseVariance", model.noiseVariance()));
    rows.add(text("engine", model.posterior().state().engine()));
    rows.add(number("logEvidence", evidence.nngp()));
    boolean alone = evidence.isOrderZero();
    rows.add(number("deltaLogEvidence", alone ? Double.NaN : evidence.delta(own)));
    rows.add(number("deltaLogEvidenceStandardError", alone ? Double.NaN : evidence.error(own)));
    summary.ifPresent(fit -> addFit(fit, rows));
    return rows;
  }

  private static void addFit(FiniteWidthSummary fit, List<Row> rows) {
    rows.add(number("dataFit", fit.dataFit()));
    rows.add(number("standardError", fit.engine().standardError()));
    rows.add(number("seconds.kernels", fit.seconds().kernels()));
    rows.add(number("seconds.factor", fit.seconds().factor()));
    rows.add(number("seconds.contraction", fit.seconds().contraction()));
    rows.add(number("seconds.total", fit.seconds().total()));
    fit.warnings().forEach(warning -> rows.add(text("warning", warning)));
  }

  private static Row text(String name, String text) {
    return row(name, text, null);
  }

  private static Row number(String name, double number) {
    return row(name, number == Math.rint(number) ? whole(number) : Double.toString(number), number);
  }

  private static String whole(double number) {
    return Double.isInfinite(number) ? Double.toString(number) : Long.toString((long) number);
  }

  private static Row row(String name, String text, @Nullable Double number) {
    return RowFactory.create(name, text, number);
  }
}
