package finitewidth.ml;

import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.work.Shared;
import finitewidth.ml.param.ParamSet;
import finitewidth.ml.param.ParamSets;
import finitewidth.ml.param.PredictionSetters;
import finitewidth.ml.param.QuantileParams;
import finitewidth.ml.rows.AppendedRows;
import finitewidth.ml.rows.InputRows;
import finitewidth.ml.rows.OutputColumns;
import finitewidth.ml.rows.VectorColumns;
import finitewidth.model.FiniteWidthModel;
import finitewidth.model.ModelFiles;
import finitewidth.posterior.LogEvidence;
import finitewidth.prior.Widths;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What regression and classification models share: a fitted posterior that predicts the rows of
 * DataFrames where they are.
 *
 * <p>The posterior is broadcast once, when it is first needed. Rows get the same bits however they
 * are spread over partitions.
 *
 * @param <M> the model itself
 */
public abstract class FiniteWidthPredictionModel<M extends FiniteWidthPredictionModel<M>>
    extends Model<M> implements PredictionSetters<M>, MLWritable {
  private static final long serialVersionUID = 1L;
  private static final String TABLE_DOC =
      "what transform gives: predictions of the rows, or whatever the rows are a table of what the"
          + " model knows; "
          + String.join(", ", ModelTable.words());

  private final String uid;

  /** Null of a stage that was neither fitted nor loaded, which servers list. */
  private final @Nullable FiniteWidthModel given;

  private final @Nullable SharedPosterior shared;
  private final ParamSet params;
  private final Param<String> table;

  /** Null where there is none: a loaded model, and what is serialised. */
  private transient @Nullable FiniteWidthSummary summary;

  FiniteWidthPredictionModel(
      String uid, @Nullable FiniteWidthModel given, @Nullable SharedPosterior shared) {
    this.uid = uid;
    this.given = given;
    this.shared = shared;
    params = new ParamSet(this, classifies());
    table = params.oneOf("table", TABLE_DOC, ModelTable.words());
    setDefault(table, ModelTable.PREDICTIONS.word());
  }

  @Override
  public final String uid() {
    return uid;
  }

  @Override
  public final ParamSet paramSet() {
    return params;
  }

  /** What {@link #transform} gives: {@code predictions}, or a table of what the model knows. */
  public final Param<String> table() {
    return table;
  }

  public final String getTable() {
    return getOrDefault(table);
  }

  /** Sets what {@link #transform} gives. */
  public final M setTable(String value) {
    return ParamSets.set(this, table, value);
  }

  /** A model with the same content. */
  abstract M like(String sameUid, FiniteWidthModel sameContent, SharedPosterior samePosterior);

  abstract boolean classifies();

  @Override
  public final M copy(ParamMap extra) {
    M copy = copyValues(like(uid, content(), shared()), extra);
    if (summary != null) {
      copy.withSummary(summary);
    }
    return copy.setParent(parent());
  }

  final void withSummary(FiniteWidthSummary fitted) {
    summary = fitted;
  }

  /**
   * What is fitted and saved.
   *
   * @throws IllegalStateException if it was neither fitted nor loaded
   */
  public final FiniteWidthModel content() {
    return Optional.ofNullable(given).orElseThrow(FiniteWidthPredictionModel::nothing);
  }

  private static IllegalStateException nothing() {
    return new IllegalStateException("this model was neither fitted nor loaded");
  }

  private SharedPosterior shared() {
    return Optional.ofNullable(shared).orElseThrow(FiniteWidthPredictionModel::nothing);
  }

  /**
   * Bytes that it holds, roughly: what a server of Spark Connect counts against the memory that a
   * session may keep models in.
   */
  // Spark 4.0 has no such method to override.
  @SuppressWarnings("MissingOverride")
  public final long estimatedSize() {
    return given == null ? 0 : ModelSize.of(given);
  }

  /** Whether this model was fitted by an estimator in this process, and not loaded. */
  public final boolean hasSummary() {
    return summary != null;
  }

  /**
   * How the fit went.
   *
   * @throws IllegalStateException without {@link #hasSummary}
   */
  public final FiniteWidthSummary summary() {
    return Optional.ofNullable(summary)
        .orElseThrow(
            () -> new IllegalStateException("a model that was loaded has no training summary"));
  }

  /** n_0. */
  public final int numFeatures() {
    return content().features();
  }

  /** How many rows it was fitted to. */
  public final long numTrainingRows() {
    return content().trainingRows();
  }

  /** How many inducing points stand for them; 0 where all rows were conditioned on. */
  public final int numInducingPoints() {
    return content().inducing().isEmpty() ? 0 : content().posterior().problem().size();
  }

  /** log p of the scaled training labels, noise included, at infinite width, in nats. */
  public final double logEvidence() {
    return evidence().nngp();
  }

  /** What hiddenWidths add to {@link #logEvidence}; NaN by {@code method = nngp}. */
  public final double deltaLogEvidence() {
    return evidence().isOrderZero() ? Double.NaN : evidence().delta(hidden());
  }

  private LogEvidence evidence() {
    return content().posterior().logEvidence();
  }

  /** What predictions are read at: {@code hiddenWidths}, or what the fit had. */
  public final Widths hidden() {
    if (!isSet(hiddenWidths())) {
      return content().widths();
    }
    int[] wanted = getHiddenWidths();
    if (wanted.length != content().widths().hiddenLayers()) {
      throw new IllegalArgumentException(
          "hiddenWidths = %s, but the model has %s hidden layers"
              .formatted(Arrays.toString(wanted), content().widths().hiddenLayers()));
    }
    return Widths.of(Arrays.stream(wanted).asDoubleStream().toArray());
  }

  private OutputColumns columns() {
    QuantileParams.check(this, content().posterior());
    return OutputColumns.of(this, classifies(), content().outputs());
  }

  @Override
  public final StructType transformSchema(StructType schema) {
    ModelTable wanted = ModelTable.of(getTable());
    if (wanted != ModelTable.PREDICTIONS) {
      return wanted.columns();
    }
    VectorColumns.require(schema, getFeaturesCol());
    return columns().append(schema);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Rows are predicted where a column of predictions is asked for, and only there; all other
   * columns keep their metadata. A row costs O(P²) at order 0. At order 1 it costs P³/6 four-point
   * moments for each hidden layer where the fit was exact; where it was sampled, the fit's draws
   * are made anew once for some thousand rows of a partition, so that few large partitions are
   * cheaper than many small ones. So it is with quantiles: every 32 rows, or less in a smaller
   * partition, cost an exact fit the P⁴/24 moments of the training rows once more, and a sampled
   * one its draws.
   *
   * <p>With another {@link #table} than {@code predictions} it is a table of what the model knows,
   * and the rows are not looked at but for a report.
   */
  @Override
  public final Dataset<Row> transform(Dataset<?> dataset) {
    ModelTable wanted = ModelTable.of(getTable());
    return switch (wanted) {
      case PREDICTIONS -> predictions(dataset);
      case REPORT -> table(dataset, wanted, List.of(RowFactory.create(page(dataset.toDF()))));
      case EVIDENCE, DIAGNOSTICS, CHAINS -> table(dataset, wanted, facts().rows(wanted));
    };
  }

  private static Dataset<Row> table(Dataset<?> dataset, ModelTable wanted, List<Row> rows) {
    return dataset.sparkSession().createDataFrame(rows, wanted.columns());
  }

  private String page(Dataset<Row> rows) {
    VectorColumns.require(rows.schema(), getFeaturesCol());
    return ServiceLoader.load(ModelPage.class, ModelPage.class.getClassLoader())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the jar of the job makes reports"))
        .html(this, rows);
  }

  private ModelFacts facts() {
    return new ModelFacts(
        content(),
        getActivation(),
        hidden(),
        Arrays.stream(getWidths()).boxed().toList(),
        Optional.ofNullable(summary));
  }

  private Dataset<Row> predictions(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    InputRows input =
        new InputRows(
            dataset.schema().fieldIndex(getFeaturesCol()),
            getFeaturesCol(),
            content().features(),
            content().preprocessing().features(),
            getHandleInvalid());
    OutputColumns columns = columns();
    OutputColumns.Cells cells =
        new OutputColumns.Cells(
            columns, hidden(), content().preprocessing().targets(), content().noiseVariance());
    Shared<Posterior> posterior = shared().broadcast(dataset.sparkSession().sparkContext());
    Order order = scored();
    Dataset<Row> appended =
        dataset
            .toDF()
            .mapPartitions(
                (MapPartitionsFunction<Row, Row>)
                    rows ->
                        new AppendedRows(
                            input.kept(rows),
                            input,
                            cells,
                            () -> posterior.value().predictor(order)),
                Encoders.row(numbered(schema)));
    // An encoder forgets metadata, and takes every name but once.
    StructField[] fields = schema.fields();
    Column[] named = new Column[fields.length];
    Arrays.setAll(named, i -> appended.col(place(i)).as(fields[i].name(), fields[i].metadata()));
    return appended.select(named);
  }

  private static String place(int column) {
    return "column" + column;
  }

  private static StructType numbered(StructType schema) {
    StructType numbered = new StructType();
    for (StructField field : schema.fields()) {
      numbered = numbered.add(place(numbered.length()), field.dataType(), field.nullable());
    }
    return numbered;
  }

  private Order scored() {
    if (getOrder() == 0) {
      return Order.NNGP;
    }
    return QuantileParams.needCumulants(this)
        ? content().posterior().quantiles().orElseThrow()
        : Order.CORRECTED;
  }

  @Override
  public final MLWriter write() {
    return new StageWriter((spark, path) -> ModelFiles.write(spark, content(), this, path));
  }

  /** One name for each feature: columns, or what VectorAssembler noted of them. */
  public final List<String> featureNames() {
    return content().featureNames();
  }
}
